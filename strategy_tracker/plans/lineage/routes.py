"""The pages of lineage, and what the page of an action shows of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.plans import queries as plan_queries
from strategy_tracker.plans.lineage import operations, queries
from strategy_tracker.plans.lineage.forms import CarryForm, DescendantForm, PredecessorForm, suggested
from strategy_tracker.plans.lineage.pages import action_lineage, choices_of, lineage_page
from strategy_tracker.plans.lineage.rules import Kind
from strategy_tracker.plans.models import Action, Objective, Plan
from strategy_tracker.plans.pages import address_of, facts_of
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, the_part, the_plan
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer

blueprint = Blueprint("lineage", __name__)
TARGETS: dict[str, Any] = {"plan": Plan, "objective": Objective, "action": Action}


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    return {"lineage_of": lambda action_id, partnership: action_lineage(acting_person(), action_id, partnership.id)}


@blueprint.get(f"{PLAN}lineage")
@needs(Permission.PLAN_READ)
def lineage(partnership: str, plan: str) -> str:
    person = acting_person()
    row = the_plan(person, partnership, plan)
    page = lineage_page(row, person)
    return render_template("plans/lineage/lineage.html", partnership=row.partnership, nav="plan", page=page)


@blueprint.route(f"{PLAN}lineage/new", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def begin_plan(partnership: str, plan: str) -> Answer:
    person = acting_person()
    row = the_plan(person, partnership, plan, Permission.PLAN_EDIT, even_closed=True)
    groups, follower = choices_of(row), queries.successor_of(person, row.id)
    form = DescendantForm(data=suggested(row, groups, is_followed=follower is not None))
    form.offer(groups)
    only_copies = follower is not None and form.kind.data != Kind.SUCCESSOR
    if only_copies:
        form.offer_copy_alone()
    if only_copies or row.state == "closed":
        del form.tell, form.reason

    def save() -> None:
        operations.begin_plan(
            person,
            row,
            Kind(form.kind.data),
            **form.said,
            actions=[one for one in queries.actions_of(row.id) if str(one.id) in (form.actions.data or [])],
            reason=form.reason.data if form.is_told else None,
            form_key=form.key,
        )

    page = Page(
        row.partnership,
        f"New plan from {row.title}",
        f"{base_of(row)}lineage",
        save,
        "The plan is made, as a draft. Check its words and dates before it is agreed.",
        button="Make the plan",
        template="plans/lineage/new.html",
        context={"groups": groups, "follower": follower, "source": row},
    )
    if wish := request.form.get("tick"):
        form.retick(wish, groups)
        return render_template(
            page.template, form=form, page=page, partnership=row.partnership, nav="plan", errors=False, **page.context
        )
    reply = answer(form, page)
    if isinstance(reply, Response):
        return redirect(address_of(row.partnership.slug, (form.slug.data or "").strip()))
    return reply


@blueprint.route(f"{PLAN}lineage/predecessor", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def set_predecessor(partnership: str, plan: str) -> Answer:
    person = acting_person()
    row = the_plan(person, partnership, plan, Permission.PLAN_EDIT, even_closed=True)
    others = [one for one in queries.plans_seen(person, row.partnership_id) if one.id != row.id]
    form = PredecessorForm()
    form.offer(others)
    page = Page(
        row.partnership,
        "The plan before this one",
        f"{base_of(row)}lineage",
        lambda: operations.set_predecessor(
            person,
            row,
            next(one for one in others if str(one.id) == form.predecessor.data),
            form_key=form.key,
        ),
        "The two plans are linked. Actions can now be carried forward from one to the other.",
        caption=row.title,
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}actions/<int:action>/carrying", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def carry_forward(partnership: str, plan: str, action: int) -> Answer:
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.PLAN_EDIT, partnership, plan, even_closed=True)
    into, back = queries.successor_of(person, row.plan.id), f"{base_of(row.plan)}actions/{row.id}"
    if into is None or into.state == "closed":
        flash(
            "There is no plan yet that follows this one. Make it first, or say which it is."
            if into is None
            else f"{into.title} is closed: no action can be carried forward into it."
        )
        return redirect(f"{base_of(row.plan)}lineage")
    form = CarryForm()
    linked = {after for before, after in queries.links_from(row.plan.id) if before == row.id}
    actions = [one for one in queries.actions_of(into.id) if one.id not in linked]
    form.offer(into, plan_queries.objectives(into.id), actions, row.objective.title)
    if row.plan.state == "closed":
        del form.tell
    reasons = [
        "Each report of “carried forward” gives it" if "tell" in form else "",
        "The plan that follows is agreed: a new action there is a version of it with this reason"
        if into.state == "agreed"
        else "",
    ]
    form.reason.description = ". ".join(filter(None, reasons))

    def save() -> None:
        kind, number = form.chosen
        target = the_part(person, TARGETS[kind], number, Permission.PLAN_EDIT, partnership, into.slug)
        operations.carry_forward(
            person,
            row,
            target,
            reason=form.reason.data or "",
            tell=bool("tell" in form and form.tell.data),
            form_key=form.key,
        )

    page = Page(
        row.plan.partnership,
        f"Carry action {row.number} forward",
        back,
        save,
        f"Action {row.number} goes on in {into.title}.",
        caption=f"{row.number} {row.text}",
        button="Carry it forward",
        context={
            "words": [
                f"Into {into.title}, {facts_of(into, into.period_to).period}.",
                "Its outcomes, authorities and owners are copied, and its dates stay as they are.",
                "What was said stays here, and the new action shows it.",
            ]
        },
    )
    return answer(form, page)
