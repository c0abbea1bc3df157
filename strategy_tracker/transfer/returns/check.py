"""What a return will report, what is wrong in it, and what was said in the tracker since it went out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from strategy_tracker.checks import FIRST_YEAR, LAST_YEAR, LONGEST_REASON, LONGEST_TEXT
from strategy_tracker.clock import long_date
from strategy_tracker.plans.rules import Status, why_reason
from strategy_tracker.transfer.back.cells import said_shortly
from strategy_tracker.transfer.back.clashes import Clashes
from strategy_tracker.transfer.draft import Clash, NoteDraft
from strategy_tracker.transfer.out.layout import Row
from strategy_tracker.transfer.returns.filled import Filled, Line
from strategy_tracker.transfer.returns.workbook import Head
from strategy_tracker.transfer.statuses import status_in_column

NO = ("", "no", "n", "-")
Problems = dict[str, str]


@dataclass(frozen=True)
class Report:
    """One report to be written. `confirms`: nothing has changed since what was said last.

    `last` is the id of what was said last when this was checked, None where nothing was.
    """

    outcome: int
    number: str
    about: str
    status: Status
    text: str
    reason: str
    as_at: dt.date
    confirms: bool
    last: int | None

    @property
    def shown(self) -> str:
        if self.confirms:
            return f"No change since: [{self.status}] {self.text}\nAs at {long_date(self.as_at)}"
        return said_shortly(self.status, self.text, self.reason, long_date(self.as_at))


@dataclass(frozen=True)
class Checked:
    """`settled`: the lines that the tracker says already. `as_at`: None where the return does not say it."""

    reports: tuple[Report, ...]
    problems: Problems
    clashes: tuple[Clash, ...]
    settled: int
    silent: int
    as_at: dt.date | None = None


class Checking:
    """`base` and `now`: the authority's rows by their marks, when the file went out and as they stand.

    `why_not` is why no report is taken for its date; empty where one is.
    """

    def __init__(
        self, filled: Filled, base: Mapping[str, Row], now: Mapping[str, Row], chosen: Mapping[str, str], why_not: str
    ) -> None:
        self.filled, self.base, self.now, self.why_not = filled, base, now, why_not
        self.clashes = Clashes(chosen)
        self.problems: Problems = dict(filled.problems)
        self.settled = 0

    def checked(self) -> Checked:
        if self.filled.as_at and not FIRST_YEAR <= self.filled.as_at.year <= LAST_YEAR:
            self.problems[self.filled.as_at_place] = f"The date must be between {FIRST_YEAR} and {LAST_YEAR}"
            self.filled.as_at = None
        if self.why_not and self.filled.lines:
            self.problems[self.filled.as_at_place] = self.why_not
            self.filled.as_at = None
        found = [self._line(line) for line in self.filled.lines]
        reports = tuple(report for report in found if report is not None)
        clashes, filled = tuple(self.clashes.found), self.filled
        return Checked(reports, self.problems, clashes, self.settled, filled.silent, filled.as_at)

    def _line(self, line: Line) -> Report | None:
        mark = str(line.key).partition(".")[2]
        before, now = self.base.get(mark), self.now.get(mark)
        first = next((line.places[head] for head, words in line.said.items() if words), "")
        if before is None or before.outcome is None or before.action is None:
            self.problems[first] = "This line is none of the return that went out"
            return None
        if now is None:
            self.problems[first] = f"Action {before.action.number} or this outcome is no longer in the plan"
            return None
        number, outcome = before.action.number, before.outcome
        report = self._report(line, before.note, outcome.row or 0, number, outcome.text or before.action.text)
        if report is None:
            return None
        if _says(now.note, report):
            self.settled += 1
            return None
        return self._unless_said_meanwhile(report, before.note, now.note, line)

    def _unless_said_meanwhile(
        self, report: Report, before: NoteDraft | None, now: NoteDraft | None, line: Line
    ) -> Report | None:
        if (now.row if now else None) == (before.row if before else None):
            return report
        place = line.places[Head.NO_CHANGE if report.confirms else Head.TEXT]
        theirs = _shown(now)
        if not self.clashes.takes_file(
            "progress", f"of {report.number}", report.about, _shown(before), report.shown, theirs, place
        ):
            return None
        kept = {name: getattr(report, name) for name in report.__dataclass_fields__}
        return Report(**kept | {"confirms": False, "last": now.row if now else None})

    def _report(self, line: Line, last: NoteDraft | None, outcome: int, number: str, about: str) -> Report | None:
        """None where something is wrong with the line, or the date is missing."""
        as_at, last_id = self.filled.as_at, last.row if last else None
        if line.said[Head.NO_CHANGE].strip().casefold() not in NO:
            if any(line.said[head] for head in (Head.STATUS, Head.TEXT, Head.REASON)):
                self.problems[line.places[Head.NO_CHANGE]] = (
                    "Either nothing has changed, or there is a new report: not both"
                )
                return None
            if last is None or last.status is None:
                self.problems[line.places[Head.NO_CHANGE]] = (
                    "There is no status to confirm: choose one, and write a report"
                )
                return None
            if as_at is None:
                return None
            return Report(outcome, number, about, last.status, last.text, last.reason, as_at, True, last_id)
        if not any(line.said[head] for head in (Head.STATUS, Head.TEXT, Head.REASON)):
            return None
        status, text, reason = self._status(line), line.said[Head.TEXT], line.said[Head.REASON]
        before = last.status if last else None
        wrong = {
            Head.TEXT: "Write what you report" if not text else _too_long(text, LONGEST_TEXT),
            Head.REASON: _too_long(reason, LONGEST_REASON) if reason else why_reason(before, status),
        }
        self.problems |= {line.places[head]: words for head, words in wrong.items() if words}
        if status is None or any(wrong.values()) or as_at is None:
            return None
        return Report(outcome, number, about, status, text, reason, as_at, False, last_id)

    def _status(self, line: Line) -> Status | None:
        said = " ".join(line.said[Head.STATUS].split())
        status, understood = status_in_column(said)
        if not understood:
            self.problems[line.places[Head.STATUS]] = f"“{said[:60]}” is no status that is known"
        elif status is None:
            self.problems[line.places[Head.STATUS]] = "Choose a status"
        return status


def _too_long(words: str, longest: int) -> str:
    return f"It must be {longest:,} characters or fewer; it has {len(words):,}" if len(words) > longest else ""


def _says(note: NoteDraft | None, report: Report) -> bool:
    """Whether this was reported already; how lines break is no difference."""
    return note is not None and (note.status, note.text.split(), note.reason.split(), note.as_at) == (
        report.status,
        report.text.split(),
        report.reason.split(),
        report.as_at,
    )


def _shown(note: NoteDraft | None) -> str:
    if note is None:
        return "No report"
    return said_shortly(note.status or "", note.text, note.reason, long_date(note.as_at) if note.as_at else "")
