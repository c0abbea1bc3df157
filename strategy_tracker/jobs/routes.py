"""How a job gets on, and what failed."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid, Repeated
from strategy_tracker.jobs import operations, queries
from strategy_tracker.jobs.pages import job_view, mail_view
from strategy_tracker.jobs.rules import JobState
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.forms import Form

blueprint = Blueprint("jobs", __name__)
JOBS = "/p/<partnership>/jobs/"


@blueprint.get(f"{JOBS}<int:job>/")
@needs(Permission.PARTNERSHIP_READ)
def progress(partnership: str, job: int) -> Reply:
    """Looks again by itself while the job is under way, unless `?still`; leads on to the page that is its result."""
    row = queries.job_of(acting_person(), partnership, job)
    shown, still = job_view(row), "still" in request.args
    if shown.is_page and not still:
        return redirect(shown.address)
    words = render_template(
        "jobs/job.html", partnership=row.partnership, job=shown, form=Form(), still=still, is_worked=queries.is_worked()
    )
    answer: Response = make_response(words)
    if shown.looks_again and not still:
        answer.headers["Refresh"] = str(shown.looks_again)
    return answer


@blueprint.post(f"{JOBS}<int:job>/attempts")
@needs(Permission.PARTNERSHIP_READ)
def try_again(partnership: str, job: int) -> Reply:
    person, form = acting_person(), Form()
    row = queries.job_of(person, partnership, job)
    if form.validate_on_submit():
        try:
            operations.try_again(person, row, form_key=form.key)
        except (Invalid, Repeated) as error:
            flash(str(error) or "It is under way again already")
    return redirect(f"/p/{partnership}/jobs/{row.id}/")


@blueprint.get(JOBS)
@needs(Permission.JOB_MANAGE)
def listed(partnership: str) -> str:
    here = load(acting_person(), Partnership, Partnership.slug == partnership, Permission.JOB_MANAGE)
    jobs = [job_view(job) for job in queries.unfinished_jobs(here.id)]
    looked_at, failed_at = queries.last_sweep()
    return render_template(
        "jobs/list.html",
        partnership=here,
        form=Form(),
        failed=[job for job in jobs if job.state is JobState.FAILED],
        waiting=[job for job in jobs if job.is_under_way],
        mails=[mail_view(mail) for mail in queries.failed_mails(here.id)],
        is_worked=queries.is_worked(),
        looked_at=looked_at,
        failed_at=failed_at,
    )


@blueprint.post(f"{JOBS}mails/<int:mail>/attempts")
@needs(Permission.JOB_MANAGE)
def send_again(partnership: str, mail: int) -> Reply:
    person, form = acting_person(), Form()
    here = load(person, Partnership, Partnership.slug == partnership, Permission.PARTNERSHIP_READ)
    row = queries.failed_mail(person, here, mail)
    if form.validate_on_submit():
        try:
            operations.send_again(person, here, row, form_key=form.key)
            flash(f"The mail to {row.person.name} is sent again.")
        except (Invalid, Repeated) as error:
            flash(str(error) or "It is under way again already")
    return redirect(f"/p/{here.slug}/jobs/")
