"""Where risks stood on an earlier day: who reads a whole register, and what reports tell of shared ones."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.errors import Forbidden
from strategy_tracker.risks import past, queries
from strategy_tracker.risks.lines import LineControl, LineResponse, LineRisk
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.past import RISK, Closing, Review, Saying, Terms
from strategy_tracker.risks.rules import months_later
from strategy_tracker.risks.standing import Parts, RiskLine, line_of, lines_of, quarter_before


@dataclass(frozen=True)
class Told:
    """The shared risks of a partnership as at a day: those that were open, and those that were closed since the day
    before that is compared; `names` are what their registers are called."""

    open: tuple[RiskLine, ...]
    closed: tuple[RiskLine, ...]
    names: Mapping[int, str]


@dataclass(frozen=True)
class Whole:
    """A register as far as a person may read it, by number: the risks that are open, those that are closed, and the
    controls of both by risk."""

    open: tuple[RiskLine, ...]
    closed: tuple[RiskLine, ...]
    controls: Mapping[int, Sequence[LineControl]]


def shared_lines(partnership_id: int, day: dt.date, previous: dt.date | None, authority_id: int | None = None) -> Told:
    """What a report may tell: risks that are shared now, and the partnership's own; of one authority, or of all.

    Scores, and whether a risk was open, are those of the day. A risk that was not shared on the day before is new:
    what it scored then is not told; nor is of a risk that was closed while it was private that it was there.
    """
    registers = past.registers_in(partnership_id, day, authority_id)
    found, terms = past.shared_risks(registers, day), past.terms_on(registers, day)
    ids = [risk.id for risk in found]
    sayings, reviews = past.sayings_of(found), past.reviews_by(ids, day)
    risks = [
        _dated(risk, past.said_by(sayings[risk.id], day)[RISK], closing, reviews.get(risk.id), terms)
        for risk in found
        if (closing := past.closing_on(sayings[risk.id], day)) is None or _is_told(risk, closing)
    ]
    lines = _lines(risks, terms, queries.responses_of(ids), day, previous, own=set())
    since = previous or dt.date.min
    return Told(
        tuple(line for line in lines if line.closed_on is None),
        tuple(line for line in lines if line.closed_on is not None and line.closed_on > since),
        queries.names_of(registers),
    )


def whole_register(person: Acting, register: Register, on: dt.date | None = None) -> Whole:
    """A register as it stands (None), or with the risks, words and scores of an earlier day.

    The past is for the command line alone: of nobody else is it known what she could read then. Raises Forbidden.
    """
    day = on or register.day
    previous = quarter_before(register.partnership_id, day)
    if on is None:
        opened, closed = (lines_of(person, [register], day, previous, closed=which) for which in (False, True))
        controls = queries.controls_of([line.id for line in (*opened, *closed)])
        return Whole(_by_number(opened), _by_number(closed), controls)
    if person is not OPERATOR:
        raise Forbidden("A register as at an earlier day is for the command line alone.")
    return _whole_then(register, on, previous)


def _whole_then(register: Register, day: dt.date, previous: dt.date | None) -> Whole:
    found = [risk for risk in queries.line_risks(OPERATOR, [register], closed=None) if risk.opened_on <= day]
    sayings, terms = past.sayings_of(found), past.terms_on([register], day)
    reviews = past.reviews_by([risk.id for risk in found], day)
    said = {risk.id: past.said_by(sayings[risk.id], day) for risk in found}
    risks = []
    for risk in found:
        words, closing = said[risk.id][RISK], past.closing_on(sayings[risk.id], day)
        risks.append(_dated(_worded(risk, words), words, closing, reviews.get(risk.id), terms))
    responses = {risk.id: past.responses_in(risk.id, said[risk.id]) for risk in risks}
    lines = _lines(risks, terms, responses, day, previous, own={register.id})
    return Whole(
        _by_number(line for line in lines if line.closed_on is None),
        _by_number(line for line in lines if line.closed_on is not None),
        {risk.id: past.controls_in(risk.id, said[risk.id]) for risk in risks},
    )


def _by_number(lines: Iterable[RiskLine]) -> tuple[RiskLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.number))


def _is_told(risk: LineRisk, closing: Closing) -> bool:
    """Whether others may know of a closing: they could read the risk when it was closed."""
    is_everybodys = risk.register.authority_id is None
    return is_everybodys or (risk.told_at is not None and closing.recorded_at >= risk.told_at)


def _worded(risk: LineRisk, said: Saying) -> LineRisk:
    words = (said.data or {}).items()
    return risk._replace(**{name: value for name, value in words if name in LineRisk._fields})


def _dated(
    risk: LineRisk,
    said: Saying,
    closing: Closing | None,
    review: Review | None,
    terms: Mapping[int, Terms],
) -> LineRisk:
    """With the days that were known of it on a day: `said` is the last that it said by then, `review` the last."""
    return risk._replace(
        closed_on=closing.on if closing else None,
        closed_why=closing.why if closing else "",
        reviewed_on=review.reviewed_on if review else None,
        review_due_on=_due_on(said, review, terms[risk.register_id].review_months),
    )


def _due_on(said: Saying, review: Review | None, months: int) -> dt.date:
    """What was said last counts: a review moves the next one, and so does whoever plans it."""
    data = said.data or {}
    if review is None or said.recorded_at > review.recorded_at:
        return dt.date.fromisoformat(data["review_due_on"])
    return months_later(review.reviewed_on, data["review_months"] or months)


def _lines(
    risks: Sequence[LineRisk],
    terms: Mapping[int, Terms],
    responses: Mapping[int, Sequence[LineResponse]],
    day: dt.date,
    previous: dt.date | None,
    *,
    own: set[int],
) -> list[RiskLine]:
    ids = [risk.id for risk in risks]
    parts = Parts(
        {register_id: one.version for register_id, one in terms.items()},
        queries.scores_of(ids, day),
        queries.current_scores(ids, previous) if previous else {},
        responses,
        past.escalations_on(ids, day),
        past.acceptances_on(ids, day),
    )
    return [line_of(risk, parts, own, day, previous) for risk in risks]
