"""How actions, shares and what was said of them stand in every section: plain values, ready in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.reviews.report_sections.lines import ActionLine, OutcomeLine, PlanReading, Reading, ShareLine
from strategy_tracker.reviews.report_sections.rules import brief

LONGEST_ACTION = 100
LONGEST_OUTCOME = 80


@dataclass(frozen=True)
class Named:
    """An action by its number and as many of its words as a list has room for. `plan` is empty where there is one."""

    plan: str
    number: str
    text: str


@dataclass(frozen=True)
class Saying:
    """What an authority said about one outcome. `about` names it where the action has several."""

    about: str
    on: str
    text: str
    reason: str


@dataclass(frozen=True)
class Placed:
    """A share with its action and its plan, as the sections walk through them."""

    plan: PlanReading
    action: ActionLine
    share: ShareLine


def named(read: Reading, plan: PlanReading, action: ActionLine, longest: int = LONGEST_ACTION) -> Named:
    return Named(read.name_of(plan), action.number, brief(action.text, longest).removesuffix("."))


def placed(read: Reading) -> Iterator[Placed]:
    """Every share of the report, in the order of the plans."""
    for plan in read.plans:
        for action in plan.actions:
            for share in action.shares:
                yield Placed(plan, action, share)


def sayings(one: Placed, outcomes: Iterable[OutcomeLine]) -> tuple[Saying, ...]:
    """What was said in the quarter about these outcomes; what was not said is left out."""
    many = len(one.share.outcomes) > 1
    return tuple(
        Saying(
            about=brief(line.outcome.text or line.when, LONGEST_OUTCOME) if many else "",
            on=clock.long_date(line.word.on),
            text=line.word.text,
            reason=line.word.reason,
        )
        for line in outcomes
        if line.word is not None and line.status != NOT_REPORTED
    )


def telling(share: ShareLine) -> tuple[OutcomeLine, ...]:
    """The outcomes that make the share what it counts as."""
    return tuple(line for line in share.outcomes if line.status == share.status)


def reason_of(one: Placed) -> str:
    """Why the share is what it counts as, of the first outcome that says so; empty where nobody said."""
    return next((line.word.reason for line in telling(one.share) if line.word and line.word.reason), "")
