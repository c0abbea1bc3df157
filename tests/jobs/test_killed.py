"""kill -9 of the workers, fifty times, while they render and send: no job is lost, and none is done twice."""

import multiprocessing
import os
import random
import signal
import time
from contextlib import suppress
from email import message_from_bytes, policy
from pathlib import Path

from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import mail_key
from strategy_tracker.jobs.queries import job_faults
from tests.databases import using
from tests.jobs.killing import work
from tests.jobs.making import a_job, a_mail
from tests.jobs.post_office import PostOffice, post_office

KILLS, WORKERS, RENDERS, BACKLOG = 50, 3, 6, 8
FINISHED = ("done", "failed")
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.jobs.killing"])
PATIENCE = 60


class Workers:
    """Processes, each in the place of one that was killed."""

    def __init__(self, *arguments: str):
        self.arguments = arguments
        self.processes = [self.begin() for _ in range(WORKERS)]

    def begin(self) -> "multiprocessing.context.ForkServerProcess":
        process = PROCESSES.Process(target=work, args=self.arguments)
        process.start()
        return process

    def kill(self, pid: int) -> None:
        """With what it has started, and another begins."""
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        for place, process in enumerate(self.processes):
            if process.pid == pid:
                process.join(PATIENCE)
                self.processes[place] = self.begin()

    def kill_all(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid or 0, signal.SIGKILL)
            process.kill()
            process.join(PATIENCE)


def kill_at_work(workers: Workers) -> None:
    """Fifty times one that holds a job, which is never long ago: there is always more to do than they can."""
    chance = random.Random(4)
    for turn in range(KILLS):
        if turn % (KILLS // RENDERS) == 0:
            a_job(f"render-{turn}")
        while Job.select().where(Job.state == "queued").count() < BACKLOG:
            a_mail(kind=f"reminder-{Mail.select().count()}")
        is_render = turn % 4 == 0
        victim = at_work("render" if is_render else "mail") or at_work("mail")
        time.sleep(chance.random() * (0.5 if is_render else 0.1))
        workers.kill(victim)


def at_work(kind: str) -> int:
    """A process that holds a job of this kind; 0 where it is none of them after a while."""
    until = time.monotonic() + (5 if kind == "mail" else 0.2)
    while time.monotonic() < until:
        held = Job.select(Job.worker).where(Job.state == "running", Job.kind == kind).order_by(Job.id.desc())
        if name := held.scalar():
            return int(name.split("-")[-2])
        time.sleep(0.002)
    return 0


def wait_for_all() -> None:
    until = time.monotonic() + PATIENCE
    while Job.select().where(Job.state.not_in(FINISHED)).exists():
        assert time.monotonic() < until, list(Job.select().where(Job.state.not_in(FINISHED)).dicts())
        time.sleep(0.05)


def test_every_job_is_done_once_or_visibly_failed(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "outbox").mkdir()
    with post_office(slow=0.05) as office, using(database_url):
        workers = Workers(database_url, str(tmp_path), office.url)
        try:
            kill_at_work(workers)
            wait_for_all()
        finally:
            workers.kill_all()
        assert list(job_faults()) == []
        assert Job.select().where(Job.kind == "mail").count() == Mail.select().count()
        assert Job.select().where(Job.attempts > 1).count() > 10, "nobody was interrupted"
        see_renders(tmp_path)
        see_mails(tmp_path / "outbox", office)


def see_renders(folder: Path) -> None:
    """One whole document for each that is done; one that failed says why."""
    renders = list(Job.select().where(Job.kind == "render"))
    assert {job.state for job in renders} <= set(FINISHED)
    done = {job.key for job in renders if job.state == "done"}
    made = {file.stem: file.read_bytes() for file in folder.glob("*.pdf")}
    assert done and done <= set(made) <= {job.key for job in renders}
    assert all(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") for data in made.values())
    assert all(job.error for job in renders if job.state == "failed")


def see_mails(outbox: Path, office: PostOffice) -> None:
    """Nobody has one twice. What is sent has arrived; what has failed says so and may have arrived."""
    filed = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in outbox.glob("*.eml")]
    arrived = [*office.numbers, *(str(mail["Message-ID"]) for mail in filed)]
    assert len(arrived) == len(set(arrived))
    subjects = [str(mail["Subject"]) for mail in (*office.mails, *filed)]
    assert len(subjects) == len(arrived)
    sent = list(Mail.select().where(Mail.sent_at.is_null(False)))
    unsent = list(Mail.select().where(Mail.sent_at.is_null()))
    assert len(sent) > len(unsent)
    assert len(sent) <= len(arrived) <= len(sent) + len(unsent)
    states = dict(Job.select(Job.key, Job.state).where(Job.kind == "mail").tuples())
    assert {states[mail_key(mail.id)] for mail in sent} == {"done"}
    assert {states[mail_key(mail.id)] for mail in unsent} <= {"failed"}
    assert all(mail.error for mail in unsent)
