"""The risks that a person is to review, across partnerships: frozen, and built without a request."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from strategy_tracker.access.policy import Acting
from strategy_tracker.reviews.risks import queries
from strategy_tracker.reviews.risks.put_forward import AnswerTold, PutForward, answers_to, put_forward_to
from strategy_tracker.risks.accepted import last_words
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.lines import LineScore
from strategy_tracker.risks.models import Register, Response, Risk
from strategy_tracker.risks.queries import acceptances_of, is_above_tolerance, scores_of
from strategy_tracker.risks.rows import TONES, levels_of
from strategy_tracker.risks.rules import ScoreKind, acceptance_holds, is_review_overdue

SOON = dt.timedelta(days=14)
"""How long before its day a review is asked for."""
MOST_SHOWN = 10


class Open(NamedTuple):
    """An open risk that somebody writes for, as far as it tells whose and when."""

    id: int
    slug: str
    version: int
    number: int
    register: Register
    owner: str
    review_due_on: dt.date
    category: str
    is_opportunity: bool


@dataclass(frozen=True)
class ToReview:
    """A risk whose review is due. `score` is "" where it has none, so that nothing could be still valid."""

    slug: str
    version: int
    number: int
    event: str
    register: str
    address: str
    register_address: str
    score: str
    levels: str
    tone: str
    due_on: dt.date
    is_overdue: bool


@dataclass(frozen=True)
class LateResponse:
    """What was to be done about a risk by a day that has passed."""

    number: int
    text: str
    kind: str
    state: str
    owner: str
    risk: int
    event: str
    register: str
    address: str
    due_on: dt.date


@dataclass(frozen=True)
class Unaccepted:
    """A risk above tolerance that nobody accepts; `was` says what became of the last acceptance, "" if none was."""

    number: int
    event: str
    register: str
    address: str
    score: str
    tone: str
    was: str


@dataclass(frozen=True)
class RiskWork:
    """What is hers to do about risks: the first of each kind, and how many there are of it.

    `put_forward` waits for her answer; `answers` are news of what she, or her authority, had put forward.
    """

    reviews: tuple[ToReview, ...] = ()
    responses: tuple[LateResponse, ...] = ()
    unaccepted: tuple[Unaccepted, ...] = ()
    reviews_in_all: int = 0
    responses_in_all: int = 0
    unaccepted_in_all: int = 0
    put_forward: tuple[PutForward, ...] = ()
    answers: tuple[AnswerTold, ...] = ()

    @property
    def is_any(self) -> bool:
        return bool(self.reviews or self.responses or self.unaccepted or self.put_forward or self.answers)


def open_risks_of(person: Acting) -> tuple[list[Open], list[Response]]:
    """The open risks and late responses of those registers that the person herself writes for.

    Of a partnership in which anything names her as its owner, what names her, and nothing else.
    """
    registers = {row.id: row for row in queries.registers_written_by(person)}
    if not registers:
        return [], []
    risks = [
        Open(id_, slug, version, number, registers[register_id], *said)
        for id_, slug, version, number, register_id, *said in queries.open_risks_in(list(registers))
    ]
    days = {row.id: row.day for row in registers.values()}
    late = [
        row for row in queries.unfinished_responses(list(registers), max(days.values()))
        if row.due_on < days[row.risk.register_id]
    ]  # fmt: skip
    return _hers(person, registers, risks, late)


def risk_work_of(person: Acting) -> RiskWork:
    """The overdue first, and the worst. One select for whoever writes for no register and decides nothing."""
    risks, late = open_risks_of(person)
    due = sorted((one for one in risks if one.review_due_on <= one.register.day + SOON), key=_by_day)
    scores = _current_scores(risks)
    unaccepted = _unaccepted(risks, scores)
    reviewed, above = due[:MOST_SHOWN], unaccepted[:MOST_SHOWN]
    rows = queries.risks_with({one.id for one in (*reviewed, *above)})
    became = last_words([one.id for one in above]) if above else {}
    late = sorted(late, key=lambda row: (row.due_on, row.id))
    return RiskWork(
        reviews=tuple(_to_review(one, rows[one.id], scores.get(one.id)) for one in reviewed),
        responses=tuple(_late(row) for row in late[:MOST_SHOWN]),
        unaccepted=tuple(_above(rows[one.id], scores[one.id], became.get(one.id, "")) for one in above),
        reviews_in_all=len(due),
        responses_in_all=len(late),
        unaccepted_in_all=len(unaccepted),
        put_forward=put_forward_to(person),
        answers=answers_to(person),
    )


def _by_day(one: Open) -> tuple[dt.date, int]:
    return one.review_due_on, one.id


def _hers(
    person: Acting, registers: Mapping[int, Register], risks: Sequence[Open], late: Sequence[Response]
) -> tuple[list[Open], list[Response]]:
    name = person.name.casefold()
    owners = {one.id: one.owner.casefold() for one in risks}

    def is_hers(row: Response) -> bool:
        return bool((row.owner_name or owners.get(row.risk_id, "")).casefold() == name)

    naming = {one.register.partnership_id for one in risks if owners[one.id] == name}
    naming |= {registers[row.risk.register_id].partnership_id for row in late if is_hers(row)}
    return (
        [one for one in risks if one.register.partnership_id not in naming or owners[one.id] == name],
        [row for row in late if registers[row.risk.register_id].partnership_id not in naming or is_hers(row)],
    )


def _current_scores(risks: Sequence[Open]) -> dict[int, LineScore]:
    if not risks:
        return {}
    found = scores_of([one.id for one in risks], kind=ScoreKind.CURRENT)
    return {risk_id: scores[ScoreKind.CURRENT] for risk_id, scores in found.items()}


def _unaccepted(risks: Sequence[Open], scores: Mapping[int, LineScore]) -> list[Open]:
    above = [one for one in risks if is_above_tolerance(one, scores.get(one.id))]
    held = acceptances_of([one.id for one in above]) if above else {}

    def is_accepted(one: Open) -> bool:
        return one.id in held and acceptance_holds(held[one.id].until, None, one.register.day)

    return sorted((one for one in above if not is_accepted(one)), key=lambda one: (-scores[one.id].tone, one.id))


def _above(risk: Risk, score: LineScore, was: str) -> Unaccepted:
    return Unaccepted(
        number=risk.number,
        event=risk.event,
        register=risk.register.title,
        address=address_of_risk(risk),
        score=score.words,
        tone=TONES[score.tone],
        was=was,
    )


def _to_review(one: Open, risk: Risk, score: LineScore | None) -> ToReview:
    """With the version that was read before the score, so that whoever confirms it confirms no later one."""
    register = risk.register
    return ToReview(
        slug=risk.slug,
        version=one.version,
        number=risk.number,
        event=risk.event,
        register=register.title,
        address=address_of_risk(risk),
        register_address=address_of_register(register),
        score=score.words if score else "",
        levels=levels_of(score) if score else "",
        tone=TONES[score.tone] if score else "",
        due_on=risk.review_due_on,
        is_overdue=is_review_overdue(risk.review_due_on, risk.closed_on, register.day),
    )


def _late(row: Response) -> LateResponse:
    return LateResponse(
        number=row.number,
        text=row.text,
        kind=row.kind,
        state=row.state,
        owner=row.owner_name,
        risk=row.risk.number,
        event=row.risk.event,
        register=row.risk.register.title,
        address=address_of_risk(row.risk),
        due_on=row.due_on,
    )
