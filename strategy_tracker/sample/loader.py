"""Loads the sample through the same operations that people and commands use."""

import datetime as dt
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from strategy_tracker import clock, documents
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.models import Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import partnership_at
from strategy_tracker.db import transaction
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.people import operations as people
from strategy_tracker.plans import operations
from strategy_tracker.plans.links.operations import add_link
from strategy_tracker.plans.links.rules import LinkKind
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.milestones.operations import add_milestone, complete_milestone
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.quarters.operations import make_quarters
from strategy_tracker.reports.publishing import Render
from strategy_tracker.sample import registers
from strategy_tracker.sample.finding import action_of, first_outcome
from strategy_tracker.sample.year import Diary, Year, date_rule

Part = dict[str, Any]
BEGUN = dt.datetime.combine(dt.date(2010, 7, 1), dt.time(9))
"""When the partnership and the draft of its plan were entered."""
MILESTONES_BEGUN = "2010-11-03"
EARLY = dt.time(5)
LATE = dt.time(13)
"""Before and after what else happens on the day, in UTC."""


def content() -> Part:
    """The sample as it is kept: a plan in the product's JSON, with authorities, people and the password of them all."""
    return json.loads(files("strategy_tracker.sample").joinpath("west_kent.json").read_text("utf-8"))


def is_loaded() -> bool:
    """Whether the sample's partnership is there with one of the sample's people, and not only one of the same name."""
    sample = content()
    emails = [each["email"] for each in sample["people"]]
    return partnership_at(sample["partnership"]) is not None and Person.select().where(Person.email << emails).exists()


def load(outbox: Path, base_url: str = "http://127.0.0.1:8000", render: Render = documents.pdf) -> str:
    """Loads everything or nothing, and says what it did and how to sign in. A second run changes nothing.

    The year's mails go into the folder `outbox`, and lead to `base_url`; `render` makes the PDFs of the published
    reports. Raises Invalid where another partnership has the sample's short address.
    """
    sample = content()
    if is_loaded():
        return f"The sample is loaded already; nothing was changed.\n{sign_ins(sample)}"
    diary = Diary()
    with transaction():
        with clock.standing_at(BEGUN):
            place = people.add_partnership(OPERATOR, sample["partnership"], sample["partnership_name"])
            authorities = {
                each["slug"]: people.add_authority(OPERATOR, place, **each) for each in sample["authorities"]
            }
            members = {
                each["email"]: _add_member(place, authorities, each, sample["password"]) for each in sample["people"]
            }
            for short, meaning in sample["glossary"].items():
                operations.add_abbreviation(OPERATOR, place, short=short, meaning=meaning)
            plan = _Loader(authorities, members, diary).add_plan(place, sample)
        Year(place, plan, authorities, members, base_url, outbox, render).enter(diary)
        risks = registers.content()
        registers.Registers(place, authorities, members).enter(diary, risks["west-kent"])
        diary.play()
        _add_copeland(risks["copeland"], sample["password"])
    return f"The sample partnerships West Kent and Copeland are loaded.\n{sign_ins(sample)}"


def sign_ins(sample: Part) -> str:
    """A line for each person of the sample, and the password they share."""
    people = [*sample["people"], *registers.content()["copeland"]["people"]]
    width = max(len(each["email"]) for each in people)
    lines = [f"  {each['email']:<{width}}  {each['name']}" for each in people]
    return "\n".join([f"Sign in with the password {sample['password']} as", *lines])


def _add_copeland(given: Part, password: str) -> None:
    """A partnership of one authority, with its quarters and its registers, played from its first day to its last."""
    with clock.standing_at(dt.datetime.combine(dt.date.fromisoformat(given["begun"]), EARLY)):
        place = people.add_partnership(OPERATOR, "copeland", given["name"])
        authorities = {each["slug"]: people.add_authority(OPERATOR, place, **each) for each in given["authorities"]}
        members = {each["email"]: _add_member(place, authorities, each, password) for each in given["people"]}
        calendar = given["calendar"]
        coordinator = members["coordinator@copeland.example"]
        make_quarters(
            coordinator, place, date_rule(calendar), first_year=calendar["first_year"], years=calendar["years"]
        )
    diary = Diary()
    registers.Registers(place, authorities, members).enter(diary, given)
    diary.play()


def _add_member(place: Partnership, authorities: dict[str, Authority], given: Part, password: str) -> Person:
    role = Role(given["role"])
    added = people.add_member(
        OPERATOR,
        None if role is Role.ADMINISTRATOR else place,
        authorities.get(given.get("authority", "")),
        role,
        email=given["email"],
        name=given["name"],
        password=password,
    )
    return added.person


@dataclass(frozen=True)
class _Loader:
    """Writes a plan, and enters in the diary what became of it.

    Authorities are known by their slugs, people by their e-mail addresses.
    """

    authorities: dict[str, Authority]
    people: dict[str, Person]
    diary: Diary

    def add_plan(self, place: Partnership, given: Part) -> Plan:
        plan = operations.add_plan(
            OPERATOR,
            place,
            slug=given["plan"],
            title=given["title"],
            strategy=given["strategy"],
            period_from=dt.date.fromisoformat(given["period"]["from"]),
            period_to=dt.date.fromisoformat(given["period"]["to"]),
            as_at=dt.date.fromisoformat(given["as_at"]),
        )
        for each in given["objectives"]:
            self.add_objective(plan, each)
        self.diary.on(given["agreed_on"], self.agree, plan, given)
        for each in given["revisions"]:
            self.diary.on(each["on"], self.revise, plan, each, at=LATE)
        for each in given["milestones"]:
            made = list[Milestone]()
            self.diary.on(MILESTONES_BEGUN, self.add_milestone, plan, each, made)
            self.diary.on(each["done_on"], self.complete_milestone, each, made)
        for each in given["links"]:
            self.diary.on(given["agreed_on"], self.add_link, plan, each, at=LATE)
        return plan

    def agree(self, plan: Plan, given: Part) -> None:
        operations.agree_plan(OPERATOR, plan, plan.version, agreed_on=clock.today(), approved_by=given["approved_by"])

    def add_link(self, plan: Plan, given: Part) -> None:
        action, other = (action_of(plan, given[name]) for name in ("action", "other"))
        add_link(OPERATOR, action, LinkKind(given["kind"]), other)

    def add_objective(self, plan: Plan, given: Part) -> None:
        objective = operations.add_objective(
            OPERATOR, plan, number=str(given["number"]), title=given["title"], lead=self.lead(given)
        )
        for each in given["actions"]:
            self.add_action(objective, each)

    def add_action(self, objective: Objective, given: Part) -> None:
        action = operations.add_action(
            OPERATOR,
            objective,
            number=given["number"],
            text=given["text"],
            lead=self.lead(given),
            owner=_owner(given["owner"]),
            authorities=[self.authorities[each["authority"]] for each in given["shares"]],
        )
        shares = self.own_shares(action, given["shares"])
        for each in given["outcomes"]:
            outcome = operations.add_outcome(
                OPERATOR, action, text=each["text"], timescale=_timescale(each["timescale"]), lead=self.lead(each)
            )
            for note in each["progress"]:
                self.enter_note(shares[note["authority"]], outcome, note)

    def own_shares(self, action: Action, given: list[Part]) -> dict[str, Share]:
        """The action's shares by the slug of their authority, each with its owner."""
        made = {share.authority_id: share for share in Share.select().where(Share.action == action)}
        shares = {}
        for each in given:
            share = shares[each["authority"]] = made[self.authorities[each["authority"]].id]
            share.action = action
            if each["owner"]:
                operations.edit_share(OPERATOR, share, share.version, _owner(each["owner"]))
        return shares

    def enter_note(self, share: Share, outcome: Outcome, given: Part) -> None:
        """The note by the person who wrote it, and before it the one that it corrects, if any."""
        first, written = given.get("replaces") or given, list[ProgressNote]()
        self.diary.add(_instant(first), self.add_note, share, outcome, first, given, written)
        if first is not given:
            self.diary.add(_instant(given), self.correct_note, given, written)

    def add_note(self, share: Share, outcome: Outcome, first: Part, given: Part, written: list[ProgressNote]) -> None:
        as_at = dt.date.fromisoformat(given["as_at"])
        written.append(
            operations.record_progress(self.people[given["person"]], share, outcome, as_at=as_at, **_said(first))
        )

    def correct_note(self, given: Part, written: list[ProgressNote]) -> None:
        as_at = dt.date.fromisoformat(given["as_at"])
        operations.correct_progress(self.people[given["person"]], written[0], as_at=as_at, **_said(given))

    def revise(self, plan: Plan, given: Part) -> None:
        """Changes what was agreed: new dates and new words, as one version."""
        person = self.people[given["person"]]
        change = Change(given["reason"], given["approved_by"], dt.date.fromisoformat(given["on"]))
        for number, timescale in given["dates"].items():
            outcome = first_outcome(plan, number)
            words = {"text": outcome.text, "lead": outcome.lead, "timescale": _timescale(timescale)}
            operations.edit_outcome(person, outcome, outcome.version, **words, change=change)
        for number, text in given["words"].items():
            action = action_of(plan, number)
            owner = Owner(OwnerKind(action.owner_kind), action.owner_name)
            operations.edit_action(
                person, action, action.version, text=text, lead=action.lead, owner=owner, change=change
            )

    def add_milestone(self, plan: Plan, given: Part, made: list[Milestone]) -> None:
        person, action = self.people[given["person"]], action_of(plan, given["action"])
        whose = self.authorities.get(given["authority"])
        share = Share.get(Share.action == action, Share.authority == whose) if whose else None
        due = Timescale.by(dt.date.fromisoformat(given["date"]))
        made.append(add_milestone(person, action, share, text=given["text"], due=due))

    def complete_milestone(self, given: Part, made: list[Milestone]) -> None:
        milestone = made[0]
        complete_milestone(self.people[given["person"]], milestone, milestone.version, done_on=clock.today())

    def lead(self, given: Part) -> Authority | None:
        return self.authorities[given["lead"]] if given["lead"] else None


def _said(note: Part) -> Part:
    return {"status": Status(note["status"]), "text": note["text"], "reason": note.get("reason", "")}


def _instant(note: Part) -> dt.datetime:
    """When the note was written, in UTC without a zone, as it is stored."""
    return dt.datetime.fromisoformat(note["recorded_at"]).replace(tzinfo=None)


def _owner(given: Part | None) -> Owner:
    return Owner(OwnerKind(given["kind"]), given["name"]) if given else Owner()


def _timescale(given: Part | None) -> Timescale:
    if given is None:
        return Timescale()
    if given["date"]:
        return Timescale.by(dt.date.fromisoformat(given["date"]), Precision(given["precision"]), given["words"])
    return Timescale(TimescaleKind(given["kind"]), words=given["words"])
