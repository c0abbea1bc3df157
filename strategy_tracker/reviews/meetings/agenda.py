"""What an agenda is made of, and where registers offer what they bring to it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.returns.figures import board_figures
from strategy_tracker.reviews.returns.shapes import BoardFigures


@dataclass(frozen=True)
class Point:
    """One line under an item. `marks` are statuses, each with those whose it is.

    `more` is said after the words; `late` is how late it is, in words.
    """

    words: str
    address: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    more: str = ""
    late: str = ""


@dataclass(frozen=True)
class Drawn:
    """An item that is drawn live. `rule` says what stands here and why; `nothing` stands where there is no point."""

    title: str
    rule: str
    points: tuple[Point, ...]
    nothing: str = ""


@dataclass(frozen=True)
class AgendaContext:
    """What an agenda is drawn for. `on` is the day as at which it stands: that of the meeting once it is past."""

    person: Acting
    meeting: Meeting
    partnership: Partnership
    quarter: Quarter | None
    on: dt.date

    @cached_property
    def board(self) -> BoardFigures | None:
        """What the quarter's returns say, read once for all sources; None where no quarter is reviewed."""
        return board_figures(self.quarter) if self.quarter else None


AgendaSource = Callable[[AgendaContext], Drawn | None]
_offered: list[AgendaSource] = []


def offer_agenda_source(source: AgendaSource) -> None:
    """Lets a register bring its own item, such as red risks: after those of the plan, in the order of offering.

    It answers None where it has nothing to do with the meeting.
    """
    if source not in _offered:
        _offered.append(source)


def offered() -> tuple[AgendaSource, ...]:
    return tuple(_offered)
