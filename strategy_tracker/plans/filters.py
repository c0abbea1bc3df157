"""What a reader wants to see of a plan: kept in the address, applied to lines and actions. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from strategy_tracker.plans.rules import DONE, NOT_GIVEN, NOT_REPORTED, SET_ASIDE, Status
from strategy_tracker.plans.standing import ActionPart, Line, ObjectivePart
from strategy_tracker.text import one_line

LONGEST_WORDS = 200
ATTENTION = frozenset({Status.OFF_TRACK, Status.AT_RISK})
WELL = frozenset({Status.ON_TRACK, Status.ONGOING, *DONE})


@dataclass(frozen=True)
class StatusChoice:
    """A status, or several under one name, that can be filtered by."""

    key: str
    words: str
    statuses: frozenset[str]


def key_of(status: str) -> str:
    """off-track for "off track"."""
    return status.replace(" ", "-")


GROUPS = (
    StatusChoice("attention", "Off track or at risk", frozenset(map(str, ATTENTION))),
    StatusChoice("well", "On track or done", frozenset(map(str, WELL))),
    StatusChoice("set-aside", "Set aside", frozenset(map(str, SET_ASIDE))),
)
SINGLE = tuple(
    StatusChoice(key_of(status), status.capitalize(), frozenset({status})) for status in (*map(str, Status), NOT_GIVEN)
)
STATUS_CHOICES = {choice.key: choice for choice in (*GROUPS, *SINGLE)}


@dataclass(frozen=True)
class Filter:
    """Every condition must hold; those about a share must hold for one and the same share."""

    authority: str = ""
    status: str = ""
    objective: str = ""
    q: str = ""
    overdue: bool = False
    not_reported: bool = False
    mine: bool = False

    @classmethod
    def from_query(cls, given: Mapping[str, str]) -> "Filter":
        """What the address says; what it says wrongly is left out."""
        status = given.get("status", "")
        return cls(
            authority=one_line(given.get("authority", "")[:LONGEST_WORDS]),
            status=status if status in STATUS_CHOICES else "",
            objective=one_line(given.get("objective", "")[:LONGEST_WORDS]),
            q=one_line(given.get("q", "")[:LONGEST_WORDS]),
            **{name: given.get(name) == "1" for name in ("overdue", "not_reported", "mine")},
        )

    @property
    def is_used(self) -> bool:
        return self != Filter()

    @property
    def is_about_shares(self) -> bool:
        return replace(self, objective="", q="") != Filter()

    def query(self, kept: Mapping[str, str], **changes: Any) -> str:
        """The address's query for this filter with changes; "" or "?...". `kept` are parameters that are no filter."""
        return query_of(replace(self, **changes), kept)

    def chosen(self, objectives: Iterable[ObjectivePart]) -> tuple[ObjectivePart, ...]:
        """The objectives with the actions that match; one left without actions goes too."""
        if not self.is_used:
            return tuple(objectives)
        words = self.q.casefold().split()
        kept = []
        for objective in objectives:
            if self.objective and objective.number != self.objective:
                continue
            found = [self._narrowed(a) for a in objective.actions if self._accepts(a, words, objective.title)]
            if found:
                kept.append(replace(objective, actions=tuple(found)))
        return tuple(kept)

    def accepts(self, line: Line) -> bool:
        """Whether a share meets every condition that is about shares."""
        return (
            (not self.authority or line.slug == self.authority)
            and (not self.status or line.status in STATUS_CHOICES[self.status].statuses)
            and (not self.overdue or line.is_overdue)
            and (not self.not_reported or line.status == NOT_REPORTED)
            and (not self.mine or line.is_mine)
        )

    def _accepts(self, action: ActionPart, words: list[str], title: str) -> bool:
        if self.is_about_shares and not any(map(self.accepts, action.lines)):
            return False
        return not words or _holds(action, title, words)

    def _narrowed(self, action: ActionPart) -> ActionPart:
        if not self.authority:
            return action
        return replace(action, lines=tuple(line for line in action.lines if line.slug == self.authority))


def query_of(chosen: Filter, kept: Mapping[str, str]) -> str:
    """The filter and the kept parameters as "?a=b", in a fixed order; "" where there is nothing."""
    pairs = [(name, value) for name, value in kept.items() if value]
    for field in fields(chosen):
        value = getattr(chosen, field.name)
        if value:
            pairs.append((field.name, "1" if value is True else value))
    return f"?{urlencode(pairs)}" if pairs else ""


def _holds(action: ActionPart, title: str, words: list[str]) -> bool:
    texts = [action.number, title, action.text, action.owner]
    texts += [part for outcome in action.outcomes for part in (outcome.text, outcome.when)]
    texts += [part for line in action.lines for part in (line.said, line.owner)]
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)
