"""The forms of a meeting. Their fields have the names that a refusal uses."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from strategy_tracker.authorities.models import Authority
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.meetings.models import Attendance, Meeting
from strategy_tracker.reviews.meetings.operations import Came, Particulars
from strategy_tracker.reviews.meetings.papers import Readable
from strategy_tracker.reviews.meetings.rules import Presence, Stands
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Upload, Words


class MeetingForm(Form):
    held_on = DayMonthYear("Date", [DateRequired("Enter the date of the meeting")])
    starts_at = Line("Begins at", description="Such as 10:00 or 2.30pm")
    venue = Line("Place")
    chair = Line("Chair", description="A person, or a post such as Chief Housing Officer, TMBC")
    quarter = Choice("Quarter that it reviews", description="The agenda is drawn from what was reported in it")

    def offer(self, quarters: Sequence[Quarter]) -> None:
        self.quarter.choices = [("", "None"), *((str(one.id), one.words) for one in reversed(quarters))]

    def particulars(self, quarters: Iterable[Quarter]) -> Particulars:
        held_on: Any = self.held_on.data
        return Particulars(
            held_on,
            self.starts_at.data or "",
            self.venue.data or "",
            self.chair.data or "",
            next((one for one in quarters if str(one.id) == self.quarter.data), None),
        )


class AttendanceForm(Form):
    """Has two fields besides for each authority: `presence_7` and `who_7`, by its id."""

    others = Words("Others who were there", description="The coordinator, guests, whoever took the minutes")

    @property
    def came(self) -> dict[int, Came]:
        found = {}
        for field in self:
            if field.name.startswith("presence_"):
                number = field.name.removeprefix("presence_")
                presence = Presence(field.data) if field.data else None
                found[int(number)] = Came(presence, self[f"who_{number}"].data or "")
        return found


def attendance_form(
    authorities: Iterable[Authority], meeting: Meeting, noted: Mapping[int, Attendance], *posted: Any
) -> AttendanceForm:
    """The form with the fields of these authorities, filled with what is noted."""
    kind: Any = type("Filled", (AttendanceForm,), {})
    order, values = [], {"others": meeting.others, "version": meeting.version}
    for one in authorities:
        presence, who = f"presence_{one.id}", f"who_{one.id}"
        choices = [
            SelectChoice("", "Not noted"),
            *(SelectChoice(each.value, each.value.capitalize()) for each in Presence),
        ]
        setattr(kind, presence, Choice(f"Was {one.short_name} there?", choices=choices))
        setattr(kind, who, Line(f"Who came for {one.short_name}, or sent apologies"))
        row = noted.get(one.id)
        values |= {presence: row.presence if row else "", who: row.who if row else ""}
        order += [presence, who]
    kind.order = (*order, "others")
    return kind(*posted, data=values)


class MinutesForm(Form):
    beside = ("reason",)
    text = Words(
        "Minutes",
        [InputRequired("Enter the minutes")],
        description="Plain text; a line that begins with a bullet or a hyphen is a list. "
        "What stands between [exempt] and [/exempt] reaches no public copy",
    )
    reason = Words("Why do they change?", description="They are approved: once changed, they must be approved again")


class ApprovalForm(Form):
    approved_in = Choice("Approved at the meeting of")

    def offer(self, meetings: Iterable[tuple[int, str]]) -> None:
        self.approved_in.choices = [(str(number), words) for number, words in meetings]


class ItemForm(Form):
    title = Line("Item", [InputRequired("Enter the item")])
    text = Words("More about it")
    stands = OneOf(
        "Where it stands",
        choices=[
            SelectChoice(Stands.BEFORE.value, "Before what is drawn from the quarter"),
            SelectChoice(Stands.AFTER.value, "After it"),
        ],
        default=Stands.AFTER.value,
    )
    asked = Words(
        "What the group is asked to decide",
        description="Leave it empty where the item is only to be heard. It stands in the report of the quarter too",
    )
    asked_by = Line("Who asks for it", description="Such as TWBC")

    @property
    def said(self) -> dict[str, Any]:
        words = {name: self[name].data or "" for name in ("title", "text", "asked", "asked_by")}
        return {**words, "stands": Stands(self.stands.data)}


class PaperForm(Form):
    order = ("title", "page", "file", "published_on")
    title = Line("Title", description="Left empty, the file’s or the page’s own name stands")
    page = Choice("What it is")
    file = Upload(
        "File",
        description="PDF, Word, Excel, PowerPoint, OpenDocument, PNG or JPEG, up to 10 MB",
    )
    published_on = DayMonthYear(
        "Date of publication",
        [DateRequired("Enter the date of publication")],
        description="Nobody but you sees the paper before that day",
    )

    def offer(self, readables: Sequence[Readable]) -> None:
        self.page.choices = [("", "The file below"), *((one.address, one.title) for one in readables)]

    def chosen(self, readables: Iterable[Readable]) -> Readable | None:
        return next((one for one in readables if one.address == self.page.data), None)
