"""The sections of the quarterly report. Importing this package offers them all."""

from collections.abc import Callable
from functools import partial
from typing import Any

from strategy_tracker.documents.sections import BOARD, Section, SectionContext, offer
from strategy_tracker.reviews.report_sections import (
    ahead,
    changes,
    decisions,
    ending,
    exceptions,
    going_well,
    meetings,
    objectives,
    overdue,
    returns,
    summary,
)

MOST_WRONG, MOST_WELL, MOST_ASKED, MOST_AHEAD = 6, 5, 5, 12
"""How many a brief list tells of; of the rest it says how many there are."""
what_is_wrong = partial(exceptions.what_is_wrong, most=MOST_WRONG)
what_went_well = partial(going_well.what_went_well, most=MOST_WELL)
board_asked = partial(decisions.board_asked, most=MOST_ASKED)
what_is_ahead = partial(ahead.ahead, most=MOST_AHEAD)

Build = Callable[[SectionContext], Any]
IN_FULL: tuple[tuple[str, str, Build], ...] = (
    ("cover", "Partners and plans", summary.cover),
    ("summary", "Summary and figures", summary.summary),
    ("wrong", "What is going wrong", what_is_wrong),
    ("asked", "Decisions asked for", decisions.asked),
    ("changes", "What changed since the last quarter", changes.changes),
    ("exceptions", "Exceptions", exceptions.exceptions),
    ("objectives", "Progress by objective", objectives.objectives),
    ("overdue", "Overdue", overdue.overdue),
    ("followed", "Decisions followed up", decisions.followed),
    ("meetings", "Meetings", meetings.meetings),
    ("returns", "Returns of the authorities", returns.returns),
    ("ahead", "What happens next", what_is_ahead),
    ("versions", "Version and approval", ending.versions),
    ("abbreviations", "Abbreviations used", ending.abbreviations),
)
FOR_A_BOARD: tuple[tuple[str, str, Build, str], ...] = (
    ("board-summary", "Summary for a board", summary.brief_summary, "board-summary.html"),
    ("board-asked", "Decisions asked of boards", board_asked, "board-asked.html"),
    ("board-wrong", "What is going wrong", what_is_wrong, "wrong.html"),
    ("board-well", "What went well", what_went_well, "well.html"),
    ("board-authorities", "How each authority stands", summary.authorities, "authorities.html"),
    ("board-ahead", "What happens next", what_is_ahead, "ahead.html"),
)
"""In their default order, with a gap after each for the sections of registers."""
for place, (key, title, build) in enumerate(IN_FULL, start=1):
    offer(Section(key, title, build, f"{key}.html", 100 * place, of_the_others=key == "abbreviations"))
for place, (key, title, build, template) in enumerate(FOR_A_BOARD, start=1):
    offer(Section(key, title, build, template, 100 * place, audiences=BOARD))
