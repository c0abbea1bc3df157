"""The sample's year: what happened on which day, played in order through the operations that people use."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from strategy_tracker import clock
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.jobs.operations import claim, finish
from strategy_tracker.jobs.sending import send
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.operations import make_quarters
from strategy_tracker.quarters.queries import quarters_of, return_of, version_of
from strategy_tracker.quarters.rules import DateRule, quarters_from
from strategy_tracker.quarters.working_days import next_working_day
from strategy_tracker.reports import operations as reports
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.publishing import Render, publish
from strategy_tracker.reviews.decisions import operations as decisions
from strategy_tracker.reviews.decisions.applying import apply_decision, proposal_of
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.owners import Answerable
from strategy_tracker.reviews.decisions.rules import Kind
from strategy_tracker.reviews.meetings import operations as meetings
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.meetings.queries import minutes_of
from strategy_tracker.reviews.meetings.rules import Presence
from strategy_tracker.reviews.reminders.operations import write_due
from strategy_tracker.reviews.reminders.stages import AFTER, BEFORE
from strategy_tracker.reviews.returns import operations as returns
from strategy_tracker.reviews.returns.closing import close_quarter
from strategy_tracker.sample.finding import action_of, only_outcome

Part = dict[str, Any]
NATIONS = ("england",)
LEASE = dt.timedelta(minutes=1)
MORNING, NOON, EVENING = dt.time(6), dt.time(11), dt.time(16)
"""In UTC. Mails are written in the morning, before what people do on the same day."""


def content() -> Part:
    return json.loads(files("strategy_tracker.sample").joinpath("west_kent_year.json").read_text("utf-8"))


@dataclass
class Diary:
    """What is to be done at which instant; of the same instant, what was entered first."""

    entries: list[tuple[dt.datetime, Callable[[], Any]]] = field(default_factory=list)

    def add(self, instant: dt.datetime, do: Callable[..., Any], *given: Any) -> None:
        self.entries.append((instant, partial(do, *given)))

    def on(self, day: str, do: Callable[..., Any], *given: Any, at: dt.time = NOON) -> None:
        """On a day in ISO form; not at all where it is empty."""
        if day:
            self.add(dt.datetime.combine(dt.date.fromisoformat(day), at), do, *given)

    def play(self) -> None:
        for instant, do in sorted(self.entries, key=lambda entry: entry[0]):
            with clock.standing_at(instant):
                do()


@dataclass(frozen=True)
class Year:
    """Enters the year in the diary.

    `base_url` is in the mails, which go into the folder `outbox` and to no mail server. `render` makes the PDFs of the
    published reports.
    """

    place: Partnership
    plan: Plan
    authorities: dict[str, Authority]
    people: dict[str, Person]
    base_url: str
    outbox: Path
    render: Render

    @property
    def coordinator(self) -> Person:
        return self.people["coordinator@westkent.example"]

    def enter(self, diary: Diary) -> None:
        year = content()
        public = year["public_since"]
        diary.on("2010-07-05", self.make_calendar, year["calendar"])
        diary.on(public["on"], self.open_to_all, public)
        for each in year["quarters"]:
            self.enter_returns(diary, each)
        for each in year["meetings"]:
            self.enter_meeting(diary, each)
        for each in year["reports"]:
            self.enter_report(diary, each)
        for day in reminder_days(year["calendar"], dt.date.fromisoformat(year["reminded_until"])):
            diary.on(day.isoformat(), self.remind, at=MORNING)

    def make_calendar(self, given: Part) -> None:
        make_quarters(self.coordinator, self.place, date_rule(given), first_year=given["first_year"], years=1)

    def open_to_all(self, given: Part) -> None:
        reports.settle_public_reading(
            self.coordinator, self.place, allowed=True, since=clock.today(), reason=given["reason"]
        )

    def remind(self) -> None:
        write_due(clock.now(), base_url=self.base_url)
        self.deliver()

    def deliver(self) -> None:
        """Does at once, on its day, what a worker does with the mails."""
        while job := claim("sample", LEASE):
            send(job, mail_url=f"file:{self.outbox.absolute()}", base_url=self.base_url)
            finish(job, "{}")

    def enter_returns(self, diary: Diary, given: Part) -> None:
        for slug, day in given["submitted"].items():
            diary.on(day, self.submit, given["number"], slug)
        for slug, back in given["sent_back"].items():
            diary.on(back["on"], self.send_back, given["number"], slug, back["note"])
        for slug, day in given["accepted"].items():
            diary.on(day, self.accept, given["number"], slug)
        diary.on(given["closed"], self.close, given["number"])

    def submit(self, number: int, slug: str) -> None:
        returns.submit_return(self.people[f"lead@{slug}.example"], *self.a_return(number, slug))

    def send_back(self, number: int, slug: str, note: str) -> None:
        returns.send_back_return(self.coordinator, *self.a_return(number, slug), note=note)

    def accept(self, number: int, slug: str) -> None:
        returns.accept_return(self.coordinator, *self.a_return(number, slug))

    def close(self, number: int) -> None:
        quarter = self.quarter(number)
        close_quarter(self.coordinator, quarter, quarter.version)

    def quarter(self, number: int) -> Quarter:
        return next(each for each in quarters_of(self.place.id) if each.number == number)

    def a_return(self, number: int, slug: str) -> tuple[Quarter, Authority, int]:
        quarter, authority = self.quarter(number), self.authorities[slug]
        return quarter, authority, version_of(return_of(quarter.id, authority.id))

    def enter_meeting(self, diary: Diary, given: Part) -> None:
        diary.on(given["made"], self.make_meeting, given)
        if not given["came"]:
            return
        diary.on(given["on"], self.hold, given)
        for place, each in enumerate(given["decisions"], start=1):
            diary.on(each.get("applied", ""), self.apply, given["on"], place)
            if each["done"]:
                diary.on(each["done"]["on"], self.answer, given["on"], place, each["done"], at=EVENING)

    def make_meeting(self, given: Part) -> None:
        held_on = dt.date.fromisoformat(given["on"])
        words = {name: given[name] for name in ("starts_at", "venue", "chair")}
        particulars = meetings.Particulars(held_on, quarter=self.quarter(given["quarter"]), **words)
        meetings.add_meeting(self.coordinator, self.place, particulars)

    def hold(self, given: Part) -> None:
        meeting = self.meeting(given["on"])
        came = {
            self.authorities[slug].id: meetings.Came(Presence(presence), who)
            for slug, (presence, who) in given["came"].items()
        }
        meetings.note_attendance(self.coordinator, meeting, meeting.version, came=came)
        minutes = minutes_of(meeting)
        meetings.write_minutes(self.coordinator, minutes, minutes.version, text=given["minutes"])
        for each in given["decisions"]:
            decisions.record_decision(self.coordinator, meeting, self.wording(each))

    def wording(self, given: Part) -> decisions.Wording:
        action, owner = action_of(self.plan, given["action"]), given["owner"]
        moved = given.get("new_date")
        return decisions.Wording(
            Kind(given["kind"]),
            given["words"],
            Answerable(self.people.get(owner.get("person", "")), self.authorities.get(owner.get("authority", ""))),
            dt.date.fromisoformat(given["due_on"]),
            action=action,
            outcome=only_outcome(action) if moved else None,
            new_due=Timescale.by(dt.date.fromisoformat(moved)) if moved else Timescale(),
        )

    def apply(self, held_on: str, number: int) -> None:
        decision = self.decision(held_on, number)
        proposal = proposal_of(self.coordinator, decision)
        if proposal is None:
            raise ValueError(f"decision {number} of {held_on} changes no plan")
        apply_decision(self.coordinator, decision, decision.version, seen=proposal.seen)

    def answer(self, held_on: str, number: int, given: Part) -> None:
        decision = self.decision(held_on, number)
        decisions.answer_decision(self.people[given["person"]], decision, decision.version, answer=given["answer"])

    def meeting(self, held_on: str) -> Meeting:
        return Meeting.get(Meeting.partnership == self.place, Meeting.held_on == dt.date.fromisoformat(held_on))

    def decision(self, held_on: str, number: int) -> Decision:
        wanted = (Decision.meeting == self.meeting(held_on)) & (Decision.number == number)
        found: Decision = Decision.reach().query.where(wanted).get()
        return found

    def enter_report(self, diary: Diary, given: Part) -> None:
        diary.on(given["begun"], self.begin_report, given, at=EVENING)
        diary.on(given["circulated"], self.circulate, given, at=EVENING)
        diary.on(given["approved"], self.approve, given, at=EVENING)
        diary.on(given["published"], self.publish, given, at=EVENING)

    def begin_report(self, given: Part) -> None:
        report = reports.begin_report(self.coordinator, self.quarter(given["quarter"]), audiences=given["audiences"])
        words = {"title": report.title, "summary": given["summary"], "audiences": given["audiences"]}
        reports.edit_report(self.coordinator, report, report.version, **words)

    def circulate(self, given: Part) -> None:
        report = self.report(given)
        reports.circulate(self.coordinator, report, report.version, note=given["note"], base_url=self.base_url)
        self.deliver()

    def approve(self, given: Part) -> None:
        report = self.report(given)
        meeting = self.meeting(given["approved"])
        reports.approve(self.people["steering@westkent.example"], report, report.version, meeting=meeting)

    def publish(self, given: Part) -> None:
        report = self.report(given)
        publish(self.coordinator, report, report.version, self.render)

    def report(self, given: Part) -> Report:
        wanted = Report.quarter == self.quarter(given["quarter"])
        found: Report = Report.reach().query.where(wanted).get()
        return found


def reminder_days(given: Part, until: dt.date) -> Iterator[dt.date]:
    """The days from which a mail may be due about a return; on the others there is nothing to look for."""
    for quarter in quarters_from(date_rule(given), given["first_year"], 1, NATIONS):
        for days in (*(-day for day in BEFORE), *AFTER):
            day = next_working_day(quarter.due_on + dt.timedelta(days=days), NATIONS)
            if day <= until:
                yield day


def date_rule(given: Part) -> DateRule:
    return DateRule(*(given[name] for name in ("first_month", "opens_after", "due_after", "meeting_after")))
