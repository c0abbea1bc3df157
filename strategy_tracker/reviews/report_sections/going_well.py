"""What went well in the quarter: achieved now, then better than before; the newest words of each."""

from dataclasses import dataclass

from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans.rules import DONE
from strategy_tracker.reviews.report_sections.changes import turned
from strategy_tracker.reviews.report_sections.entries import Named, Placed, named, placed, sayings, telling
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.report_sections.rules import brief
from strategy_tracker.text import listed

LONGEST_WORDS = 220
LONGEST_TITLE = 80
ACHIEVED = frozenset(map(str, DONE))


@dataclass(frozen=True)
class Well:
    action: Named
    status: str
    authorities: str
    words: str


@dataclass(frozen=True)
class WhatWentWell:
    """The best news, and of how many more actions there is some."""

    best: tuple[Well, ...]
    more: int


def what_went_well(context: SectionContext, most: int) -> WhatWentWell:
    read = reading(context)
    turns = turned(read)
    fresh = [one for one in placed(read) if one.share.was is None and one.share.status in ACHIEVED]
    achieved = [one for key in ("closed", "better", "begun") for one in turns[key] if one.share.status in ACHIEVED]
    good: dict[tuple[int, str], list[Placed]] = {}
    for one in (*achieved, *(fresh if context.previous_as_at else ()), *turns["better"]):
        known = good.setdefault((one.action.id, one.share.status), [])
        if one not in known:
            known.append(one)
    return WhatWentWell(
        best=tuple(
            Well(
                action=named(read, ones[0].plan, ones[0].action, LONGEST_TITLE),
                status=status,
                authorities=listed(one.share.authority for one in ones),
                words=brief(" ".join(said.text for said in sayings(ones[0], telling(ones[0].share))), LONGEST_WORDS),
            )
            for (_, status), ones in list(good.items())[:most]
        ),
        more=max(0, len(good) - most),
    )
