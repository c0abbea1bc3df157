"""The forms of a report. Their fields have the names that a refusal uses."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker import clock
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports.rules import Arranged, period_words
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.report_sections.summary import LONGEST_SUMMARY, MOST_LINES
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Tick, Ticks, Words

EXEMPT_HINT = "What no public copy may have stands between [exempt] and [/exempt]"
BOARD_HINT = f"A board’s copy has its first {LONGEST_SUMMARY:,} letters, on at most {MOST_LINES} lines"
AUDIENCES = [
    ("board", "A board: the summary first, at most six pages"),
    ("public", "Everybody: without names of people and exempt passages"),
    ("extract", "Each authority’s committee: an extract of its own part"),
]


class NewReportForm(Form):
    quarter = Choice("Quarter")

    def offer(self, quarters: Iterable[Quarter]) -> None:
        self.quarter.choices = [(one.slug, quarter_label(one)) for one in quarters]


class ReportForm(Form):
    title = Line("Title", [InputRequired("Enter the title")])
    summary = Words("Summary in words", description=f"What the group should know first. {BOARD_HINT}. {EXEMPT_HINT}")
    audiences = Ticks("For whom, besides the group")

    def offer(self, *, is_public: bool) -> None:
        """Without the public where the partnership does not allow it."""
        self.audiences.choices = [one for one in AUDIENCES if is_public or one[0] != "public"]


class CirculationForm(Form):
    note = Words("What is new in this draft", description="Stands in the mail and in the report's table of versions")


class TakingBackForm(Form):
    reason = Words("Reason", [InputRequired("Enter a reason")], description="The history keeps it")


class ApprovalForm(Form):
    """At a meeting that is kept here, or on another day with words about how."""

    order = ("meeting", "approved_on", "at")
    meeting = Choice("At which meeting")
    approved_on = DayMonthYear("If at none of these: approved on")
    at = Line("and at which meeting, or how", description="Such as: at its meeting at Sevenoaks, or: by letter")

    def offer(self, meetings: Sequence[Meeting], since: str) -> None:
        """`since` says which meetings there are to choose from."""
        self.meeting.description = since
        held = [(str(one.id), meeting_label(one)) for one in meetings]
        self.meeting.choices = [*held, ("", "None of these")]

    def chosen(self, meetings: Sequence[Meeting]) -> Meeting | None:
        return next((one for one in meetings if str(one.id) == self.meeting.data), None)


class PublicationForm(Form):
    """Nothing but the button."""


class CorrectionForm(Form):
    why = Words(
        "What was wrong, and is mended",
        [InputRequired("Enter what was wrong")],
        description="Stands at the top of the corrected issue, in each of its copies",
    )


class PublicReadingForm(Form):
    allowed = OneOf(
        "Who may read the public copies",
        [InputRequired("Select who may read them")],
        choices=[
            SelectChoice("yes", "Everybody, without signing in"),
            SelectChoice("no", "Only who is signed in and may read reports"),
        ],
    )
    since = DayMonthYear("From", [DateRequired("Enter the day from which it holds")], default=clock.today)
    reason = Words("Reason", [InputRequired("Enter a reason")], description="The history keeps it")


class SectionsForm(Form):
    """A place and a tick for each section; made by `sections_form`."""

    keys: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"place-{key}"], self[f"shown-{key}"]) for key in self.keys]

    @property
    def places(self) -> dict[str, int]:
        return {key: int(self[f"place-{key}"].data) for key in self.keys}

    @property
    def shown(self) -> list[str]:
        return [key for key in self.keys if self[f"shown-{key}"].data]


def sections_form(chosen: Arranged, titles: dict[str, str], version: int, *, blank: bool = False) -> SectionsForm:
    """The form of these sections. `blank`: of what stands, whatever was posted."""
    fields: dict[str, Any] = {"keys": tuple(key for key, _ in chosen)}
    data: dict[str, Any] = {"version": version}
    for number, (key, is_in) in enumerate(chosen, start=1):
        fields[f"place-{key}"] = Line(f"Place of {titles[key]}", [_place_up_to(len(chosen))])
        fields[f"shown-{key}"] = Tick(f"{titles[key]} is in the report")
        data |= {f"place-{key}": str(number), f"shown-{key}": is_in}
    made = type("ArrangedSectionsForm", (SectionsForm,), fields)
    form: SectionsForm = made(None, data=data) if blank else made(data=data)
    return form


def _place_up_to(highest: int) -> Any:
    def check(_: Form, field: Any) -> None:
        typed = str(field.data or "").strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 4 and 0 < int(typed) <= highest):
            raise ValidationError(f"{field.label.text}: enter a number from 1 to {highest}")

    return check


def quarter_label(quarter: Quarter) -> str:
    return f"{period_words(quarter.period_from, quarter.period_to)} (quarter {quarter.number} of {quarter.year})"


def meeting_label(meeting: Meeting) -> str:
    at = f", {meeting.venue}" if meeting.venue else ""
    return f"{clock.long_date(meeting.held_on)}{at}"
