"""What registers and risks were on an earlier day, as revisions, versions of schemes and history keep it."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from strategy_tracker import clock
from strategy_tracker.db import one_of, values
from strategy_tracker.history.queries import events_of
from strategy_tracker.risks import queries
from strategy_tracker.risks.holders import as_held
from strategy_tracker.risks.lines import LineControl, LineResponse, LineRisk
from strategy_tracker.risks.models import Acceptance, Escalation, Register, Risk, RiskReview, RiskRevision
from strategy_tracker.risks.rules import RUNNING, EscalationState
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme

RISK = ("risk", 0)
"""The part and number under which a revision keeps what the risk itself said."""


class Saying(NamedTuple):
    """What a part of a risk said from a moment on, and the day of that; `data` None: it was taken away."""

    part: tuple[str, int]
    data: dict[str, Any] | None
    recorded_at: dt.datetime
    day: dt.date


class Closing(NamedTuple):
    on: dt.date
    why: str
    recorded_at: dt.datetime


class Review(NamedTuple):
    risk_id: int
    reviewed_on: dt.date
    recorded_at: dt.datetime


class Terms(NamedTuple):
    """The version that was in force in a register, and every how many months its risks were reviewed."""

    version: SchemeVersion
    review_months: int


def day_of(moment: dt.datetime, register: Register) -> dt.date:
    """The day on which something was said in a register: at the latest the one as at which it is shown and written."""
    return min(clock.in_london(moment).date(), register.day)


def sayings_of(risks: Iterable[LineRisk]) -> dict[int, list[Saying]]:
    """All that was ever said of each risk, by risk and in order; in one select."""
    registers = {risk.id: risk.register for risk in risks}
    query = RiskRevision.select().where(RiskRevision.risk.in_(one_of(registers))).order_by(RiskRevision.id)
    found: dict[int, list[Saying]] = defaultdict(list)
    for risk_id, part, number, data, at in values(query, ("risk_id", "part", "number", "data", "recorded_at")):
        said = None if data is None else json.loads(data)
        found[risk_id].append(Saying((part, number), said, at, day_of(at, registers[risk_id])))
    return found


def said_by(sayings: Iterable[Saying], day: dt.date) -> dict[tuple[str, int], Saying]:
    """The last that each part of a risk said by a day, by part and number.

    A risk that was written down later than it is said to have begun is told in its first words.
    """
    found: dict[tuple[str, int], Saying] = {}
    for one in sayings:
        if one.day <= day or (one.part == RISK and RISK not in found):
            found[one.part] = one
    return found


def closing_on(sayings: Iterable[Saying], day: dt.date) -> Closing | None:
    """The closing that stood on a day; None where the risk was open."""
    found: Closing | None = None
    for one in sayings:
        if one.part != RISK or one.data is None:
            continue
        closed_on = dt.date.fromisoformat(one.data["closed_on"]) if one.data["closed_on"] else None
        if closed_on is None and one.day <= day:
            found = None
        elif closed_on is not None and closed_on <= day and (found is None or found.on != closed_on):
            found = Closing(closed_on, one.data["closed_why"], one.recorded_at)
    return found


def responses_in(risk_id: int, said: dict[tuple[str, int], Saying]) -> list[LineResponse]:
    return [
        LineResponse(risk_id, number, **data | {"due_on": data["due_on"] and dt.date.fromisoformat(data["due_on"])})
        for number, data in _parts("response", said)
    ]


def controls_in(risk_id: int, said: dict[tuple[str, int], Saying]) -> list[LineControl]:
    return [LineControl(risk_id, number, **data) for number, data in _parts("control", said)]


def _parts(name: str, said: dict[tuple[str, int], Saying]) -> list[tuple[int, dict[str, Any]]]:
    """What is there of a kind, by number; what was taken away is not."""
    found = [(part[1], one.data) for part, one in said.items() if part[0] == name and one.data is not None]
    return sorted(found, key=lambda pair: pair[0])


def reviews_by(risk_ids: Sequence[int], day: dt.date) -> dict[int, Review]:
    """The last review of each risk by a day."""
    query = RiskReview.select().where(RiskReview.risk.in_(one_of(risk_ids)), RiskReview.reviewed_on <= day)
    rows = values(query.order_by(RiskReview.reviewed_on, RiskReview.id), Review._fields)
    return {row[0]: Review._make(row) for row in rows}


def escalations_on(risk_ids: Sequence[int], day: dt.date) -> dict[int, list[Escalation]]:
    """Those that ran on a day, as they stood then."""
    found = {key: running_on(rows, day) for key, rows in queries.escalations_of(risk_ids, running=False).items()}
    return defaultdict(list, {key: rows for key, rows in found.items() if rows})


def running_on(rows: Iterable[Escalation], day: dt.date) -> list[Escalation]:
    """Of these the ones that ran on a day, as they stood then."""
    return [row for row in stood_on(rows, day) if row.state in RUNNING]


def stood_on(rows: Iterable[Escalation], day: dt.date) -> list[Escalation]:
    """Of these the ones that were put forward by a day, as they stood then: later steps are taken from them."""
    found = [row for row in rows if row.nominated_on <= day]
    for row in found:
        if row.ended_on is not None and row.ended_on <= day:
            continue
        row.ended_on, row.ended_words = None, ""
        if row.decided_on is None or row.decided_on > day:
            row.state, row.decided_on, row.decided_words = EscalationState.NOMINATED.value, None, ""
        elif row.state != EscalationState.DECLINED:
            row.state = EscalationState.ACCEPTED.value
    return found


def acceptances_on(risk_ids: Sequence[int], day: dt.date) -> dict[int, Acceptance]:
    query = Acceptance.select().where(
        Acceptance.risk.in_(one_of(risk_ids)),
        Acceptance.accepted_on <= day,
        Acceptance.ended_on.is_null() | (Acceptance.ended_on > day),
    )
    return {row.risk_id: row for row in query.order_by(Acceptance.id)}


def terms_on(registers: Iterable[Register], day: dt.date) -> dict[int, Terms]:
    """By register what counted in it on a day; before its scheme was written down, the first version. Two selects."""
    by_id = {register.id: register for register in registers}
    said = {register.id: (register.scheme_id, register.review_months) for register in by_id.values()}
    for event in events_of(Register.__name__, list(by_id)):
        # The newest first, so that the earliest change after the day has the last word.
        if event.verb == "register edited" and day_of(event.at, by_id[event.subject_id]) > day:
            before = json.loads(event.data)["before"]
            said[event.subject_id] = before["scheme"], before["review_months"]
    versions = _versions({scheme_id for scheme_id, _ in said.values()})
    found = {}
    for register_id, (scheme_id, months) in said.items():
        first, *others = versions[scheme_id]
        known = [one for one in others if day_of(one.recorded_at, by_id[register_id]) <= day]
        found[register_id] = Terms(known[-1] if known else first, months)
    return found


def _versions(scheme_ids: Iterable[int]) -> dict[int, list[SchemeVersion]]:
    """The versions of each scheme, the first before the others."""
    query = SchemeVersion.select(SchemeVersion, ScoringScheme).join(ScoringScheme)
    found: dict[int, list[SchemeVersion]] = defaultdict(list)
    for row in query.where(SchemeVersion.scheme.in_(list(scheme_ids))).order_by(SchemeVersion.number):
        found[row.scheme_id].append(row)
    return found


def registers_in(partnership_id: int, day: dt.date, authority_id: int | None = None) -> list[Register]:
    """The registers of a partnership as they were held on a day, closed ones too, or those that one authority in it
    held; by title."""
    query = Register.reach().query.where(Register.partnership == partnership_id)
    held = as_held(query.order_by(Register.title, Register.id), day)
    return [row for row in held if authority_id in (None, row.authority_id)]


def shared_risks(registers: Sequence[Register], day: dt.date) -> list[LineRisk]:
    """What everybody in the partnership may read now, as far as it was found by a day; by register as given."""
    places = {register.id: (place, register) for place, register in enumerate(registers)}
    everybodys = [register.id for register in registers if register.authority_id is None]
    query = Risk.select().where(
        Risk.register.in_(one_of(places)),
        (Risk.is_shared == True) | Risk.register.in_(one_of(everybodys)),  # noqa: E712
        Risk.opened_on <= day,
    )
    rows = values(query.order_by(Risk.number), LineRisk._fields[:-1])
    risks = [LineRisk._make((*row, places[row[1]][1])) for row in rows]
    return sorted(risks, key=lambda risk: places[risk.register_id][0])
