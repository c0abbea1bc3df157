"""A worker: how a job ends, comes back, is put off and fails; and many workers at one table."""

import datetime as dt
import threading
import time
from collections import Counter

import pytest
import time_machine
from peewee import OperationalError

from strategy_tracker import clock
from strategy_tracker.errors import Invalid
from strategy_tracker.jobs import GiveUp, TryLater, operations
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.operations import claim, finish, renew, result_of, return_lost
from strategy_tracker.jobs.queries import is_worked, last_sweep
from strategy_tracker.jobs.worker import Worker, connected
from tests.jobs.making import LEASE, a_job, a_mail, an_unsent_mail


def fresh(job):
    return Job.get_by_id(job.id)


def later(**by):
    return time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(**by), tick=False)


def failing(error):
    def handler(job):
        raise error

    return Worker({"render": handler, "mail": handler})


def test_a_job_is_done_and_says_what_came_of_it(database):
    job = a_job()
    assert Worker({"render": lambda job: {"address": f"/made/{job.key}/"}}).until_idle() == 1
    done = fresh(job)
    assert (done.state, done.attempts, done.worker, done.lease_until, done.error) == ("done", 1, "", None, "")
    assert result_of(done) == {"address": "/made/report-1/"}
    assert done.finished_at >= done.created_at


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (Invalid({"": "The report has no sections"}), "queued", "The report has no sections"),
        (TryLater("The mail server is away"), "queued", "The mail server is away"),
        (GiveUp("Nobody lives there"), "failed", "Nobody lives there"),
        (OperationalError("server closed"), "queued", "The database did not answer in time"),
        (ZeroDivisionError("a secret"), "queued", "ZeroDivisionError"),
        (TypeError("not JSON"), "queued", "TypeError"),
    ],
)
def test_an_attempt_that_fails_says_why(database, error, state, words):
    job = a_job()
    assert failing(error).until_idle() == 1
    assert fresh(job).state == state
    assert words in fresh(job).error
    assert "secret" not in fresh(job).error


@pytest.mark.parametrize(("error", "attempts"), [(Invalid({"": "No"}), 3), (TryLater("Away"), 10)])
def test_it_has_failed_after_the_last_attempt(database, error, attempts):
    job, worker = a_job(), failing(error)
    for turn in range(attempts):
        assert fresh(job).state == "queued"
        with later(hours=turn + 1):
            assert worker.until_idle() == 1
            assert worker.until_idle() == 0, "it rests before the next attempt"
    assert (fresh(job).state, fresh(job).attempts) == ("failed", attempts)


def test_what_no_worker_knows_waits_for_one_that_does(database):
    job = a_job()
    Worker({}).until_idle()
    assert "knows no job" in fresh(job).error
    with later(minutes=2):
        Worker({"render": lambda _: {}}).until_idle()
    assert (fresh(job).state, fresh(job).error) == ("done", "")


def test_a_result_that_is_no_json_is_a_failure(database):
    job = a_job()
    Worker({"render": lambda _: {"made": object()}}).until_idle()
    assert "TypeError" in fresh(job).error


def test_what_runs_later_waits(database):
    job = a_job(run_after=clock.now() + dt.timedelta(days=1))
    assert claim("a-worker", LEASE) is None
    with later(days=1, seconds=1):
        assert claim("a-worker", LEASE) == job


def test_a_lease_that_ran_out_gives_the_job_to_another(database):
    job = a_job()
    held = claim("killed", LEASE)
    assert claim("other", LEASE) is None
    assert renew(held, LEASE)
    assert return_lost() == []
    with later(seconds=31):
        assert return_lost() == []
        assert fresh(job).state == "queued"
        again = claim("other", LEASE)
        assert again.attempts == 2
        assert not renew(held, LEASE)
        assert not finish(held, "{}"), "what it made late is not what counts"
        assert not operations.fail(held, "Late")
        assert (fresh(job).state, fresh(job).worker) == ("running", "other")
        assert finish(again, "{}")


def test_what_ends_its_worker_three_times_has_failed(database):
    job = a_job()
    for turn in range(3):
        with later(minutes=turn):
            assert claim("killed", LEASE)
        with later(minutes=turn, seconds=31):
            assert return_lost() == ([] if turn < 2 else [job])
    assert (fresh(job).state, fresh(job).error) == ("failed", "The worker ended while it was at it, 3 times")


def test_a_mail_says_itself_why_it_was_not_sent(database):
    assert an_unsent_mail().error.endswith("550 No such user")
    lost = a_mail("lead")
    for turn in range(3):
        with later(minutes=turn):
            claim("killed", LEASE)
        with later(minutes=turn, seconds=31):
            return_lost()
    assert "3 times" in type(lost).get_by_id(lost.id).error


def test_a_lease_is_renewed_while_the_handler_runs(database):
    seen = []

    def slow(job):
        until = time.monotonic() + 5
        while fresh(job).lease_until <= job.lease_until:
            assert time.monotonic() < until, "nobody renews it"
            time.sleep(0.01)
        seen.append(return_lost())
        return {}

    job = a_job()
    Worker({"render": slow}, lease=dt.timedelta(seconds=1)).until_idle()
    assert (fresh(job).state, seen) == ("done", [[]])


def test_a_worker_that_is_told_to_stop_finishes_what_it_holds(database):
    first, second = a_job("first"), a_job("second")

    def told(job):
        worker.stop()
        return {}

    worker = Worker({"render": told}, poll=0.01)
    worker.run()
    assert (fresh(first).state, fresh(second).state) == ("done", "queued")


def test_what_fails_while_it_stops_is_given_back(database):
    job = a_job()

    def broken_off(_):
        worker.stop()
        raise Invalid({"": "The renderer was interrupted"})

    worker = Worker({"render": broken_off}, poll=0.01)
    worker.run()
    assert (fresh(job).state, fresh(job).attempts, fresh(job).error) == ("queued", 0, "")


def test_a_worker_waits_for_a_database_that_is_away(database, monkeypatch):
    job, real, away = a_job(), operations.claim, [OperationalError("away"), OperationalError("still away")]

    def claiming(*given):
        if away:
            raise away.pop()
        return real(*given)

    def last(_):
        worker.stop()
        return {}

    monkeypatch.setattr(operations, "claim", claiming)
    worker = Worker({"render": last}, poll=0.01)
    worker.run()
    assert fresh(job).state == "done"


def test_an_outcome_is_written_when_the_database_is_back(database, monkeypatch):
    job, real, away = a_job(), operations.finish, [OperationalError("away")]

    def finishing(*given):
        if away:
            raise away.pop()
        return real(*given)

    monkeypatch.setattr(operations, "finish", finishing)
    Worker({"render": lambda _: {}}).until_idle()
    assert fresh(job).state == "done"


def test_one_of_the_workers_looks_for_what_is_due_and_one_fault_stops_no_other(database):
    swept = []

    def broken(now):
        raise ZeroDivisionError

    workers = [Worker({}, [broken, swept.append]) for _ in range(3)]
    assert not is_worked()
    for worker in workers:
        worker.step()
    assert len(swept) == 1
    assert is_worked()
    assert last_sweep()[1] == "ZeroDivisionError"
    with later(minutes=4):
        assert not is_worked()
        another = Worker({}, [swept.append])
        another.step()
        assert last_sweep()[1] == ""
    assert len(swept) == 2


def test_of_many_workers_each_job_has_one(database):
    done, faults, begin = Counter(), [], threading.Barrier(6)

    def note(job):
        done[job.id] += 1
        return {}

    def work():
        try:
            begin.wait()
            with connected():
                Worker({"render": note}).until_idle()
        except Exception as fault:
            faults.append(fault)

    jobs = {a_job(f"report-{number}").id for number in range(60)}
    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert done == Counter(jobs)
    assert Job.select().where(Job.state == "done", Job.attempts == 1, Job.kind == "render").count() == len(jobs)
