"""Where risks stood on an earlier day: who reads a whole register, and what reports tell of shared ones."""

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from peewee import fn

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks import queries
from strategy_tracker.risks.lines import as_told
from strategy_tracker.risks.models import Acceptance, Escalation, Register, Response, Risk, RiskReview, Score
from strategy_tracker.risks.models import RiskRevision as Revision
from strategy_tracker.risks.operations.recording import data_of
from strategy_tracker.risks.rules import EscalationState, Movement, months_later
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.queries import current_versions
from strategy_tracker.risks.standing import RiskLine, is_told_by, line_of

Said = dict[tuple[int, str, int], dict[str, Any] | None]
"""By risk, part and number what a part said; None where it had been taken away."""
DATES = ("due_on", "closed_on")


@dataclass(frozen=True)
class Told:
    """The shared risks of a partnership as at a day: those that were open, and those that were closed since the day
    before that is compared."""

    open: tuple[RiskLine, ...]
    closed: tuple[RiskLine, ...]


def shared_lines(partnership_id: int, day: dt.date, previous: dt.date | None, authority_id: int | None = None) -> Told:
    """What a report may tell: risks that are shared now, and the partnership's own; of one authority, or of all.

    Scores are those of the day. A risk that was not shared on the day before is new: what it scored then is not told.
    """
    query = Risk.reach().query.where(
        Register.partnership == partnership_id,
        (Risk.is_shared == True) | Register.authority.is_null(),  # noqa: E712
        Risk.opened_on <= day,
    )
    if authority_id is not None:
        query = query.where(Register.authority == authority_id)
    risks = list(query.order_by(Register.title, Register.id, Risk.number))
    known = {risk.id for risk in risks if previous and is_told_by(risk, previous)}
    lines = [line if line.id in known else _as_new(line) for line in _lines(risks, day, previous, own=set())]
    since = previous or dt.date.min
    is_open = [line.closed_on is None or line.closed_on > day for line in lines]
    pairs = list(zip(lines, is_open, strict=True))
    return Told(
        tuple(line for line, still in pairs if still),
        tuple(line for line, still in pairs if not still and line.closed_on and line.closed_on > since),
    )


def _as_new(line: RiskLine) -> RiskLine:
    return replace(line, before=None, moved=Movement.NEW if line.moved else None)


def lines_then(register: Register, day: dt.date, previous: dt.date | None) -> tuple[RiskLine, ...]:
    """Every risk of a register that was open on a day, in the words and with the scores of that day.

    For the command line alone: it asks nobody what she may read. What was written down later than it is said to have
    begun is told in its first words.
    """
    risks = queries.risks_of(OPERATOR, register, closed=None)
    there = [one for one in risks if one.opened_on <= day and (one.closed_on is None or one.closed_on > day)]
    said = _said_by([one.id for one in there], day)
    return tuple(_lines([_worded(one, said) for one in there], day, previous, own={register.id}, said=said))


def _said_by(ids: Sequence[int], day: dt.date) -> Said:
    found: Said = {}
    for row in Revision.select().where(Revision.risk.in_(ids)).order_by(Revision.id):
        key = row.risk_id, row.part, row.number
        is_later = clock.in_london(row.recorded_at).date() > day
        if not is_later or (key not in found and row.part == "risk"):
            found[key] = data_of(row)
    return found


def _worded(risk: Risk, said: Said) -> Risk:
    found = copy.copy(risk)
    found.__data__ = dict(risk.__data__)
    _fill(found, said.get((risk.id, "risk", 0)) or {})
    found.closed_on, found.closed_why = None, ""
    return found


def _fill(row: Any, data: dict[str, Any]) -> Any:
    for name, value in data.items():
        setattr(row, name, dt.date.fromisoformat(value) if name in DATES and value else value)
    return row


def _lines(
    risks: Sequence[Risk], day: dt.date, previous: dt.date | None, *, own: set[int], said: Said | None = None
) -> Iterable[RiskLine]:
    ids = [risk.id for risk in risks]
    versions = current_versions({risk.register.scheme_id for risk in risks})
    scores = queries.scores_of(ids, day)
    before = queries.current_scores(ids, previous) if previous else {}
    reviewed, escalations, acceptances = _reviewed(ids, day), _escalations(ids, day), _acceptances(ids, day)
    responses = queries.responses_of(ids) if said is None else _responses(ids, said)
    for risk in risks:
        row = copy.copy(risk)
        row.__data__ = dict(risk.__data__)
        row.reviewed_on = reviewed.get(risk.id)
        if row.reviewed_on != risk.reviewed_on:
            months = risk.review_months or risk.register.review_months
            row.review_due_on = months_later(row.reviewed_on or risk.opened_on, months)
        yield line_of(
            row,
            risk.register,
            versions[risk.register.scheme_id],
            queries.reference(risk, own=risk.register_id in own),
            as_told(scores.get(risk.id, {}), risk, own),
            before.get(risk.id),
            responses.get(risk.id, ()),
            escalations.get(risk.id, ()),
            acceptances.get(risk.id),
            day,
            is_compared=previous is not None,
        )


def _reviewed(ids: Sequence[int], day: dt.date) -> dict[int, dt.date]:
    """The day of the last review of each by a day."""
    query = RiskReview.select(RiskReview.risk, fn.MAX(RiskReview.reviewed_on).alias("on"))
    rows = query.where(RiskReview.risk.in_(ids), RiskReview.reviewed_on <= day).group_by(RiskReview.risk)
    return {row.risk_id: row.on if isinstance(row.on, dt.date) else dt.date.fromisoformat(row.on) for row in rows}


def _escalations(ids: Sequence[int], day: dt.date) -> dict[int, list[Escalation]]:
    """Those that ran on a day, with the state that they had then."""
    found: dict[int, list[Escalation]] = defaultdict(list)
    for risk_id, rows in queries.escalations_of(ids, running=False).items():
        for row in rows:
            decided = row.decided_on is not None and row.decided_on <= day
            is_declined = decided and row.state == EscalationState.DECLINED
            if row.nominated_on > day or is_declined or (row.ended_on is not None and row.ended_on <= day):
                continue
            row.state = EscalationState.ACCEPTED.value if decided else EscalationState.NOMINATED.value
            found[risk_id].append(row)
    return found


def _acceptances(ids: Sequence[int], day: dt.date) -> dict[int, Acceptance]:
    query = Acceptance.select().where(
        Acceptance.risk.in_(ids),
        Acceptance.accepted_on <= day,
        Acceptance.ended_on.is_null() | (Acceptance.ended_on > day),
    )
    return {row.risk_id: row for row in query.order_by(Acceptance.id)}


def _responses(ids: Sequence[int], said: Said) -> dict[int, list[Response]]:
    found: dict[int, list[Response]] = defaultdict(list)
    for row in Response.select().where(Response.risk.in_(ids)).order_by(Response.risk, Response.number):
        data = said.get((row.risk_id, "response", row.number))
        if data is not None:
            found[row.risk_id].append(_fill(row, data))
    return found


def every_score(ids: Sequence[int]) -> list[Score]:
    """All scores of these risks with their versions and schemes, the earliest first; in one select."""
    query = Score.select(Score, SchemeVersion, ScoringScheme).join(SchemeVersion).join(ScoringScheme)
    return list(query.where(Score.risk.in_(ids)).order_by(Score.id))
