"""The form of a pack: what its cover says, and a place for each thing that can be in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.plans.models import Plan
from strategy_tracker.reports.copies import LABELS
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.packs.operations import Details
from strategy_tracker.reports.packs.rules import AUDIENCES, SHARED, TOP_RISKS, Chosen, in_places
from strategy_tracker.reports.rules import Audience
from strategy_tracker.risks.models import Register
from strategy_tracker.web.dates import DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, OneOf

HIGHEST = 99
HINTS = {
    Audience.FULL: "Full reports, for the group itself",
    Audience.BOARD: "Summaries for a board",
    Audience.PUBLIC: "Public copies: without names of people and exempt passages, the plans too; no risks",
}
STANDS = "As it stands"


@dataclass(frozen=True)
class Offered:
    """One thing that can be in a pack: `copies` says in words which copies were published, when a plan runs, or which
    risks it shows.
    """

    key: str
    title: str
    copies: str
    numbers: tuple[int, ...] = ()

    @property
    def is_plan(self) -> bool:
        return self.key.startswith("plan-")


class PackForm(Form):
    """Made by `pack_form`, which adds the fields of what is offered."""

    order = ("title", "for_whom", "meeting", "meeting_on", "audience")
    offered: tuple[Offered, ...] = ()
    before: tuple[str, ...] = ()

    title = Line("Title", [InputRequired("Enter the title")], description="Such as: Papers for the cabinet")
    for_whom = Line("For whom", description="Such as: Cabinet of Tonbridge and Malling Borough Council")
    meeting = Line("Meeting", description="Where it is read, such as: Council Offices, Larkfield")
    meeting_on = DayMonthYear("Date of the meeting")
    audience = OneOf(
        "Which copies of the reports",
        [InputRequired("Select which copies of the reports are taken")],
        choices=[SelectChoice(one.value, HINTS[one]) for one in AUDIENCES],
    )

    @property
    def details(self) -> Details:
        return Details(
            title=self.title.data or "",
            for_whom=self.for_whom.data or "",
            meeting=self.meeting.data or "",
            meeting_on=self.meeting_on.data,
            audience=self.audience.data or "",
        )

    @property
    def chosen(self) -> list[Chosen]:
        """What has a place, in order of the places."""
        typed = {one.key: int(self[one.key].data) for one in self.offered if (self[one.key].data or "").strip()}
        by_key = {one.key: one for one in self.offered}
        return [self._chosen(by_key[key]) for key in in_places(typed, self.before)]

    def _chosen(self, one: Offered) -> Chosen:
        kind, number = one.key.split("-")
        if not one.is_plan:
            return Chosen(kind, int(number))
        version = self[f"{one.key}-number"].data
        return Chosen(kind, int(number), int(version) if version else None, self[f"{one.key}-as_at"].data)

    @property
    def cover(self) -> list[Any]:
        return [self[name] for name in self.order]

    @property
    def rows(self) -> list[tuple[Offered, Any, Any, Any]]:
        """Each thing with its place, and a plan with its version and its date."""
        return [
            (one, self[one.key], *((self[f"{one.key}-number"], self[f"{one.key}-as_at"]) if one.is_plan else (0, 0)))
            for one in self.offered
        ]


def offered(
    reports: Sequence[tuple[Report, Sequence[ReportIssue]]],
    plans: Sequence[tuple[Plan, Sequence[int]]],
    registers: Sequence[Register],
) -> tuple[Offered, ...]:
    """The reports, then the plans, then the top risks of the partnership and its registers."""
    found = [
        Offered(
            f"report-{report.id}",
            report.title,
            "Published as: " + ", ".join(LABELS[Audience(one.audience)].lower() for one in issues),
        )
        for report, issues in reports
    ]
    found += [Offered(f"plan-{plan.id}", plan.title, _of_plan(plan), tuple(numbers)) for plan, numbers in plans]
    if registers:
        found.append(Offered(f"top-{registers[0].partnership_id}", TOP_RISKS, f"{SHARED}, of all registers"))
    found += [
        Offered(f"register-{one.id}", f"{one.whose}: {one.title}", SHARED if one.authority_id else "Risk register")
        for one in registers
    ]
    return tuple(found)


def _of_plan(plan: Plan) -> str:
    return f"{plan.period_from:%B %Y} to {plan.period_to:%B %Y}" + (", a draft" if plan.state == "draft" else "")


def pack_form(
    things: tuple[Offered, ...],
    standing: Sequence[Chosen] = (),
    values: Mapping[str, Any] | None = None,
    *,
    blank: bool = False,
) -> PackForm:
    """The form of what is offered, with what stands in it. `blank`: of what stands, whatever was posted."""
    data: dict[str, Any] = dict(values or {})
    fields: dict[str, Any] = {"offered": things, "before": tuple(one.key for one in standing)}
    for one in things:
        fields[one.key] = Line(f"Place of {one.title}", [_place])
        if one.is_plan:
            versions = [SelectChoice(str(number), f"Version {number}") for number in reversed(one.numbers)]
            choices = [SelectChoice("", STANDS), *versions]
            fields[f"{one.key}-number"] = Choice(f"Version of {one.title}", choices=choices)
            fields[f"{one.key}-as_at"] = DayMonthYear(f"{one.title} as at")
    for position, part in enumerate(standing, start=1):
        data[part.key] = str(position)
        data[f"{part.key}-number"] = str(part.number or "")
        data[f"{part.key}-as_at"] = part.as_at
    made = type("FilledPackForm", (PackForm,), fields)
    form: PackForm = made(None, data=data) if blank else made(data=data)
    return form


def _place(_: Form, field: Any) -> None:
    typed = str(field.data or "").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 3 and 0 < int(typed) <= HIGHEST):
        raise ValidationError(f"{field.label.text}: enter a number from 1 to {HIGHEST}, or leave it empty")
