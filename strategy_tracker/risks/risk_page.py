"""What the page of one risk shows, ready for its template: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks import queries
from strategy_tracker.risks.accepted import Accepted, accepted_of
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.chart import Chart, Given, chart_of
from strategy_tracker.risks.lines import LineControl, LineResponse
from strategy_tracker.risks.models import Escalation, Register, Risk, Score
from strategy_tracker.risks.page import rhythm
from strategy_tracker.risks.rows import TONES, levels_of, version_words
from strategy_tracker.risks.rules import RUNNING, ScoreKind, is_response_late, is_review_overdue
from strategy_tracker.risks.said_before import is_told, known_words, none_reviewed_words, told_since, who_words
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.telling import Readers, Why, readers_of, why_of

MEANINGS = {
    ScoreKind.INHERENT: "Before anything is done about it",
    ScoreKind.CURRENT: "As it stands now",
    ScoreKind.TARGET: "Where it is meant to come to",
}


@dataclass(frozen=True)
class ScoreCard:
    """A kind of score and the last one that was given of it (None: none yet); `who` and `reason` for the reader.

    `older` names the version under which it was given, where the one in force calls it otherwise or does not know it.
    """

    kind: ScoreKind
    meaning: str
    score: Score | None
    tone: str
    levels: str
    who: str
    reason: str
    older: str


@dataclass(frozen=True)
class ScoreRow:
    """A score as a row of the table beside the chart; `is_told`: the reader may know who gave it and why."""

    kind: ScoreKind
    score: Score
    tone: str
    levels: str
    version: str
    who: str
    reason: str
    is_told: bool


@dataclass(frozen=True)
class ResponseRow:
    row: LineResponse
    owner: Owner
    is_overdue: bool


@dataclass(frozen=True)
class ReviewRow:
    on: dt.date
    who: str
    came: str
    note: str
    is_scored: bool


@dataclass(frozen=True)
class Standing:
    """Where it stands, or once stood, at the next level. `address` is "" for those who do not decide there.

    Not `is_told`: what was said is not for the reader, who knows as everybody does that the partnership took it up.
    """

    row: Escalation
    to: str
    body: str
    is_running: bool
    register_address: str
    address: str
    score: str
    is_told: bool


@dataclass(frozen=True)
class Rights:
    """What the reader may do here now."""

    write: bool
    share: bool
    accept: bool
    reopen: bool


@dataclass(frozen=True)
class RiskPage:
    """`told` are the scores and reviews that the reader may know of; `chart` None where there is no score.

    `register` is what its register is called beside its number.
    """

    risk: Risk
    ref: str
    whose: str
    register: str
    address: str
    register_address: str
    owner: Owner
    rhythm: str
    is_overdue: bool
    cards: tuple[ScoreCard, ...]
    why: Why | None
    chart: Chart | None
    rows: tuple[ScoreRow, ...]
    responses: tuple[ResponseRow, ...]
    controls: tuple[LineControl, ...]
    reviews: tuple[ReviewRow, ...]
    none_reviewed: str
    accepted: Accepted
    running: tuple[Standing, ...]
    next_level: Register | None
    earlier: tuple[Standing, ...]
    readers: Readers
    may: Rights

    @property
    def current(self) -> Score | None:
        return self.cards[1].score

    @property
    def is_above(self) -> bool:
        return self.why is not None and self.why.is_above


def risk_page(person: Acting, risk: Risk) -> RiskPage:
    """A risk that the person may read."""
    register, today = risk.register, risk.register.day
    is_own = queries.is_own(person, register)
    version = current_version(register.scheme)
    since, given = told_since(person, risk), queries.history_of_scores(risk.id)
    history, scores = known_scores(given, since), {ScoreKind(one.kind): one for one in given}
    accepted = accepted_of(risk, since)
    standings = _standings(person, risk, given, is_own=is_own)
    running = tuple(one for one in standings if one.is_running)
    current = scores.get(ScoreKind.CURRENT)
    return RiskPage(
        risk=risk,
        ref=queries.reference(risk, own=is_own),
        whose=register.short,
        register=queries.names_of([register])[register.id],
        address=address_of_risk(risk),
        register_address=address_of_register(register),
        owner=Owner(OwnerKind(risk.owner_kind), risk.owner_name),
        rhythm=rhythm(risk.review_months or register.review_months),
        is_overdue=is_review_overdue(risk.review_due_on, risk.closed_on, today),
        cards=tuple(_cards(risk, scores, version, since)),
        why=why_of(risk, current, version, accepted) if current else None,
        chart=_chart(history, today),
        rows=tuple(_row(risk, one, since) for one in reversed(history)),
        responses=tuple(_response(one, risk) for one in queries.responses_of([risk.id]).get(risk.id, ())),
        controls=tuple(queries.controls_of([risk.id]).get(risk.id, ())),
        reviews=tuple(_reviews(risk, given, since)),
        none_reviewed=none_reviewed_words(since, risk),
        accepted=accepted,
        running=running,
        next_level=queries.next_level(risk, [one.row for one in running]) if is_own else None,
        earlier=tuple(one for one in standings if not one.is_running),
        readers=readers_of(person, risk, [one.row for one in standings]),
        may=_rights(person, risk),
    )


def _rights(person: Acting, risk: Risk) -> Rights:
    writes = may(person, Permission.RISK_WRITE, risk)
    is_open = not risk.is_closed
    return Rights(
        write=writes and is_open,
        share=may(person, Permission.RISK_SHARE, risk) and is_open,
        accept=may(person, Permission.RISK_ACCEPT, risk) and is_open,
        reopen=writes and not is_open and risk.register.closed_at is None,
    )


def known_scores(scores: Sequence[Score], since: dt.datetime | None) -> list[Score]:
    """The scores of which the reader may know: those since an instant, and of each kind the one that stood then."""
    stood = {one.kind: one.id for one in scores if not is_told(one, since)}
    return [one for one in scores if is_told(one, since) or stood.get(one.kind) == one.id]


def _cards(
    risk: Risk, scores: dict[ScoreKind, Score], version: SchemeVersion, since: dt.datetime | None
) -> Iterator[ScoreCard]:
    for kind in (ScoreKind.INHERENT, ScoreKind.CURRENT, ScoreKind.TARGET):
        score = scores.get(kind)
        who, reason = known_words(score, risk, since) if score else ("", "")
        yield ScoreCard(
            kind=kind,
            meaning=MEANINGS[kind],
            score=score,
            tone=TONES[score.tone] if score else "",
            levels=levels_of(score) if score else "",
            who=who,
            reason=reason,
            older=_older(score, version) if score else "",
        )


def _older(score: Score, now: SchemeVersion) -> str:
    is_same = now.has_same_cell(score.scheme_version, score.impact, score.likelihood)
    return "" if is_same else version_words(score)


def _row(risk: Risk, score: Score, since: dt.datetime | None) -> ScoreRow:
    who, reason = known_words(score, risk, since)
    return ScoreRow(
        ScoreKind(score.kind),
        score,
        TONES[score.tone],
        levels_of(score),
        version_words(score),
        who[:1].upper() + who[1:],
        reason,
        is_told(score, since),
    )


def _chart(history: Sequence[Score], today: dt.date) -> Chart | None:
    versions = {one.scheme_version_id for one in history}
    scheme = history[0].scheme_version.shape if len(versions) == 1 else None
    given = [Given(ScoreKind(one.kind), one.scored_on, one.mark) for one in history]
    return chart_of(given, today, scheme)


def _response(row: LineResponse, risk: Risk) -> ResponseRow:
    is_overdue = is_response_late(row.due_on, row.state, risk.closed_on, risk.register.day)
    return ResponseRow(row, Owner(OwnerKind(row.owner_kind), row.owner_name), is_overdue)


def _reviews(risk: Risk, given: Sequence[Score], since: dt.datetime | None) -> Iterator[ReviewRow]:
    scores = {one.id: one for one in given}
    for one in queries.reviews_of(risk.id):
        if is_told(one, since):
            came = f"Scored {scores[one.score_id].words}" if one.score_id else "Still valid"
            yield ReviewRow(one.reviewed_on, who_words(one, risk.register), came, one.note, one.score_id is not None)


def _standings(person: Acting, risk: Risk, given: Sequence[Score], *, is_own: bool) -> list[Standing]:
    """Those of which the reader may know: all for its own people, what was put before her for who decides there, and
    for everybody else where the partnership took up what is shared."""
    scores = {one.id: one.words for one in given}
    found = queries.escalations_of([risk.id], running=False).get(risk.id, [])
    everybodys = risk.place().is_settled
    return [
        Standing(
            row=one,
            to=one.to.title,
            body=one.to.body,
            is_running=one.state in RUNNING,
            register_address=address_of_register(one.to),
            address=f"{address_of_register(one.to)}escalations/{one.slug}/" if decides else "",
            score=scores.get(one.score_id, "") if decides or is_own else "",
            is_told=decides or is_own,
        )
        for one in found
        if (decides := may(person, Permission.RISK_READ, one)) or is_own or (everybodys and one.is_at_top)
    ]
