"""Reminders in the words of the domain."""

import datetime as dt

from strategy_tracker.jobs.models import Mail
from strategy_tracker.reviews.reminders.models import ReminderItem
from strategy_tracker.reviews.reminders.operations import write_due

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
