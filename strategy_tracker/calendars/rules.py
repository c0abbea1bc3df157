"""How a date reads in a calendar: pure functions of values."""

import datetime as dt

from strategy_tracker.plans.rules import NOT_REPORTED, Precision, Timescale, shown_date
from strategy_tracker.text import one_line

LONGEST_TITLE = 100


def due_words(due: Timescale) -> str:
    """ "Due by 30 July 2010", "Due by the end of December 2010": in time is whoever is done on the day itself."""
    match due.precision:
        case Precision.DAY:
            return f"Due by {due.shown}"
        case Precision.QUARTER:
            return f"Due by the end of the quarter {due.shown}"
        case _:
            return f"Due by the end of {due.shown}"


def told_status(status: str, as_at: dt.date | None) -> str:
    """ "Status: on track, as at 30 June 2011"; "Not reported"."""
    if status == NOT_REPORTED or as_at is None:
        return "Not reported"
    return f"Status: {status.removeprefix('status ')}, as at {shown_date(as_at, Precision.DAY)}"


def shortened(words: str) -> str:
    """One line without its full stop, cut between two words where it is too long for a day's entry."""
    line = one_line(words)
    line = line[:-1] if line.endswith(".") and not line.endswith("..") else line
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[:LONGEST_TITLE].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;:.')}…"
