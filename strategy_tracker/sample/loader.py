"""Loads the sample through the same operations that people and commands use."""

import datetime as dt
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.models import Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import partnership_at
from strategy_tracker.db import transaction
from strategy_tracker.people import operations as people
from strategy_tracker.plans import operations
from strategy_tracker.plans.links.operations import add_link
from strategy_tracker.plans.links.rules import LinkKind
from strategy_tracker.plans.milestones.operations import add_milestone, complete_milestone
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.plans.rules import Owner, OwnerKind, Precision, Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.rules import Change

Part = dict[str, Any]


def content() -> Part:
    """The sample as it is kept: a plan in the product's JSON, with authorities, people and the password of them all."""
    return json.loads(files("strategy_tracker.sample").joinpath("west_kent.json").read_text("utf-8"))


def is_loaded() -> bool:
    """Whether the sample's partnership is there with one of the sample's people, and not only one of the same name."""
    sample = content()
    emails = [each["email"] for each in sample["people"]]
    return partnership_at(sample["partnership"]) is not None and Person.select().where(Person.email << emails).exists()


def load() -> str:
    """Loads everything or nothing, and says what it did and how to sign in. A second run changes nothing.

    Raises Invalid where another partnership has the sample's short address.
    """
    sample = content()
    if is_loaded():
        return f"The sample is loaded already; nothing was changed.\n{sign_ins(sample)}"
    with transaction():
        place = people.add_partnership(OPERATOR, sample["partnership"], sample["partnership_name"])
        authorities = {each["slug"]: people.add_authority(OPERATOR, place, **each) for each in sample["authorities"]}
        members = {
            each["email"]: _add_member(place, authorities, each, sample["password"]) for each in sample["people"]
        }
        for short, meaning in sample["glossary"].items():
            operations.add_abbreviation(OPERATOR, place, short=short, meaning=meaning)
        _Loader(authorities, members).add_plan(place, sample)
    return f"The sample partnership {place.name} is loaded.\n{sign_ins(sample)}"


def sign_ins(sample: Part) -> str:
    """A line for each person of the sample, and the password they share."""
    width = max(len(each["email"]) for each in sample["people"])
    lines = [f"  {each['email']:<{width}}  {each['name']}" for each in sample["people"]]
    return "\n".join([f"Sign in with the password {sample['password']} as", *lines])


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
    """Writes a plan; authorities are known by their slugs, people by their e-mail addresses."""

    authorities: dict[str, Authority]
    people: dict[str, Person]

    def add_plan(self, place: Partnership, given: Part) -> None:
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
        operations.agree_plan(
            OPERATOR,
            plan,
            plan.version,
            agreed_on=dt.date.fromisoformat(given["agreed_on"]),
            approved_by=given["approved_by"],
        )
        for each in given["revisions"]:
            self.revise(plan, each)
        for each in given["milestones"]:
            self.add_milestone(plan, each)
        for each in given["links"]:
            action, other = (_action(plan, each[name]) for name in ("action", "other"))
            add_link(OPERATOR, action, LinkKind(each["kind"]), other)

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
                self.add_note(shares[note["authority"]], outcome, note)

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

    def add_note(self, share: Share, outcome: Outcome, given: Part) -> None:
        """Adds the note by the person who wrote it, and before it the one that it corrects, if any."""
        person, as_at = self.people[given["person"]], dt.date.fromisoformat(given["as_at"])
        corrected = given.get("replaces")
        first = corrected or given
        note = operations.record_progress(
            person, share, outcome, as_at=as_at, recorded_at=_instant(first), **_said(first)
        )
        if corrected:
            operations.correct_progress(person, note, as_at=as_at, recorded_at=_instant(given), **_said(given))

    def revise(self, plan: Plan, given: Part) -> None:
        """Changes what was agreed: new dates and new words, as one version."""
        person = self.people[given["person"]]
        change = Change(given["reason"], given["approved_by"], dt.date.fromisoformat(given["on"]))
        for number, timescale in given["dates"].items():
            outcome = Outcome.select().join(Action).join(Objective).where(_numbered(plan, number)).get()
            words = {"text": outcome.text, "lead": outcome.lead, "timescale": _timescale(timescale)}
            operations.edit_outcome(person, outcome, outcome.version, **words, change=change)
        for number, text in given["words"].items():
            action = _action(plan, number)
            owner = Owner(OwnerKind(action.owner_kind), action.owner_name)
            operations.edit_action(
                person, action, action.version, text=text, lead=action.lead, owner=owner, change=change
            )

    def add_milestone(self, plan: Plan, given: Part) -> None:
        person, action = self.people[given["person"]], _action(plan, given["action"])
        whose = self.authorities.get(given["authority"])
        share = Share.get(Share.action == action, Share.authority == whose) if whose else None
        milestone = add_milestone(
            person, action, share, text=given["text"], due=Timescale.by(dt.date.fromisoformat(given["date"]))
        )
        if given["done_on"]:
            day = dt.date.fromisoformat(given["done_on"])
            complete_milestone(person, milestone, milestone.version, done_on=day)

    def lead(self, given: Part) -> Authority | None:
        return self.authorities[given["lead"]] if given["lead"] else None


def _action(plan: Plan, number: str) -> Action:
    """With its objective, so that the plan is at hand."""
    action: Action = Action.select(Action, Objective).join(Objective).where(_numbered(plan, number)).get()
    action.objective.plan = plan
    return action


def _numbered(plan: Plan, number: str) -> Any:
    return (Objective.plan == plan) & (Action.number == number)


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
