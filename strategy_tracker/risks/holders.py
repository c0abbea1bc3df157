"""Whose a register was before an authority ended and another went on with it."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from strategy_tracker import clock
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of, successions_of
from strategy_tracker.history.queries import events_of
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.operations.successions import TAKEN_OVER


class Taken(NamedTuple):
    """A register changed hands: from whom, on which day, and from which of its own days on it counts as the new one's.

    A register that is shown as at an earlier day is the new one's on that day, and its papers before it are the old
    one's.
    """

    old: Authority
    dated_on: dt.date
    day: dt.date


def takings_of(registers: Iterable[Register]) -> Mapping[int, Sequence[Taken]]:
    """By register how it changed hands, the latest first; those that never did are not there."""
    by_id = {register.id: register for register in registers}
    rows = [row for row in events_of(Register.__name__, list(by_id)) if row.verb == TAKEN_OVER]
    found: dict[int, list[Taken]] = {}
    if not rows:
        return found
    home = by_id[rows[0].subject_id].partnership_id
    authorities = {one.id: one for one in authorities_of(home)}
    dates = {(one.old_id, one.new_id): one.dated_on for one in successions_of(home)}
    for row in rows:
        register, said = by_id[row.subject_id], json.loads(row.data)
        old, new = said["before"]["authority"], said["after"]["authority"]
        dated_on = dates.get((old, new), clock.in_london(row.at).date())
        found.setdefault(register.id, []).append(Taken(authorities[old], dated_on, min(dated_on, register.day)))
    return found


def held_on(takings: Sequence[Taken], day: dt.date) -> Authority | None:
    """Who held it on that day, where it was another than today."""
    return next((one.old for one in reversed(takings) if one.day > day), None)


def as_held(registers: Iterable[Register], day: dt.date) -> list[Register]:
    """These registers, each under the name of the authority whose it was on that day."""
    rows = list(registers)
    takings = takings_of(rows)
    for register in rows:
        old = held_on(takings.get(register.id, ()), day)
        if old is not None:
            register.authority = old
    return rows
