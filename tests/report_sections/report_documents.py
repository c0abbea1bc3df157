"""Reports for the tests, without a database: of any size, and with the words that have broken PDFs before."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.documents.sections import (
    Section,
    SectionContext,
    contents,
    report_body,
    report_page,
    sections_for,
)
from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.models import Outcome, Plan
from strategy_tracker.plans.rollup.rules import Rule
from strategy_tracker.plans.rules import NOT_REPORTED, WORST_FIRST, Timescale
from strategy_tracker.plans.versions.differences import Difference, Kind
from strategy_tracker.reviews.report_sections import ahead, decisions, ending, meetings, returns
from strategy_tracker.reviews.report_sections.lines import (
    ActionLine,
    ObjectiveLine,
    OutcomeLine,
    PlanReading,
    Reading,
    ShareLine,
    Word,
)
from strategy_tracker.reviews.report_sections.rules import brief
from strategy_tracker.risks.then import Told

FIRST, LAST, BEFORE = dt.date(2011, 4, 1), dt.date(2011, 6, 30), dt.date(2011, 3, 31)
NAMES = (("SDC", "Sevenoaks"), ("TMBC", "Tonbridge and Malling"), ("TWBC", "Tunbridge Wells"))
NOTES = (
    "Eleven households were helped to stay where they are, two more than in the quarter before.",
    "Agreed with partners:\n• 62 homes against a target of 60\n• 14 of them with three bedrooms or more",
    "",
)
STATUSES = (*map(str, WORST_FIRST), NOT_REPORTED, "status not given")
REPORT = {
    "title": "Quarterly report, April to June 2011",
    "partnership": "West Kent",
    "as_at": "30 June 2011",
    "edition": "Version 1, approved 14 July 2011",
    "summary": "Most of the plan goes well.\n• Two things need a decision\n• [exempt]One is secret[/exempt]",
    "versions": [{"number": "1", "on": "14 July 2011", "standing": "Approved", "what": "TWBC’s return"}],
}
READ = ("cover", "summary", "wrong", "changes", "exceptions", "objectives", "overdue", "versions")
NO_RISKS = Told((), (), {})
READ_BY_BOARDS = ("board-summary", "board-wrong", "board-well", "board-authorities")


def a_reading(
    actions: int = 33, *notes: str, authorities: int = 3, text: str = "", plans: int = 1, calm: int = 0
) -> Reading:
    """Two actions an objective, each with one outcome; every status in turn, then `calm` times on track."""
    names = (*NAMES, *((f"A{n}", f"Authority {n}") for n in range(3, authorities)))[:authorities]
    partners = tuple(
        Authority(id=n, slug=short.lower(), short_name=short, name=name) for n, (short, name) in enumerate(names)
    )
    return Reading(
        partnership=Partnership(id=1, slug="west-kent", name="West Kent"),
        authorities=partners if actions else (),
        plans=tuple(_plan(n, actions, partners, notes or NOTES, text, calm) for n in range(plans)),
        rule=Rule(),
        as_at_words="30 June 2011",
        previous_words="31 March 2011",
        since=BEFORE,
    )


def _plan(
    number: int, actions: int, partners: tuple[Authority, ...], notes: tuple[str, ...], text: str, calm: int
) -> PlanReading:
    quiet = ("on track",) * calm
    words, now, was = cycle(notes), cycle(STATUSES + quiet), cycle(STATUSES[5:] + STATUSES[:5] + quiet)
    lines = [_action(n, partners, words, now, was, text) for n in range(actions)]
    objectives = tuple(
        ObjectiveLine(str(n // 2 + 1), text or "Keep people in their homes", tuple(lines[n : n + 2]))
        for n in range(0, actions, 2)
    )
    move = Move(Timescale.by(dt.date(2011, 5, 31)), Timescale.by(dt.date(2012, 5, 31)), text or "Late", "", LAST)
    changed = tuple(
        Difference(kind, "action", 1, f"Action {n}.1", text or "Write a protocol")
        for n, kind in enumerate(Kind, start=1)
        if actions
    )
    return PlanReading(
        plan=Plan(id=number + 1, title=f"Plan {number}", strategy="Strategy"),
        title=text or f"Action plan {number}",
        period="July 2010 to June 2011",
        edition="version 2",
        objectives=objectives,
        structure=changed,
        moves=dict.fromkeys(range(0, actions, 9), (move,)),
        before=True,
    )


def _action(
    n: int, partners: tuple[Authority, ...], words: Iterator[str], now: Iterator[str], was: Iterator[str], text: str
) -> ActionLine:
    outcome = Outcome(id=n, text=text or "Fewer people become homeless", timescale_kind="date", due_on=BEFORE)
    outcome.due_precision = "month"
    shares = []
    for each in partners:
        status = next(now)
        word = None if status == NOT_REPORTED else Word(LAST, status, next(words), text or "Two sites were lost")
        line = OutcomeLine(outcome, "March 2011", word, word is not None, status, "3 months" if n % 3 else "")
        shares.append(ShareLine(each.id, each.short_name, status, next(was), (line,)))
    action = text or "Advise people before they lose their home, so that fewer of them do, and help the others"
    return ActionLine(n, f"{n // 2 + 1}.{n % 2 + 1}", action, tuple(shares))


def of_the_database(text: str = "", *, times: int = 1, short: tuple[str, ...] = ("SDC",)) -> Mapping[str, Any]:
    """What the sections show that read more than the plans; `text` in every place where people type."""
    words = text or "Agree a new date for the rent arrears protocol"
    question = decisions.Question(text or "A date", words, text or "TWBC", "")
    follow = decisions.Followed(
        "Decision 1 of 10 March 2011", words, words, words, "1 May 2011", "Not done", "", "late"
    )
    before = decisions.Before(brief(words, 260), brief(words, 80), "13 October 2011")
    short_question = decisions.Question(brief(words, 80), brief(words, 260), brief(words, 60), brief(words, 120))
    came = (meetings.Presence("Present", text or "SDC, TMBC"),)
    held = meetings.MeetingHeld("14 July 2011", "10:00", text or "Argyle Road", text, "Quarter 4", came)
    dates = ahead.Ahead((ahead.Coming("4 October 2011", (text or "Returns are due")[:90]),) * 12, 3)
    used = tuple(
        ending.Abbreviation((text or "RSL")[:40], (text or "Registered social landlord")[:300]) for _ in range(8)
    )
    returned = tuple(returns.Returned(one, "4 July 2011, 2 days late", "Accepted", 9, 8, 2, 1) for one in short)
    return {
        "asked": decisions.DecisionsAsked("14 July 2011", (question,) * times),
        "followed": decisions.DecisionsFollowed((follow,) * times),
        "meetings": meetings.Meetings((held,) * times, held),
        "returns": returns.Returns("4 July 2011", returned),
        "ahead": dates,
        "abbreviations": ending.Abbreviations(used),
        "board-asked": decisions.BoardAsked((before,) * 5, 12, (short_question,) * min(times, 5), 12),
        "board-ahead": dates,
    }


def parts_of(
    read: Reading, others: Mapping[str, Any], audience: str = "full", report: Mapping[str, Any] = REPORT
) -> list[tuple[Section, Any]]:
    """Every section of an audience with what it holds."""
    context = SectionContext(
        1, 1, FIRST, LAST, LAST, BEFORE, audience, None, report, {"reading": read, "risks": NO_RISKS}
    )
    every = sections_for(audience)
    built = contents([one for one in every if one.key not in others], context)
    known = {one.key: content for one, content in built} | dict(others)
    return [(one, known[one.key]) for one in every if known.get(one.key) is not None]


def page_of_parts(parts: list[tuple[Section, Any]]) -> str:
    """The whole page of a report that has these sections and no others."""
    return report_page(REPORT, report_body(REPORT, parts))


def page_of(read: Reading, others: Mapping[str, Any], audience: str = "full", **report: Any) -> str:
    """The whole page of a report."""
    words = {**REPORT, **report}
    return report_page(words, report_body(words, parts_of(read, others, audience, words)))
