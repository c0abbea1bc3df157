"""The selects of reminders: as many for one person as for a thousand."""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from strategy_tracker import clock
from strategy_tracker.accounts.models import Grant, Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.plans.models import Plan
from strategy_tracker.quarters.models import Quarter, Reopening, Return
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.rules import State
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.reminders.models import ReminderItem, ReminderPart, ReminderRule
from strategy_tracker.reviews.reminders.rules import OWN, Told
from strategy_tracker.reviews.reminders.stages import MOST_DAYS, Rule, days_in, with_own_beginning

ONE_DAY = dt.timedelta(days=1)
KIND = "reminder"
"""The kind of these mails."""
FARTHEST = dt.timedelta(days=MOST_DAYS + 14)
"""How far a reminder can be from what it reminds of: the days of a rule, and holidays."""
LATEST_DIGEST = dt.timedelta(days=14)
"""How long after its day a decision is still told as a new one."""


class Member(NamedTuple):
    """Somebody with all that she is in the partnerships that were asked for."""

    id: int
    name: str
    grants: tuple[Grant, ...]


def rules_of(partnership_ids: Collection[int]) -> dict[int, list[Rule]]:
    """The reminder days of each partnership, the product's own first."""
    found: dict[int, dict[dt.date, Rule]] = {id_: {} for id_ in partnership_ids}
    rows = ReminderRule.select().where(ReminderRule.partnership.in_(list(partnership_ids))).order_by(ReminderRule.id)
    for row in rows:
        found[row.partnership_id][row.since] = as_rule(row)
    return {id_: with_own_beginning(dated.values()) for id_, dated in found.items()}


def as_rule(row: Any) -> Rule:
    return Rule(row.since, days_in(row.days_before), days_in(row.days_after))


def rule_rows(partnership_id: int) -> ModelSelect:
    """Every rule of a partnership, the newest first, each with who set it (None: the command line)."""
    return (
        ReminderRule.select(ReminderRule, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(ReminderRule.partnership == partnership_id)
        .order_by(ReminderRule.since.desc(), ReminderRule.id.desc())
    )


def open_quarters(today: dt.date) -> list[Quarter]:
    """Those that take returns and of which a reminder may be due."""
    query = Quarter.select(Quarter, Partnership).join(Partnership)
    open_ = (Quarter.opens_on <= today) & Quarter.closed_at.is_null() & (Quarter.due_on >= today - FARTHEST)
    return list(query.where(open_).order_by(Quarter.due_on, Quarter.id))


def running_reopenings(today: dt.date) -> list[Reopening]:
    """Those that let somebody write, each with its return, quarter and partnership."""
    query = Reopening.select(Reopening, Return, Quarter, Partnership).join(Return).join(Quarter).join(Partnership)
    return list(query.where(Reopening.ended_at.is_null(), Reopening.until >= today).order_by(Reopening.id))


def open_decisions(today: dt.date) -> list[Decision]:
    """Those of which a reminder may be due, each with its meeting and partnership."""
    query = Decision.select(Decision, Meeting, Partnership).join(Meeting).join(Partnership)
    open_ = (Decision.state == State.OPEN) & (Decision.due_on >= today - FARTHEST)
    return list(query.where(open_).order_by(Decision.due_on, Decision.id))


def quarters_in(partnership_ids: Collection[int]) -> list[Quarter]:
    """Every quarter of some partnerships, the earliest first."""
    query = Quarter.select().where(Quarter.partnership.in_(list(partnership_ids)))
    return list(query.order_by(Quarter.partnership, Quarter.period_from))


def authorities_in(partnership_ids: Collection[int]) -> dict[int, Authority]:
    query = Authority.select().where(Authority.partnership.in_(list(partnership_ids)))
    return {row.id: row for row in query.order_by(Authority.position, Authority.id)}


def members_of(partnership_ids: Collection[int]) -> list[Member]:
    """Everybody who has a role in one of the partnerships now, in the order of their ids."""
    rows = (
        Membership.select(
            *(Person.id, Person.name, Membership.role, Membership.partnership, Membership.authority),
        )
        .join(Person)
        .where(Membership.partnership.in_(list(partnership_ids)), Membership.ended_at.is_null())
        .order_by(Person.id, Membership.id)
    )
    found: dict[tuple[int, str], list[Grant]] = {}
    for id_, name, role, partnership, authority in rows.tuples():
        found.setdefault((id_, name), []).append(Grant(Role(role), partnership, authority))
    return [Member(id_, name, tuple(grants)) for (id_, name), grants in found.items()]


def closed_plans(partnership_ids: Collection[int]) -> frozenset[int]:
    rows = Plan.select(Plan.id).where(Plan.partnership.in_(list(partnership_ids)), Plan.state == "closed")
    return frozenset(row[0] for row in rows.tuples())


def told_since(day: dt.date, person_id: int | None = None) -> Told:
    """For which day somebody (None: everybody) was told last of each occasion, or passed over, since a day."""
    query = ReminderItem.select(ReminderItem.person, ReminderItem.occasion, fn.MAX(ReminderItem.dated_on)).where(
        ReminderItem.dated_on >= day
    )
    if person_id is not None:
        query = query.where(ReminderItem.person == person_id)
    rows: Iterable[tuple[int, str, Any]] = query.group_by(ReminderItem.person, ReminderItem.occasion).tuples()
    return {(person, occasion): _date(last) for person, occasion, last in rows}


def mailed_on(day: dt.date) -> frozenset[int]:
    """Who had her mail of a day."""
    rows = Mail.select(Mail.person).where(Mail.kind == KIND, Mail.dated_on == day)
    return frozenset(row[0] for row in rows.tuples())


def running_days(days: Collection[dt.date]) -> frozenset[dt.date]:
    """On which of the days the tracker did its work, as far as it shows: a reminder was written, or a job ended."""
    if not days:
        return frozenset()
    mails = Mail.select(Mail.written_at).where(Mail.kind == KIND, _on_one_of(Mail.written_at, days))
    jobs = Job.select(Job.finished_at).where(_on_one_of(Job.finished_at, days))
    return frozenset(clock.in_london(row[0]).date() for query in (mails, jobs) for row in query.tuples())


def _on_one_of(instant: Any, days: Collection[dt.date]) -> Any:
    return reduce(or_, ((instant >= _midnight(day)) & (instant < _midnight(day + ONE_DAY)) for day in sorted(days)))


def _midnight(day: dt.date) -> dt.datetime:
    """When a day begins in London, as instants are stored."""
    return dt.datetime.combine(day, dt.time(), clock.LONDON).astimezone(dt.UTC).replace(tzinfo=None)


class ToldRow(NamedTuple):
    """One thing that somebody was told of, or that was passed over (`mail_id` None)."""

    person_id: int
    name: str
    occasion: str
    item: str
    dated_on: dt.date
    days: int | None
    why: str
    mail_id: int | None
    mailed_on: dt.date | None
    sent_at: dt.datetime | None
    error: str | None


def told_rows(quarter: Quarter) -> list[ToldRow]:
    """What was told or passed over under a quarter, the newest first."""
    query = (
        ReminderItem.select(
            *(Person.id, Person.name, ReminderItem.occasion, ReminderItem.item, ReminderItem.dated_on),
            *(ReminderItem.days, ReminderItem.why, Mail.id, Mail.dated_on, Mail.sent_at, Mail.error),
        )
        .join(Person)
        .switch(ReminderItem)
        .join(Mail, JOIN.LEFT_OUTER)
        .where(ReminderItem.quarter == quarter.id)
    )
    ordered = query.order_by(ReminderItem.dated_on.desc(), Person.name, Person.id, ReminderItem.id)
    return [ToldRow._make(row) for row in ordered.tuples()]


def parts_of_quarter(quarter: Quarter) -> dict[int, int]:
    """By the id of each mail that told of something under a quarter, its part of the quarter's partnership."""
    mails = ReminderItem.select(ReminderItem.mail).where(
        ReminderItem.quarter == quarter.id, ReminderItem.mail.is_null(False)
    )
    rows = ReminderPart.select(ReminderPart.mail, ReminderPart.id).where(
        ReminderPart.partnership == quarter.partnership_id, ReminderPart.mail.in_(mails)
    )
    return dict(rows.tuples())


def items_of_part(part: ReminderPart) -> list[ReminderItem]:
    """What a mail told of one partnership, what made it due first; without what is an authority's own."""
    rows = ReminderItem.select().where(
        ReminderItem.mail == part.mail_id,
        ReminderItem.partnership == part.partnership_id,
        ~ReminderItem.occasion.startswith(OWN),
    )
    return list(rows.order_by(ReminderItem.days.is_null(), ReminderItem.id))


def _date(value: Any) -> dt.date:
    """SQLite gives the greatest of dates as text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
