"""A plan as a whole: begun, edited, agreed, closed."""

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.plans import operations
from strategy_tracker.plans.forms import AgreeForm, Confirm, NewPlanForm, PlanForm
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, blueprint, the_plan
from strategy_tracker.plans.versions.queries import last_change
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, Theirs, answer

FIELDS = ("title", "strategy", "period_from", "period_to", "as_at")


def _values(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in FIELDS} | {"version": plan.version}


def _said(form: PlanForm) -> dict[str, Any]:
    return {name: form[name].data if form[name].data is not None else "" for name in FIELDS[:2]} | {
        name: form[name].data for name in FIELDS[2:]
    }


@blueprint.route("/p/<partnership>/plans/new", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def add_plan(partnership: str) -> Answer:
    person, form = acting_person(), NewPlanForm()
    here = the_partnership(person, partnership, Permission.PLAN_EDIT)

    def save() -> None:
        operations.add_plan(person, here, slug=form.slug.data or "", form_key=form.key, **_said(form))

    del form.reason, form.approved_by
    page = Page(here, "Add a plan", f"/p/{here.slug}/", save, "The plan is added, as a draft.", nav="overview")
    reply = answer(form, page)
    if isinstance(reply, Response) and request.form.get("slug"):
        return redirect(address_of(here.slug, (form.slug.data or "").strip()))
    return reply


@blueprint.route(f"{PLAN}edit", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def edit_plan(partnership: str, plan: str) -> Answer:
    person = acting_person()
    row = the_plan(person, partnership, plan, Permission.PLAN_EDIT)
    form = PlanForm(data=_values(row))
    form.ask_why(row, last_change(person, row))
    page = Page(
        row.partnership,
        "Edit the plan",
        base_of(row),
        lambda: operations.edit_plan(
            person, row, form.started_from, change=form.change, form_key=form.key, **_said(form)
        ),
        "The plan is saved.",
        theirs=lambda now: Theirs(PlanForm(None, data=_values(now)), now.version),
        context={"states": _next_states(row)},
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}agreement", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def agree_plan(partnership: str, plan: str) -> Answer:
    person = acting_person()
    row = the_plan(person, partnership, plan, Permission.PLAN_EDIT)
    form = AgreeForm(data={"version": row.version, "agreed_on": clock.today()})
    page = Page(
        row.partnership,
        "Agree the plan",
        base_of(row),
        lambda: operations.agree_plan(
            person,
            row,
            form.started_from,
            agreed_on=form.agreed_on.data,
            approved_by=form.approved_by.data or "",
            form_key=form.key,
        ),
        "The plan is agreed.",
        caption=row.title,
        button="Agree the plan",
        context={
            "words": [
                "Viewers see it from now on. It can still be changed, and each change is a version with a reason."
            ]
        },
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}closure", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def close_plan(partnership: str, plan: str) -> Answer:
    person = acting_person()
    row = the_plan(person, partnership, plan, Permission.PLAN_EDIT)
    form = Confirm(data={"version": row.version})
    page = Page(
        row.partnership,
        "Close the plan",
        base_of(row),
        lambda: operations.close_plan(person, row, form.started_from, form_key=form.key),
        "The plan is closed.",
        caption=row.title,
        button="Close the plan",
        context={"words": ["It can be read for ever, and nobody can report on it or edit it any more."]},
    )
    return answer(form, page)


def _next_states(plan: Plan) -> list[tuple[str, str]]:
    """What the plan may become, as (address, words)."""
    steps = {"draft": ("agreement", "Agree the plan"), "agreed": ("closure", "Close the plan")}
    return [(base_of(plan) + steps[plan.state][0], steps[plan.state][1])] if plan.state in steps else []
