"""Mails are written with what they tell of, once."""

import datetime as dt

import pytest

from strategy_tracker.db import transaction
from strategy_tracker.jobs import mail, queue
from strategy_tracker.jobs.models import Job, Mail
from tests.cast import person

DAY = dt.date(2011, 7, 14)


def a_mail(who: str = "officer", kind: str = "reminder", **changes):
    words = {"subject": "Two reports are due", "text": "Report, please\n", "html": "<p>Report, please</p>"} | changes
    with transaction():
        return mail.write(person(who), kind, DAY, **words)


def test_a_mail_and_its_job_are_written_once(database):
    first = a_mail()
    assert (first.address, Job.get().key) == (person("officer").email, f"mail-{first.id}")
    assert a_mail(subject="Other") is None
    assert a_mail("lead") is not None
    assert (Mail.select().count(), Job.select().count()) == (2, 2)


def test_a_mail_goes_with_what_it_tells_of(database):
    with pytest.raises(RuntimeError):
        mail.write(person("officer"), "reminder", DAY, "S", "t", "h")
    with transaction() as written:
        a_mail()
        written.rollback()
    assert (Mail.select().count(), Job.select().count()) == (0, 0)


def test_a_key_makes_one_job(database):
    with transaction():
        first = queue("render", "report-1", {"title": "Report"}, person=person("lead"))
        again = queue("render", "report-1", {"title": "Other"})
    assert first == again and again.person == person("lead")
    assert Job.select().count() == 1
