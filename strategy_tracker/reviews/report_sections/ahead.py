"""What happens next: the dates of the coming quarter."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans.rules import DONE, SET_ASIDE
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.report_sections.entries import named
from strategy_tracker.reviews.report_sections.lines import ActionLine, OutcomeLine
from strategy_tracker.reviews.report_sections.meetings import meetings_from
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.text import listed

SOON = dt.timedelta(days=92)
LONGEST_TITLE = 90
ENDED = frozenset(map(str, DONE | SET_ASIDE))


@dataclass(frozen=True)
class Coming:
    on: str
    words: str


@dataclass(frozen=True)
class Ahead:
    """The first dates, and how many more there are until the end of the next three months."""

    dates: tuple[Coming, ...]
    more: int


def ahead(context: SectionContext, most: int) -> Ahead | None:
    found = sorted(_dates(context))
    if not found:
        return None
    return Ahead(
        dates=tuple(Coming(clock.long_date(day), words) for day, words in found[:most]),
        more=max(0, len(found) - most),
    )


def _dates(context: SectionContext) -> Iterator[tuple[dt.date, str]]:
    last = context.as_at + SOON
    for row in meetings_from(context.partnership_id, context.as_at + dt.timedelta(days=1)):
        if row.held_on <= last + SOON:
            yield row.held_on, f"Meeting of the steering group{f', {row.venue}' if row.venue else ''}"
    quarters = Quarter.select().where(
        Quarter.partnership == context.partnership_id, Quarter.period_from > context.period_to
    )
    following = quarters.order_by(Quarter.period_from).first()
    if following is not None:
        yield following.due_on, f"Returns are due for {following.words[:1].lower()}{following.words[1:]}"
    read = reading(context)
    for plan in read.plans:
        for action in plan.actions:
            for line, who in _due(action, context.as_at, last):
                one = named(read, plan, action, LONGEST_TITLE)
                yield line.outcome.due_on, f"Due: {one.number} {one.text} ({listed(who)})"


def _due(action: ActionLine, after: dt.date, last: dt.date) -> Iterator[tuple[OutcomeLine, list[str]]]:
    """The outcomes that are due in the time, with the authorities that have not done them."""
    found: dict[int, tuple[OutcomeLine, list[str]]] = {}
    for share in action.shares:
        for line in share.outcomes:
            done = line.word is not None and line.word.status in ENDED
            if line.due_on is not None and after < line.due_on <= last and not done:
                found.setdefault(line.outcome.id, (line, []))[1].append(share.authority)
    yield from found.values()
