"""The verbs of a job. Every change of state is one UPDATE with its condition: of several workers one has it.

`running` is left by the worker that holds the job, or when its lease has run out.
"""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from peewee import Expression

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.rules import MOST_ATTEMPTS, JobState, pause_after

MAIL = "mail"
"""The kind of the jobs that send a mail; their argument `mail` is its id."""
LOOKED_AT = 20
"""How many waiting jobs a worker looks at, so that another one's catch leaves it some."""
WORKER_ENDED = "The worker ended while it was at it"


def queue(
    kind: str,
    key: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    partnership_id: int | None = None,
    person: Acting | None = None,
    run_after: dt.datetime | None = None,
) -> Job:
    """A job in the transaction of what asks for it. A key that was used before gives the job that it made.

    `key` has at most 120 characters. The argument `title`, if any, is what pages call the job. `person` is who asked,
    and sees it.
    """
    now = clock.now()
    Job.insert(
        kind=kind,
        key=key,
        arguments=json.dumps(arguments or {}, ensure_ascii=False, sort_keys=True),
        run_after=run_after or now,
        partnership=partnership_id,
        person=person.id if person is not None else None,
        created_at=now,
    ).on_conflict_ignore().execute()
    return Job.get(Job.key == key)


def claim(worker: str, lease: dt.timedelta) -> Job | None:
    """The job that has waited longest, now this worker's until the lease runs out; None where none is due."""
    now = clock.now()
    due = (
        Job.select(Job.id, Job.version)
        .where(Job.state == JobState.QUEUED, Job.run_after <= now)
        .order_by(Job.run_after, Job.id)
        .limit(LOOKED_AT)
        .tuples()
    )
    # Read to the end first: SQLite refuses to write at once in the middle of a read that another's write has outdated.
    for number, version in list(due):
        mine = Job.update(
            state=JobState.RUNNING,
            worker=worker,
            lease_until=now + lease,
            attempts=Job.attempts + 1,
            version=Job.version + 1,
        ).where(Job.id == number, Job.version == version, Job.state == JobState.QUEUED)
        if mine.execute():
            return Job.get_by_id(number)
    return None


def renew(job: Job, lease: dt.timedelta) -> bool:
    """Holds the job for another lease; False where it is no longer this worker's."""
    return bool(Job.update(lease_until=clock.now() + lease).where(*_held(job)).execute())


def finish(job: Job, result: str) -> bool:
    """Done, with JSON; False where it is no longer this worker's."""
    now = clock.now()
    return _leave(job, state=JobState.DONE, result=result, error="", finished_at=now)


def fail(job: Job, words: str, most: int = MOST_ATTEMPTS) -> bool:
    """Failed where it was begun `most` times, else queued again after a pause. False where it is another's now."""
    if job.attempts < most:
        return _leave(job, state=JobState.QUEUED, error=words, run_after=clock.now() + pause_after(job.attempts))
    with transaction():
        return _leave(job, state=JobState.FAILED, error=words, finished_at=clock.now()) and _tell_mail(job, words)


def give_back(job: Job) -> bool:
    """Queued again as if it had not been begun: the worker has to stop."""
    return _leave(job, state=JobState.QUEUED, attempts=Job.attempts - 1, run_after=clock.now())


def return_lost() -> list[Job]:
    """Queues again what a worker held that is gone, and fails what was begun too often. Returns what has failed."""
    lost = list(Job.select().where(Job.state == JobState.RUNNING, Job.lease_until < clock.now()).order_by(Job.id))
    failed = []
    for job in lost:
        if job.attempts < MOST_ATTEMPTS:
            _leave(job, Job.lease_until == job.lease_until, state=JobState.QUEUED, run_after=clock.now())
            continue
        words = f"{WORKER_ENDED}, {job.attempts} times"
        with transaction():
            at = {"state": JobState.FAILED, "error": words, "finished_at": clock.now()}
            if _leave(job, Job.lease_until == job.lease_until, **at) and _tell_mail(job, words):
                failed.append(job)
    return failed


def try_again(person: Acting, job: Job, *, form_key: str | None = None) -> None:
    """Queues what has failed, for whoever asked for it or keeps the jobs. Raises Forbidden, Invalid."""
    if job.person_id is None or job.person_id != person.id:
        require(person, Permission.JOB_MANAGE, job)
    with history.writing(person, form_key):
        _queue_failed(person, job, job.partnership_id)


def send_again(person: Acting, partnership: Partnership, mail: Mail, *, form_key: str | None = None) -> None:
    """Somebody has decided that a mail goes out although it failed, or may be out already.

    Raises Forbidden, Invalid.
    """
    require(person, Permission.JOB_MANAGE, partnership)
    with history.writing(person, form_key):
        _queue_failed(person, Job.get(Job.key == mail_key(mail.id)), partnership.id)
        Mail.update(begun_at=None, error="").where(Mail.id == mail.id, Mail.sent_at.is_null()).execute()


def mail_key(number: int) -> str:
    """The key of the job that sends a mail."""
    return f"{MAIL}-{number}"


def arguments_of(job: Job) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(job.arguments)
    return found


def result_of(job: Job) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(job.result)
    return found


def _queue_failed(person: Acting, job: Job, partnership_id: int | None) -> None:
    again = Job.update(
        state=JobState.QUEUED, attempts=0, run_after=clock.now(), finished_at=None, version=Job.version + 1
    ).where(Job.id == job.id, Job.state == JobState.FAILED)
    if not again.execute():
        raise Invalid({"": "It is under way again already"})
    history.record(person, partnership_id, "job tried again", job, kind=job.kind, error=job.error)


def _leave(job: Job, *also: Expression, **changes: Any) -> bool:
    changes = {"worker": "", "lease_until": None, "version": Job.version + 1} | changes
    return bool(Job.update(**changes).where(*_held(job), *also).execute())


def _held(job: Job) -> tuple[Expression, ...]:
    return Job.id == job.id, Job.worker == job.worker, Job.version == job.version, Job.state == JobState.RUNNING


def _tell_mail(job: Job, words: str) -> bool:
    """A mail says itself why it was not sent. Always True."""
    if job.kind == MAIL:
        Mail.update(error=words).where(Mail.id == arguments_of(job)["mail"], Mail.sent_at.is_null()).execute()
    return True
