"""The sections of the quarterly report. Importing this package offers them all."""

from functools import partial

from strategy_tracker.documents.sections import BOARD, Section, offer
from strategy_tracker.reviews.report_sections.ahead import ahead
from strategy_tracker.reviews.report_sections.changes import changes
from strategy_tracker.reviews.report_sections.decisions import asked, board_asked, followed
from strategy_tracker.reviews.report_sections.ending import abbreviations, versions
from strategy_tracker.reviews.report_sections.exceptions import exceptions, what_is_wrong
from strategy_tracker.reviews.report_sections.going_well import what_went_well
from strategy_tracker.reviews.report_sections.meetings import meetings
from strategy_tracker.reviews.report_sections.objectives import objectives
from strategy_tracker.reviews.report_sections.overdue import overdue
from strategy_tracker.reviews.report_sections.returns import returns
from strategy_tracker.reviews.report_sections.summary import authorities, brief_summary, cover, summary

MOST_WRONG, MOST_WELL, MOST_ASKED, MOST_AHEAD = 6, 5, 5, 12
"""How many actions a brief list tells of; of the rest it says how many there are."""

for section in (
    Section("cover", "Partners and plans", cover, "cover.html", 100),
    Section("summary", "Summary and figures", summary, "summary.html", 200),
    Section("wrong", "What is going wrong", partial(what_is_wrong, most=MOST_WRONG), "wrong.html", 300),
    Section("asked", "Decisions asked for", asked, "asked.html", 400),
    Section("changes", "What changed since the last quarter", changes, "changes.html", 500),
    Section("exceptions", "Exceptions", exceptions, "exceptions.html", 600),
    Section("objectives", "Progress by objective", objectives, "objectives.html", 700),
    Section("overdue", "Overdue", overdue, "overdue.html", 800),
    Section("followed", "Decisions followed up", followed, "followed.html", 900),
    Section("meetings", "Meetings", meetings, "meetings.html", 1000),
    Section("returns", "Returns of the authorities", returns, "returns.html", 1100),
    Section("ahead", "What happens next", partial(ahead, most=MOST_AHEAD), "ahead.html", 1200),
    Section("versions", "Version and approval", versions, "versions.html", 1300),
    Section("abbreviations", "Abbreviations used", abbreviations, "abbreviations.html", 1400, of_the_others=True),
    Section("board-summary", "Summary for a board", brief_summary, "board-summary.html", 200, audiences=BOARD),
    Section(
        *("board-asked", "Decisions asked of boards", partial(board_asked, most=MOST_ASKED), "board-asked.html", 300),
        audiences=BOARD,
    ),
    Section(
        *("board-wrong", "What is going wrong", partial(what_is_wrong, most=MOST_WRONG), "wrong.html", 400),
        audiences=BOARD,
    ),
    Section(
        *("board-well", "What went well", partial(what_went_well, most=MOST_WELL), "well.html", 500),
        audiences=BOARD,
    ),
    Section("board-authorities", "How each authority stands", authorities, "authorities.html", 600, audiences=BOARD),
    Section(
        *("board-ahead", "What happens next", partial(ahead, most=MOST_AHEAD), "ahead.html", 700),
        audiences=BOARD,
    ),
):
    offer(section)
