"""How a job gets on, as pages tell it; and trying again."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.jobs import operations
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import claim
from strategy_tracker.jobs.queries import job_faults
from strategy_tracker.jobs.worker import Worker
from tests.axe import assert_accessible
from tests.cast import partnership, person
from tests.jobs.making import LEASE, a_job, a_mail, an_unsent_mail, failed

JOBS = "/p/west-kent/jobs/"


def address(job):
    return f"{JOBS}{job.id}/"


def test_a_waiting_page_looks_again_until_it_is_told_to_stand_still(visitor_as):
    job, officer = a_job(), visitor_as("officer")
    page = officer.get(address(job))
    assert "Waiting for its turn" in page.words and "Quarterly report" in page.words
    assert "Nothing works on jobs at the moment" in page.words
    assert page.headers["Refresh"] == "3"
    assert "Refresh" not in officer.get(f"{address(job)}?still=1").headers
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=30)):
        later = officer.get(address(job))
        assert "Refresh" not in later.headers and "Look again" in later.words
    assert claim("a-worker", LEASE)
    running = officer.get(address(job))
    assert "Being worked on" in running.words and "Nothing works" not in running.words


def test_it_says_when_it_is_begun_again(visitor_as):
    job = a_job()
    operations.fail(claim("a-worker", LEASE), "The mail server is away", most=9)
    page = visitor_as("officer").get(address(job))
    assert "Put off: it is begun again at" in page.words and "The mail server is away" in page.words


@pytest.mark.parametrize(
    ("result", "links"),
    [
        ({"address": "/p/west-kent/plans/2010-11.pdf"}, ["/p/west-kent/plans/2010-11.pdf"]),
        ({"address": "https://elsewhere.example/"}, []),
        ({}, []),
    ],
)
def test_it_leads_on_to_the_file_that_came_of_it(visitor_as, result, links):
    job = a_job()
    Worker({"render": lambda _: result}).until_idle()
    page = visitor_as("officer").get(address(job))
    assert "Ready" in page.words and "Refresh" not in page.headers
    assert [each.get("href") for each in page.all("a", role="button")] == links


def test_it_goes_on_to_the_page_that_came_of_it(visitor_as):
    job, plan = a_job(), "/p/west-kent/plans/2010-11/"
    Worker({"render": lambda _: {"address": plan}}).until_idle()
    assert visitor_as("officer").get(address(job)).address == plan


def test_what_failed_says_why_and_is_tried_again_once(visitor_as):
    job = failed(a_job())
    officer = visitor_as("officer")
    page = officer.get(address(job))
    assert "needs more memory" in page.words and "Refresh" not in page.headers
    for _ in range(2):
        assert "Waiting for its turn" in officer.send(page, button="Try again").words
    assert (Job.get_by_id(job.id).state, Job.get_by_id(job.id).attempts) == ("queued", 0)
    assert Event.select().where(Event.verb == "job tried again").count() == 1


def test_the_coordinator_sees_what_failed_and_tries_it_again(visitor_as):
    job, mail, waiting = failed(a_job()), an_unsent_mail(), a_job("report-2")
    an_unsent_mail("outsider")
    coordinator = visitor_as("coordinator")
    page = coordinator.get(JOBS)
    assert "Olive Officer" in page.words and "550 No such user" in page.words
    assert "Una Outsider" not in page.words
    assert "No worker has run yet" in page.words
    assert len(page.all("a", href=address(waiting))) == len(page.all("a", href=address(job))) == 1
    after = coordinator.send(page, action=f"{JOBS}mails/{mail.id}/attempts")
    assert "The mail to Olive Officer is sent again." in after.words and "No mail has failed" in after.words
    assert (Mail.get_by_id(mail.id).error, Job.get(Job.key == operations.mail_key(mail.id)).state) == ("", "queued")
    coordinator.send(page, action=f"{JOBS}{job.id}/attempts")
    assert "No job has failed" in coordinator.get(JOBS).words


def test_who_may_try_again(database):
    job, mail = failed(a_job(by="officer")), an_unsent_mail()
    for who in ("lead", "other officer", "foreign coordinator"):
        with pytest.raises(Forbidden):
            operations.try_again(person(who), job)
    with pytest.raises(Forbidden):
        operations.send_again(person("officer"), partnership(), mail)
    operations.try_again(person("coordinator"), job)
    with pytest.raises(Invalid):
        operations.try_again(person("officer"), job)


def test_what_the_tracker_asked_for_itself_is_the_coordinators(visitor_as):
    job = failed(a_job(by=None))
    visitor_as("officer").get(address(job), status=404)
    visitor_as("coordinator").get(address(job))


def test_verify_names_what_cannot_be(database):
    a_job("sound")
    failed(a_job("failed"))
    a_mail()
    assert list(job_faults()) == []
    running, done, silent = (a_job(f"job-{number}") for number in range(3))
    Job.update(state="running").where(Job.id == running.id).execute()
    Job.update(state="done").where(Job.id == done.id).execute()
    Job.update(state="failed", finished_at=silent.created_at).where(Job.id == silent.id).execute()
    Job.delete().where(Job.kind == "mail").execute()
    assert list(job_faults()) == [
        f"job {running.id}: is running and nobody holds it",
        f"job {done.id}: has ended and does not say when",
        f"job {silent.id}: has failed and does not say why",
        f"mail {Mail.get().id}: it is not sent, and no job sends it",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_in_a_browser_it_leads_on_without_a_script(page_as):
    job, plan = a_job(), "/p/west-kent/plans/2010-11/"
    page = page_as("officer")
    page.goto(f"{address(job)}?still=1")
    assert_accessible(page)
    page.goto(address(job))
    Worker({"render": lambda _: {"address": plan}}).until_idle()
    page.wait_for_url(f"**{plan}")
