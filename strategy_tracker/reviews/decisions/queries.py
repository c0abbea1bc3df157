"""Finding decisions, for pages and for the report of a quarter."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Expression, ModelSelect

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.plans.models import Action, Objective, Plan
from strategy_tracker.plans.versions.models import PlanVersion
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.decisions.models import Decision, DecisionApplied, DecisionRevision
from strategy_tracker.reviews.decisions.rules import NAMES, Kind, State, is_overdue, owner_label, reference, state_at
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class Told:
    """A decision as at a day. `words` and `answer` are as they were written, with the marks of what is exempt.

    `owner` may name a person; `owner_without_name` never does. `about` is "5.1 Sign a protocol", or empty.
    """

    id: int
    version: int
    number: int
    reference: str
    meeting_id: int
    held_on: dt.date
    kind: Kind
    words: str
    about: str
    about_address: str
    owner: str
    owner_without_name: str
    owner_id: int | None
    authority_id: int | None
    due_on: dt.date
    state: State
    is_overdue: bool
    answer: str
    settled_on: dt.date | None
    applied_on: dt.date | None
    partnership: str
    partnership_slug: str

    @property
    def kind_words(self) -> str:
        return NAMES[self.kind]

    @property
    def address(self) -> str:
        return f"/p/{self.partnership_slug}/decisions/{self.id}/"


@dataclass(frozen=True)
class Asked:
    """What a meeting is asked to decide, whose wish it is, and the decision that answers it once there is one."""

    title: str
    words: str
    by: str
    held_on: dt.date
    decision: Told | None = None


def decisions_asked(quarter: Quarter) -> tuple[Asked, ...]:
    """What the meeting that reviews a quarter is asked to decide, in the order of its agenda."""
    items = (
        AgendaItem.select(AgendaItem, Meeting)
        .join(Meeting)
        .where(
            Meeting.quarter == quarter.id,
            Meeting.called_off_at.is_null(),
            AgendaItem.removed_at.is_null(),
            AgendaItem.asked != "",
        )
        .order_by(Meeting.held_on, Meeting.id, AgendaItem.stands.desc(), AgendaItem.position, AgendaItem.id)
    )
    rows = list(items)
    taken = _decisions(Decision.item.in_([row.id for row in rows])) if rows else []
    by_item = {row.item_id: told(row) for row in reversed(taken)}
    return tuple(Asked(row.title, row.asked, row.asked_by, row.meeting.held_on, by_item.get(row.id)) for row in rows)


def decisions_followed_up(partnership_id: int, until: dt.date, since: dt.date | None = None) -> tuple[Told, ...]:
    """Every decision up to and with a day as it stood at the end of that day, the oldest first.

    `since` leaves out what was settled before it.
    """
    rows = _decisions((Meeting.partnership == partnership_id) & (Meeting.held_on <= until))
    found = (told(row, until) for row in rows)
    return tuple(one for one in found if since is None or one.settled_on is None or one.settled_on >= since)


def open_decisions_of(person: Acting, on: dt.date) -> tuple[Told, ...]:
    """What a person is to see to, as far as she may still read it, the first due first."""
    if person.id is None:
        return ()
    theirs = (Decision.owner == person.id) | (Decision.owner.is_null() & Decision.authority.in_(_led_by(person)))
    rows = _with_subject(visible(person, Decision)).where(Decision.state == State.OPEN, theirs)
    return tuple(told(row, on) for row in rows.order_by(Decision.due_on, Decision.id))


def decisions_of_meeting(person: Acting, meeting: Meeting, on: dt.date) -> tuple[Told, ...]:
    """The decisions of a meeting in their order."""
    rows = _with_subject(visible(person, Decision)).where(Decision.meeting == meeting.id)
    return tuple(told(row, on) for row in rows.order_by(Decision.number))


def decisions_of_partnership(person: Acting, partnership: Partnership, on: dt.date) -> tuple[Told, ...]:
    """Every decision of a partnership, those of the last meeting first."""
    rows = _with_subject(visible(person, Decision)).where(Meeting.partnership == partnership.id)
    return tuple(told(row, on) for row in rows.order_by(Meeting.held_on.desc(), Meeting.id.desc(), Decision.number))


def decisions_about(person: Acting, action_id: int, on: dt.date) -> tuple[Told, ...]:
    """What was decided about an action, the newest first."""
    rows = _with_subject(visible(person, Decision)).where(Decision.action == action_id)
    return tuple(told(row, on) for row in rows.order_by(Meeting.held_on.desc(), Decision.number.desc()))


def revisions_of(decision: Decision) -> list[DecisionRevision]:
    """What a decision said each time it was saved, the first first, with who saved it."""
    return list(
        DecisionRevision.select(DecisionRevision, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(DecisionRevision.decision == decision.id)
        .order_by(DecisionRevision.number)
    )


def applied(decision: Decision) -> DecisionApplied | None:
    """How a decision changed a plan; None where it has not."""
    found: DecisionApplied | None = (
        DecisionApplied.select(DecisionApplied, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(DecisionApplied.decision == decision.id)
        .first()
    )
    return found


def is_of_decision(version: PlanVersion) -> bool:
    """Whether a decision made this version of a plan, so that its reason is the decision's."""
    here: Any = (DecisionApplied.plan == version.plan_id) & (DecisionApplied.edition == version.number)
    return bool(DecisionApplied.select().where(here).exists())


def told(row: Any, on: dt.date | None = None) -> Told:
    """A decision that was fetched with its meeting, owner and action; as at the end of a day, None: as it stands."""
    state = State(row.state) if on is None else state_at(row.state, row.settled_on, on)
    is_open = state is State.OPEN
    name = row.owner.name if row.owner_id else ""
    authority = row.authority.short_name if row.authority_id else ""
    home, action = row.meeting.partnership, row.action if row.action_id else None
    return Told(
        id=row.id,
        version=row.version,
        number=row.number,
        reference=reference(row.number, row.meeting.held_on),
        meeting_id=row.meeting_id,
        held_on=row.meeting.held_on,
        kind=Kind(row.kind),
        words=row.words,
        about=f"{action.number} {action.text}" if action else "",
        about_address=f"/p/{home.slug}/plans/{action.plan.slug}/actions/{action.id}" if action else "",
        owner=owner_label(name, authority, row.owner_words),
        owner_without_name=owner_label("", authority, row.owner_words) or home.name,
        owner_id=row.owner_id,
        authority_id=row.authority_id,
        due_on=row.due_on,
        state=state,
        is_overdue=on is not None and is_overdue(row.due_on, state, on),
        answer="" if is_open else row.answer,
        settled_on=None if is_open else row.settled_on,
        applied_on=clock.in_london(row.applied_at).date() if row.applied_at else None,
        partnership=home.name,
        partnership_slug=home.slug,
    )


def _decisions(where: Expression) -> list[Any]:
    """For those who act for nobody: reports, which choose their readers themselves."""
    return list(
        _with_subject(Decision.reach().query).where(where).order_by(Meeting.held_on, Meeting.id, Decision.number)
    )


def _with_subject(query: ModelSelect) -> ModelSelect:
    """The same decisions with the action that each is about."""
    return (
        query.select_extend(Action, Objective, Plan)
        .join_from(Decision, Action, JOIN.LEFT_OUTER)
        .join_from(Action, Objective, JOIN.LEFT_OUTER)
        .join_from(Objective, Plan, JOIN.LEFT_OUTER)
    )


def _led_by(person: Acting) -> list[int]:
    return [grant.authority_id for grant in person.grants if grant.role is Role.LEAD and grant.authority_id]
