"""The selects of jobs and mails."""

import datetime as dt
from collections.abc import Iterator

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, may
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import NotFound
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import MAIL, mail_key
from strategy_tracker.jobs.rules import SILENT_FOR, JobState
from strategy_tracker.jobs.turns import SWEEP

MOST_SHOWN = 100


def job_of(person: Acting, partnership: str, number: int) -> Job:
    """For who asked for it, and for who keeps the partnership's jobs. Raises NotFound for everybody else."""
    found: Job = load(person, Job, number, Permission.PARTNERSHIP_READ, Partnership.slug == partnership)
    if found.person_id != person.id and not may(person, Permission.JOB_MANAGE, found):
        raise NotFound
    return found


def unfinished_jobs(partnership_id: int) -> list[Job]:
    """The partnership's jobs that have failed, the latest first, then those that wait or run, in their order."""
    mine = Job.select().where(Job.partnership == partnership_id)
    failed = mine.where(Job.state == JobState.FAILED).order_by(Job.finished_at.desc(), Job.id).limit(MOST_SHOWN)
    waits = mine.where(Job.state.in_([JobState.QUEUED, JobState.RUNNING])).order_by(Job.run_after, Job.id)
    return [*failed, *waits.limit(MOST_SHOWN)]


def failed_mails(partnership_id: int) -> list[Mail]:
    """Mails to those who have a role in the partnership that were not sent, the latest first."""
    members = Membership.select(Membership.person).where(
        Membership.partnership == partnership_id, Membership.ended_at.is_null()
    )
    query = Mail.select(Mail, Person).join(Person).where(Mail.person.in_(members))
    unsent = query.where(Mail.sent_at.is_null(), Mail.error != "")
    return list(unsent.order_by(Mail.written_at.desc(), Mail.id).limit(MOST_SHOWN))


def failed_mail(person: Acting, partnership: Partnership, number: int) -> Mail:
    """One of them, for who keeps the partnership's jobs. Raises NotFound for everybody else."""
    mails = failed_mails(partnership.id) if may(person, Permission.JOB_MANAGE, partnership) else []
    found = next((mail for mail in mails if mail.id == number), None)
    if found is None:
        raise NotFound
    return found


def is_worked() -> bool:
    """Whether a worker has been seen in the last few minutes: it has looked for what is due, or holds a job."""
    now = clock.now()
    looked = Job.select().where(Job.key == SWEEP, Job.finished_at >= now - SILENT_FOR)
    held = Job.select().where(Job.state == JobState.RUNNING, Job.lease_until >= now)
    return looked.exists() or held.exists()


def last_sweep() -> tuple[dt.datetime | None, str]:
    """When it was last looked for what is due, and what failed at that; (None, "") where it never was."""
    found = Job.select(Job.finished_at, Job.error).where(Job.key == SWEEP).tuples().first()
    return found or (None, "")


def job_faults() -> Iterator[str]:
    """A line for each job that cannot be: nobody could have left it so."""
    cases = (
        (Job.state == JobState.RUNNING) & (Job.lease_until.is_null() | (Job.worker == "")),
        Job.state.in_([JobState.DONE, JobState.FAILED]) & Job.finished_at.is_null(),
        (Job.state == JobState.FAILED) & (Job.error == ""),
    )
    words = ("is running and nobody holds it", "has ended and does not say when", "has failed and does not say why")
    for case, said in zip(cases, words, strict=True):
        for (number,) in Job.select(Job.id).where(case).order_by(Job.id).tuples():
            yield f"job {number}: {said}"
    unqueued = Mail.select(Mail.id).where(Mail.sent_at.is_null(), Mail.error == "").order_by(Mail.id).tuples()
    waiting = {key for (key,) in Job.select(Job.key).where(Job.kind == MAIL).tuples()}
    for (number,) in unqueued:
        if mail_key(number) not in waiting:
            yield f"mail {number}: it is not sent, and no job sends it"
