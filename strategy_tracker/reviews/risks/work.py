"""The risks that a person is to review, across partnerships: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from strategy_tracker.access.policy import Acting
from strategy_tracker.reviews.risks import queries
from strategy_tracker.reviews.risks.put_forward import AnswerTold, PutForward, answers_to, put_forward_to
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.lines import LineScore
from strategy_tracker.risks.models import Register, Response, Risk
from strategy_tracker.risks.queries import scores_of
from strategy_tracker.risks.rows import TONES
from strategy_tracker.risks.rules import ScoreKind, is_review_overdue

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
class RiskWork:
    """What is hers to do about risks: the first of the reviews and responses, and how many there are of each.

    `put_forward` waits for her answer; `answers` are news of what she, or her authority, had put forward.
    """

    reviews: tuple[ToReview, ...] = ()
    responses: tuple[LateResponse, ...] = ()
    reviews_in_all: int = 0
    responses_in_all: int = 0
    put_forward: tuple[PutForward, ...] = ()
    answers: tuple[AnswerTold, ...] = ()

    @property
    def is_any(self) -> bool:
        return bool(self.reviews or self.responses or self.put_forward or self.answers)


def open_risks_of(person: Acting) -> tuple[list[Open], list[Response]]:
    """The open risks and late responses of those registers that the person herself writes for.

    Of a partnership in which anything names her as its owner, what names her, and nothing else.
    """
    registers = {row.id: row for row in queries.registers_written_by(person)}
    if not registers:
        return [], []
    risks = [
        Open(id_, slug, version, number, registers[register_id], owner, due_on)
        for id_, slug, version, number, register_id, owner, due_on in queries.open_risks_in(list(registers))
    ]
    days = {row.id: row.day for row in registers.values()}
    late = [
        row for row in queries.unfinished_responses(list(registers), max(days.values()))
        if row.due_on < days[row.risk.register_id]
    ]  # fmt: skip
    return _hers(person, registers, risks, late)


def risk_work_of(person: Acting) -> RiskWork:
    """The overdue first. One select for whoever writes for no register and decides nothing, ten at most."""
    risks, late = open_risks_of(person)
    due = sorted((one for one in risks if one.review_due_on <= one.register.day + SOON), key=_by_day)
    shown = due[:MOST_SHOWN]
    rows = queries.risks_with({one.id for one in shown})
    scores = scores_of(list(rows)) if rows else {}
    late = sorted(late, key=lambda row: (row.due_on, row.id))
    return RiskWork(
        reviews=tuple(_to_review(rows[one.id], scores.get(one.id, {}).get(ScoreKind.CURRENT)) for one in shown),
        responses=tuple(_late(row) for row in late[:MOST_SHOWN]),
        reviews_in_all=len(due),
        responses_in_all=len(late),
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


def _to_review(risk: Risk, score: LineScore | None) -> ToReview:
    register = risk.register
    return ToReview(
        slug=risk.slug,
        version=risk.version,
        number=risk.number,
        event=risk.event,
        register=register.title,
        address=address_of_risk(risk),
        register_address=address_of_register(register),
        score=score.words if score else "",
        levels="; ".join(_levels(score)) if score else "",
        tone=TONES[score.tone] if score else "",
        due_on=risk.review_due_on,
        is_overdue=is_review_overdue(risk.review_due_on, risk.closed_on, register.day),
    )


def _levels(score: LineScore) -> Iterator[str]:
    shape = score.scheme_version.shape
    yield f"{shape.impact_word.lower()} {score.impact_label}"
    yield f"{shape.likelihood_word.lower()} {score.likelihood_label}"


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
