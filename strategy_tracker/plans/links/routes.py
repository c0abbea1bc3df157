"""Links between actions: added, removed."""

from flask import Blueprint

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.errors import Invalid, NotFound
from strategy_tracker.plans.forms import Confirm
from strategy_tracker.plans.links import operations, queries
from strategy_tracker.plans.links.forms import LinkForm
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.plans.models import Action, Plan
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, the_part
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer

blueprint = Blueprint("links", __name__)


@blueprint.route(f"{PLAN}actions/<int:action>/links/new", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def add(partnership: str, plan: str, action: int) -> Answer:
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.STRUCTURE_EDIT, partnership, plan)
    plans = queries.plans_to_link(person, row)
    form = LinkForm()
    form.offer(plans)

    def save() -> None:
        other = _the_other(person, form.chosen_plan(plans), form.number.data or "")
        operations.add_link(person, row, form.chosen_kind, other, form_key=form.key)

    page = Page(
        row.plan.partnership,
        "Link this action to another",
        f"{base_of(row.plan)}actions/{row.id}#links",
        save,
        "The actions are linked. Both pages show it.",
        caption=f"Action {row.number}: {row.text}",
        button="Link",
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}links/<int:link>/remove", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def remove(partnership: str, plan: str, link: int) -> Answer:
    person = acting_person()
    row: ActionLink = the_part(person, ActionLink, link, Permission.STRUCTURE_EDIT, partnership, plan)
    other = queries.readable_actions(person, {row.other_id}).get(row.other_id)
    if other is None:
        raise NotFound
    form = Confirm(data={"version": row.version})
    page = Page(
        row.plan.partnership,
        "Remove a link",
        f"{base_of(row.plan)}actions/{row.action_id}#links",
        lambda: operations.remove_link(person, row, form.started_from, form_key=form.key),
        "The link is removed.",
        caption=f"Action {row.action.number}: {row.action.text}",
        button="Remove the link",
        context={
            "words": [f"{row.kind.capitalize()} {other.number} {other.text}", "Both actions stay as they are."],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


def _the_other(person: Acting, plan: Plan | None, typed: str) -> Action:
    """Raises Invalid with what was not found."""
    if plan is None:
        raise Invalid({"plan": "Select the plan of the other action"})
    found = queries.actions_numbered(person, plan, typed)
    where, number = plan_named(plan), typed.strip()
    if not found:
        raise Invalid({"number": f"There is no action {number} in {where}"})
    if len(found) > 1:
        raise Invalid({"number": f"Several actions in {where} have the number {number}; renumber one first"})
    return found[0]
