"""Reminders in the words of the domain."""

import datetime as dt

from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import transaction
from strategy_tracker.jobs.mail import write
from strategy_tracker.jobs.models import Mail
from strategy_tracker.reviews.reminders.models import ReminderItem, ReminderPart
from strategy_tracker.reviews.reminders.operations import write_due
from tests.cast import person
from tests.jobs.making import PAGE

BASE = "https://plans.example"


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """An instant (UTC) of a day."""
    return dt.datetime(day.year, day.month, day.day, hour, minute)


def sweep(day: dt.date, hour: int = 9) -> int:
    """What the worker does each minute; returns how many mails it wrote."""
    return write_due(at(day, hour), base_url=BASE)


def mails() -> list[Mail]:
    """Every reminder, the first first."""
    return list(Mail.select().where(Mail.kind == "reminder").order_by(Mail.id))


def told(mail: Mail) -> list[str]:
    """The keys of what made a mail due."""
    rows = ReminderItem.select().where(ReminderItem.mail == mail, ReminderItem.days.is_null(False))
    return sorted(row.item for row in rows)


def a_reminder(home: Partnership, who: str = "officer", kind: str = "reminder") -> ReminderPart:
    """What a mail to one of the cast says of a partnership."""
    with transaction():
        mail = write(person(who), kind, dt.date(2011, 7, 1), "Something is due", "Report, please\n", PAGE)
        assert mail is not None
        return ReminderPart.create(mail=mail, partnership=home, subject=mail.subject, text=mail.text)
