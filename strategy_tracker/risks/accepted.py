"""Who accepts a risk above tolerance, and who did, as far as a reader may know of it."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.history.models import Event
from strategy_tracker.history.queries import events_of
from strategy_tracker.risks import queries
from strategy_tracker.risks.models import Acceptance, Risk, Score
from strategy_tracker.risks.rules import ScoreKind, acceptance_holds

ANEW = "Accepted anew"
ROSE = "The score rose from "
VOID = (ROSE, "The score became ")
"""How the reasons begin that no person gave."""


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


def accepted_of(risk: Risk, given: Sequence[Score], since: dt.datetime | None) -> Accepted:
    """`given` are all of its scores. What was recorded before `since` (None: the reader may know all) has no reason,
    and what was ended before is not told.
    """
    held, ended = queries.acceptance_of(risk.id), queries.ended_acceptances(risk.id)
    everyone = sorted([*ended, *([held] if held else [])], key=lambda one: -one.id)
    known = {one.id for one in everyone}
    if since is not None:
        known, ended = _told(risk, everyone, given, since)
    return Accepted(
        held=held,
        holds=held is not None and acceptance_holds(held.until, held.ended_on, risk.register.day),
        reason=held.reason if held and held.id in known else "",
        earlier=tuple(_earlier(one, is_known=one.id in known) for one in ended),
    )


def _told(
    risk: Risk, everyone: Sequence[Acceptance], given: Sequence[Score], since: dt.datetime
) -> tuple[set[int], list[Acceptance]]:
    """Which of them (the latest first) were recorded since then, and those that were ended since."""
    verbs = ("risk accepted", "acceptance ended")
    events = list(events_of("Risk", [risk.id]).where(Event.verb.in_(verbs), Event.at >= since))
    reasons = {json.loads(one.data).get("reason") for one in events if one.verb == "acceptance ended"}
    recorded = {one.id for one in everyone[: sum(one.verb == "risk accepted" for one in events)]}
    ended, follower = [], 0
    for one in everyone:
        if one.ended_on is not None and _is_ended_since(one, follower in recorded, reasons, given, since):
            ended.append(one)
        follower = one.id
    return recorded, ended


def _is_ended_since(
    one: Acceptance, is_followed: bool, reasons: set[str | None], given: Sequence[Score], since: dt.datetime
) -> bool:
    if one.ended_why == ANEW:
        return is_followed
    if not one.ended_why.startswith(VOID):
        return one.ended_why in reasons
    voiding = [
        score
        for score in given
        if score.kind == ScoreKind.CURRENT
        and score.id > one.score_id
        and score.scored_on == one.ended_on
        and score.words in one.ended_why
    ]
    return bool(voiding) and voiding[0].recorded_at >= since


def _earlier(one: Acceptance, *, is_known: bool) -> Earlier:
    return Earlier(
        one.accepted_by, one.accepted_on, one.until, one.reason if is_known else "", _end(one, is_known=is_known)
    )


def _end(one: Acceptance, *, is_known: bool) -> str:
    day, why = clock.long_date(one.ended_on), one.ended_why
    if why == ANEW:
        return f"{ANEW} on {day}."
    if not why.startswith(VOID):
        return f"Ended on {day}: {why}{'' if why.endswith(('.', '!', '?')) else '.'}"
    if not is_known:
        # The score that was accepted is from before the reader may know of any.
        why = "The score rose" if why.startswith(ROSE) else "The score is not the one that was accepted"
    return f"Void since {day}: {why[:1].lower()}{why[1:]}."
