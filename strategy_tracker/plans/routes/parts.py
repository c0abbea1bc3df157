"""Objectives and actions: added, edited, put in order, removed."""

from typing import Any

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.errors import Invalid, Repeated
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans import operations
from strategy_tracker.plans.forms import ActionForm, Confirm, ConfirmChange, NewActionForm, ObjectiveForm, ticked
from strategy_tracker.plans.models import Action, Objective, Outcome
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, blueprint, the_part, the_plan
from strategy_tracker.plans.routes.places import address_after
from strategy_tracker.plans.versions.queries import last_change
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer

Part = Objective | Action | Outcome
IN_ORDER = Change("Put in another order")


@blueprint.route(f"{PLAN}objectives/new", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def add_objective(partnership: str, plan: str) -> Answer:
    person = acting_person()
    row = the_plan(person, partnership, plan, Permission.PLAN_EDIT)
    authorities = partners_of(row.partnership_id)
    form = ObjectiveForm()
    form.offer(authorities)
    form.ask_why(row, last_change(person, row))

    def save() -> None:
        operations.add_objective(
            person,
            row,
            title=form.title.data or "",
            number=form.number.data or "",
            lead=form.chosen_lead(authorities),
            change=form.change,
            form_key=form.key,
        )

    page = Page(row.partnership, "Add an objective", base_of(row), save, "The objective is added.", caption=row.title)
    return answer(form, page)


@blueprint.route(f"{PLAN}objectives/<int:objective>/edit", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def edit_objective(partnership: str, plan: str, objective: int) -> Answer:
    person = acting_person()
    row: Objective = the_part(person, Objective, objective, Permission.STRUCTURE_EDIT, partnership, plan)
    authorities = partners_of(row.plan.partnership_id, row.lead_id)
    form = _objective_form(row, authorities)
    form.ask_why(row.plan, last_change(person, row.plan))

    def save() -> None:
        operations.edit_objective(
            person,
            row,
            form.started_from,
            title=form.title.data or "",
            number=form.number.data or row.number,
            lead=form.chosen_lead(authorities),
            change=form.change,
            form_key=form.key,
        )

    page = Page(
        row.plan.partnership,
        f"Edit objective {row.number}",
        f"{base_of(row.plan)}#o{row.id}",
        save,
        "The objective is saved.",
        theirs=lambda now: Theirs(_objective_form(now, authorities, None), now.version, saved_by(now)),
        context=_around(person, row, f"objectives/{row.id}"),
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}objectives/<int:objective>/actions/new", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def add_action(partnership: str, plan: str, objective: int) -> Answer:
    person = acting_person()
    row: Objective = the_part(person, Objective, objective, Permission.STRUCTURE_EDIT, partnership, plan)
    authorities = partners_of(row.plan.partnership_id)
    form = NewActionForm()
    form.offer(authorities)
    form.ask_why(row.plan, last_change(person, row.plan))

    def save() -> None:
        operations.add_action(
            person,
            row,
            text=form.text.data or "",
            number=form.number.data or "",
            lead=form.chosen_lead(authorities),
            owner=form.owner,
            authorities=ticked(form.authorities, authorities),
            change=form.change,
            form_key=form.key,
        )

    page = Page(
        row.plan.partnership,
        "Add an action",
        f"{base_of(row.plan)}#o{row.id}",
        save,
        "The action is added. Open it to add its outcomes.",
        caption=f"Objective {row.number}: {row.title}",
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}actions/<int:action>/edit", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def edit_action(partnership: str, plan: str, action: int) -> Answer:
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.STRUCTURE_EDIT, partnership, plan)
    authorities = partners_of(row.plan.partnership_id, row.lead_id)
    form = _action_form(row, authorities)
    form.ask_why(row.plan, last_change(person, row.plan))

    def save() -> None:
        operations.edit_action(
            person,
            row,
            form.started_from,
            text=form.text.data or "",
            number=form.number.data or row.number,
            lead=form.chosen_lead(authorities),
            owner=form.owner,
            change=form.change,
            form_key=form.key,
        )

    page = Page(
        row.plan.partnership,
        f"Edit action {row.number}",
        f"{base_of(row.plan)}actions/{row.id}",
        save,
        "The action is saved.",
        caption=f"Objective {row.objective.number}: {row.objective.title}",
        theirs=lambda now: Theirs(_action_form(now, authorities, None), now.version, saved_by(now)),
        context=_around(person, row, f"actions/{row.id}"),
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}objectives/<int:objective>/remove", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def remove_objective(partnership: str, plan: str, objective: int) -> Answer:
    return _remove(Objective, objective, Permission.PLAN_EDIT, partnership, plan)


@blueprint.route(f"{PLAN}actions/<int:action>/remove", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def remove_action(partnership: str, plan: str, action: int) -> Answer:
    return _remove(Action, action, Permission.STRUCTURE_EDIT, partnership, plan)


@blueprint.route(f"{PLAN}outcomes/<int:outcome>/remove", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def remove_outcome(partnership: str, plan: str, outcome: int) -> Answer:
    return _remove(Outcome, outcome, Permission.STRUCTURE_EDIT, partnership, plan)


@blueprint.post(f"{PLAN}objectives/<int:objective>/order")
@needs(Permission.PLAN_EDIT)
def move_objective(partnership: str, plan: str, objective: int) -> Response:
    return _move(Objective, objective, Permission.PLAN_EDIT, partnership, plan)


@blueprint.post(f"{PLAN}actions/<int:action>/order")
@needs(Permission.STRUCTURE_EDIT)
def move_action(partnership: str, plan: str, action: int) -> Response:
    return _move(Action, action, Permission.STRUCTURE_EDIT, partnership, plan)


@blueprint.post(f"{PLAN}outcomes/<int:outcome>/order")
@needs(Permission.STRUCTURE_EDIT)
def move_outcome(partnership: str, plan: str, outcome: int) -> Response:
    return _move(Outcome, outcome, Permission.STRUCTURE_EDIT, partnership, plan)


def _remove(model: Any, number: int, permission: Permission, partnership: str, plan: str) -> Answer:
    person = acting_person()
    row: Part = the_part(person, model, number, permission, partnership, plan)
    form = ConfirmChange(data={"version": row.version})
    form.ask_why(row.plan, last_change(person, row.plan))
    name = _name(row)
    page = Page(
        row.plan.partnership,
        f"Remove {name} from the plan",
        address_after(row),
        lambda: operations.remove(person, row, form.started_from, change=form.change, form_key=form.key),
        f"{name[:1].upper()}{name[1:]} is removed.",
        button=f"Remove {name}",
        context={
            "words": [getattr(row, "text", "") or getattr(row, "title", ""), *_lost(row)],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


def _move(model: Any, number: int, permission: Permission, partnership: str, plan: str) -> Response:
    person, form = acting_person(), Confirm()
    row: Part = the_part(person, model, number, permission, partnership, plan)
    try:
        is_moved = operations.move(
            person, row, form.started_from, up=request.form.get("way") == "up", change=IN_ORDER, form_key=form.key
        )
        flash("The order is changed." if is_moved else "It stands at the end already.")
    except Invalid as error:
        flash(str(error))
    except Repeated:
        pass
    return redirect(address_after(row, is_there=True))


def _name(row: Part) -> str:
    if isinstance(row, Outcome):
        return f"an outcome of action {row.action.number}"
    return f"{type(row).__name__.lower()} {row.number}"


def _lost(row: Part) -> list[str]:
    inside = {Objective: "Its actions go with it. ", Action: "Its outcomes go with it. ", Outcome: ""}[type(row)]
    return [f"{inside}What was said about it stays in its history, and no longer counts."]


def _around(person: Acting, row: Objective | Action, place: str) -> dict[str, Any]:
    """What stands beside the form, where the person may do it: the order, and removal."""
    whole = isinstance(row, Objective)
    permission = Permission.PLAN_EDIT if whole else Permission.STRUCTURE_EDIT
    address = f"{base_of(row.plan)}{place}"
    return {
        "order": f"{address}/order" if may(person, permission, row.plan if whole else row.objective) else "",
        "remove": f"{address}/remove" if may(person, permission, row) else "",
        "moves": Confirm(data={"version": row.version}),
    }


def _objective_form(row: Objective, authorities: list[Any], *posted: Any) -> ObjectiveForm:
    values = {"number": row.number, "title": row.title, "lead": str(row.lead_id or ""), "version": row.version}
    form = ObjectiveForm(*posted, data=values)
    form.number.description = ""
    form.offer(authorities)
    return form


def _action_form(row: Action, authorities: list[Any], *posted: Any) -> ActionForm:
    values = {
        "number": row.number,
        "text": row.text,
        "lead": str(row.lead_id or ""),
        "owner_kind": row.owner_kind,
        "owner_name": row.owner_name,
        "version": row.version,
    }
    form = ActionForm(*posted, data=values)
    form.number.description = ""
    form.offer(authorities)
    return form
