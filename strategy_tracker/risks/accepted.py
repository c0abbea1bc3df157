"""Who accepts a risk above tolerance, and who did, as far as a reader may know of it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.risks import queries
from strategy_tracker.risks.models import Acceptance, Risk
from strategy_tracker.risks.rules import Movement, acceptance_holds, movement


@dataclass(frozen=True)
class Earlier:
    """An acceptance that was ended. `end` says since when and why; `reason` is "" where it is not for the reader."""

    accepted_by: str
    accepted_on: dt.date
    until: dt.date
    reason: str
    end: str

    @property
    def words(self) -> str:
        return f"{self.end} {self.accepted_by} had accepted it until {clock.long_date(self.until)}."


@dataclass(frozen=True)
class Accepted:
    """`held` was not ended, and `holds` while its last day has not passed; `reason` is its own, or "" as above.

    `earlier` has the latest first.
    """

    held: Acceptance | None
    holds: bool
    reason: str
    earlier: tuple[Earlier, ...]


def accepted_of(risk: Risk, since: dt.datetime | None) -> Accepted:
    """What was recorded before `since` (None: the reader may know all) has no reason; what ended before is not told."""
    held, ended = queries.acceptance_of(risk.id), queries.ended_acceptances(risk.id)
    return Accepted(
        held=held,
        holds=held is not None and acceptance_holds(held.until, held.ended_on, risk.register.day),
        reason=held.reason if held and _is_told(held.recorded_at, since) else "",
        earlier=tuple(_earlier(one, since) for one in ended if _is_told(one.ended_at, since)),
    )


def last_words(risk_ids: Collection[int]) -> dict[int, str]:
    """What became of the last acceptance of each of these risks that nobody accepts now, for its own people."""
    found: dict[int, str] = {}
    for one in queries.ended_acceptances(*risk_ids):
        found.setdefault(one.risk_id, _earlier(one, None).words)
    for risk_id, held in queries.acceptances_of(list(risk_ids)).items():
        found[risk_id] = f"{held.accepted_by} accepted it until {clock.long_date(held.until)}."
    return found


def _is_told(moment: dt.datetime, since: dt.datetime | None) -> bool:
    return since is None or moment >= since


def _earlier(one: Acceptance, since: dt.datetime | None) -> Earlier:
    is_told = _is_told(one.recorded_at, since)
    return Earlier(one.accepted_by, one.accepted_on, one.until, one.reason if is_told else "", _end(one, is_told))


def _end(one: Acceptance, is_told: bool) -> str:
    day = clock.long_date(one.ended_on)
    if one.followed_by_id is not None:
        return f"Accepted anew on {day}."
    if one.void_by_id is not None:
        return f"Void since {day}: {_why_void(one, is_told)}."
    return f"Ended on {day}: {one.ended_why}{'' if one.ended_why.endswith(('.', '!', '?')) else '.'}"


def _why_void(one: Acceptance, is_told: bool) -> str:
    """Without `is_told` the score that was accepted is from before the reader may know of any."""
    now, accepted = one.void_by, one.score
    was = next((each for each in (accepted, one.void_after) if movement(now.mark, each.mark) is Movement.UP), None)
    if was is not None:
        return f"the score rose from {was.words} to {now.words}" if is_told else "the score rose"
    if is_told:
        return f"the score became {now.words} under another version; what was accepted is {accepted.words}"
    return "the score is not the one that was accepted"
