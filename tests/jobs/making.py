"""Jobs and mails as the tests want them."""

import datetime as dt
from typing import Any

from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import transaction
from strategy_tracker.jobs import mail, queue
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import claim, fail, mail_key
from tests.cast import partnership, person

DAY = dt.date(2011, 7, 14)
LEASE = dt.timedelta(seconds=30)
PAGE = '<!DOCTYPE html><html lang="en"><head><title>Due</title></head><body><main><h1>Due</h1></main></body></html>'


def a_job(key: str = "report-1", *, by: str | None = "officer", home: Partnership | None = None, **more: Any) -> Job:
    """A document that somebody has asked for."""
    with transaction():
        return queue(
            "render",
            key,
            {"title": "Quarterly report"},
            partnership_id=(home or partnership()).id,
            person=person(by) if by else None,
            **more,
        )


def a_mail(who: str = "officer", kind: str = "reminder", **changes: Any) -> Mail | None:
    """A mail to one of the cast, which waits to be sent."""
    words = {"subject": "Two reports are due", "text": "Report, please\n", "html": PAGE} | changes
    with transaction():
        return mail.write(person(who), kind, DAY, **words)


def failed(job: Job, why: str = "The document needs more memory than one document may have") -> Job:
    """The job after an attempt that was its last."""
    Job.update(run_after=dt.datetime(2000, 1, 1)).where(Job.id == job.id).execute()
    held = claim("a-worker", LEASE)
    assert held == job
    assert fail(held, why, most=0)
    return Job.get_by_id(job.id)


def an_unsent_mail(who: str = "officer", kind: str = "reminder") -> Mail:
    """A mail that could not be sent."""
    written = a_mail(who, kind)
    assert written is not None
    failed(Job.get(Job.key == mail_key(written.id)), "The mail server does not take it: 550 No such user")
    return Mail.get_by_id(written.id)
