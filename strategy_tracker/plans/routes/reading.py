"""Reading: the front page, a partnership, its plan, an action."""

from dataclasses import replace

from flask import render_template, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import may
from strategy_tracker.plans import overview as overviews
from strategy_tracker.plans.action_page import action_page, past_action
from strategy_tracker.plans.attached.page import attached_page
from strategy_tracker.plans.comments.forms import form_for
from strategy_tracker.plans.comments.thread import thread_of
from strategy_tracker.plans.filters import Filter
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.pages import plan_page
from strategy_tracker.plans.routes.blueprint import PLAN, asked_date, asked_view, blueprint, the_part, the_plan
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.web.access import acting_person, needs, the_partnership


@blueprint.get("/p/<partnership>/")
@needs(Permission.PARTNERSHIP_READ)
def overview(partnership: str) -> str:
    person = acting_person()
    here = the_partnership(person, partnership)
    page = overviews.overview(here, person, asked_date())
    return render_template("plans/overview.html", partnership=here, nav="overview", page=page)


@blueprint.get(PLAN)
@needs(Permission.PLAN_READ)
def plan(partnership: str, plan: str) -> str:
    person = acting_person()
    row = the_plan(person, partnership, plan)
    asked = asked_date()
    kept = {"as_at": asked.isoformat()} if asked else {}
    if request.args.get("version"):
        kept["version"] = request.args["version"]
    if request.args.get("notes") == "whole":
        kept["notes"] = "whole"
    if request.args.get("view") == "compare":
        kept["view"] = "compare"
        if request.args.get("by") == "objectives":
            kept["by"] = "objectives"
    page = plan_page(asked_view(row), person, Filter.from_query(request.args), kept)
    may_import = may(person, Permission.PLAN_IMPORT, row)
    return render_template("plans/plan.html", partnership=row.partnership, nav="plan", page=page, may_import=may_import)


@blueprint.get(f"{PLAN}actions/<int:action>")
@needs(Permission.PLAN_READ)
def action(partnership: str, plan: str, action: int) -> str:
    person = acting_person()
    view = asked_view(the_plan(person, partnership, plan)) if request.args else None
    if view is not None and view.is_past:
        page = action_page(past_action(view, action), person, view)
        return render_template("plans/past_action.html", partnership=view.plan.partnership, nav="plan", page=page)
    row: Action = the_part(person, Action, action, Permission.PLAN_READ, partnership, plan)
    page = action_page(row, person, view or view_of(row.plan))
    attached = attached_page(row, person, page.facts.as_at, page.history)
    thread = thread_of(row, person)
    return render_template(
        "plans/action.html",
        partnership=row.plan.partnership,
        nav="plan",
        page=replace(page, history=attached.history),
        milestones=attached.milestones,
        links=attached.links,
        evidence=attached.evidence,
        thread=thread,
        comment_form=form_for(thread.colleagues) if thread and thread.may_write else None,
    )
