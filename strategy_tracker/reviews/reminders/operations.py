"""Giving a partnership its own reminder days, and writing the mails that are due."""

import datetime as dt
from collections.abc import Iterable

import structlog

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import LONGEST_REASON, Problems
from strategy_tracker.db import AWAY, is_postgresql, transaction
from strategy_tracker.jobs import mail as mails
from strategy_tracker.jobs.models import Mail
from strategy_tracker.reviews.reminders import queries
from strategy_tracker.reviews.reminders.facts import Known, facts_of
from strategy_tracker.reviews.reminders.items import holds
from strategy_tracker.reviews.reminders.letters import reminder
from strategy_tracker.reviews.reminders.models import ReminderItem, ReminderPart, ReminderRule
from strategy_tracker.reviews.reminders.queries import FARTHEST, KIND
from strategy_tracker.reviews.reminders.rules import DueMail, Item, Kind, due_mail, due_mails
from strategy_tracker.reviews.reminders.stages import Stage, days_in, problem_with_days

log = structlog.get_logger("tracker.reminders")


def set_rule(
    person: Acting,
    partnership: Partnership,
    *,
    since: dt.date,
    days_before: str,
    days_after: str,
    reason: str,
    form_key: str | None = None,
) -> ReminderRule:
    """The reminder days from a date on, today's or a later one; before it they stay as they are. Raises Invalid.

    Days are numbers with commas between them, such as "21, 14, 7, 0"; no `days_after` at all chases nobody.
    """
    require(person, Permission.QUARTER_EDIT, partnership)
    problems = Problems()
    problems.date("since", "The date from which it holds", since)
    if since < clock.today():
        problems.add("since", "Holds from: enter today or a later date, since no mail can be taken back")
    if not days_before.strip():
        problems.add("days_before", "Enter days before the due date, such as 21, 14, 7, 0")
    for field, given, least in (("days_before", days_before, 0), ("days_after", days_after, 1)):
        if wrong := problem_with_days(given, least=least):
            problems.add(field, wrong)
    reason = problems.text("reason", "Why the days change", reason, longest=LONGEST_REASON)
    problems.raise_if_any()
    columns = {
        "since": since,
        "days_before": ",".join(str(day) for day in sorted(days_in(days_before), reverse=True)),
        "days_after": ",".join(str(day) for day in sorted(days_in(days_after))),
        "reason": reason,
    }
    with history.writing(person, form_key):
        rule = ReminderRule.create(partnership=partnership, person=person.id, recorded_at=clock.now(), **columns)
        history.record(person, partnership.id, "reminder days set", rule, after=columns)
    return rule


def write_due(now: dt.datetime, *, base_url: str) -> int:
    """The sweep: writes the mails that are due at an instant, each in a transaction of its own; returns how many.

    What keeps one person's mail from being written keeps nobody else's: the last such error is raised at the end.
    """
    today = clock.in_london(now).date()
    known, written, broken = facts_of(today), 0, None
    for due in due_mails(today, known.facts):
        hers = [item for item in known.facts.items if item.person_id == due.person_id]
        try:
            written += _write(due.person_id, hers, known, today, base_url) is not None
        except AWAY:
            raise
        except Exception as error:
            log.error("reminder not written", person=due.person_id, error=type(error).__name__)
            broken = error
    if broken is not None:
        raise broken
    return written


def _write(person_id: int, items: list[Item], known: Known, today: dt.date, base_url: str) -> Mail | None:
    """One person's mail, unless another worker was first, or she may no longer know of anything that is due."""
    with transaction():
        person = _locked(person_id)
        allowed = [item for item in items if holds(person.grants, item)]
        told = queries.told_since(today - 2 * FARTHEST, person_id)
        due = due_mail(today, allowed, told) if allowed else None
        if due is None:
            return None
        words = reminder(person.name, due, known.partnerships, known.rules, today, base_url)
        mail = mails.write(person, KIND, today, words.subject, words.text, words.html)
        if mail is None:
            return None
        for part in words.parts:
            ReminderPart.create(mail=mail, partnership=part.partnership_id, subject=part.subject, text=part.text)
        ReminderItem.insert_many(_rows(due, mail, today)).execute()
        return mail


def _locked(person_id: int) -> Person:
    """Of several workers one at a time is at a person's mail; her roles are those of this instant."""
    query = Person.select().where(Person.id == person_id)
    found: Person = (query.for_update() if is_postgresql() else query).get()
    return found


def _rows(due: DueMail, mail: Mail, today: dt.date) -> Iterable[dict[str, object]]:
    for item, stage in due.due:
        yield _row(item, stage.on, stage.days, mail, why(item, stage))
    for item in due.others:
        yield _row(item, today, None, mail, f"{about(item)}: not due for a mail by itself, listed in one that went out")
    for item, stage in due.passed:
        yield _row(item, stage.on, stage.days, None, f"{why(item, stage)}. No mail was written then or until the next")


def _row(item: Item, dated_on: dt.date, days: int | None, mail: Mail | None, words: str) -> dict[str, object]:
    return {
        "person": item.person_id,
        "partnership": item.partnership_id,
        "quarter": item.quarter_id,
        "occasion": item.occasion,
        "item": item.key,
        "dated_on": dated_on,
        "days": days,
        "mail": mail.id if mail else None,
        "why": words,
        "recorded_at": clock.now(),
    }


def why(item: Item, stage: Stage) -> str:
    """Which item, stage and rule make a mail due."""
    if item.kind is Kind.ASSIGNED:
        return f"{about(item)}: new, and told on the working day after it was given"
    if item.kind is Kind.NOMINATION:
        return f"{about(item)}: put forward, and told on the working day after"
    if item.kind is Kind.REOPENED and stage == item.stages[0]:
        return f"{about(item)}: open again, and told at once"
    due = clock.long_date(item.due_on)
    rule = f"the days that hold since {clock.long_date(stage.rule_since)}" if stage.rule_since else "the usual days"
    moved = f", moved to {clock.long_date(stage.on)}" if stage.on != stage.planned_on else ""
    return f"{about(item)}: {stage.words.lower()} {due}{moved}, by {rule}"


def about(item: Item) -> str:
    """The item in the words of the page that tells why."""
    whose = f" ({item.about.authority})" if item.kind is Kind.REPORT else ""
    return f"{item.about.title.rstrip('.')}{whose}"
