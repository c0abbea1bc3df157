"""Outcomes and their timescales."""

from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans import operations
from strategy_tracker.plans.forms import Confirm, OutcomeForm
from strategy_tracker.plans.models import Action, Outcome
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, blueprint, the_part
from strategy_tracker.plans.versions.queries import last_change
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer


@blueprint.route(f"{PLAN}actions/<int:action>/outcomes/new", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def add_outcome(partnership: str, plan: str, action: int) -> Answer:
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.STRUCTURE_EDIT, partnership, plan)
    authorities = partners_of(row.plan.partnership_id)
    form = OutcomeForm()
    form.offer(authorities)
    form.ask_why(row.plan, last_change(person, row.plan))

    def save() -> None:
        operations.add_outcome(
            person,
            row,
            text=form.text.data or "",
            timescale=form.timescale,
            lead=form.chosen_lead(authorities),
            change=form.change,
            form_key=form.key,
        )

    page = Page(
        row.plan.partnership,
        "Add an outcome",
        f"{base_of(row.plan)}actions/{row.id}",
        save,
        "The outcome is added.",
        caption=f"Action {row.number}: {row.text}",
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}outcomes/<int:outcome>/edit", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def edit_outcome(partnership: str, plan: str, outcome: int) -> Answer:
    person = acting_person()
    row: Outcome = the_part(person, Outcome, outcome, Permission.STRUCTURE_EDIT, partnership, plan)
    authorities = partners_of(row.plan.partnership_id, row.lead_id)
    form = _form(row, authorities)
    form.ask_why_it_moves(row.plan, last_change(person, row.plan))

    def save() -> None:
        operations.edit_outcome(
            person,
            row,
            form.started_from,
            text=form.text.data or "",
            timescale=form.timescale,
            lead=form.chosen_lead(authorities),
            change=form.change,
            form_key=form.key,
        )

    base = base_of(row.plan)
    page = Page(
        row.plan.partnership,
        "Edit an outcome",
        f"{base}actions/{row.action_id}",
        save,
        "The outcome is saved.",
        caption=f"Action {row.action.number}: {row.action.text}",
        theirs=lambda now: Theirs(_form(now, authorities, None), now.version, saved_by(now)),
        context={
            "order": f"{base}outcomes/{row.id}/order" if may(person, Permission.STRUCTURE_EDIT, row.action) else "",
            "remove": f"{base}outcomes/{row.id}/remove",
            "moves": Confirm(data={"version": row.version}),
        },
    )
    return answer(form, page)


def _form(row: Outcome, authorities: list[Any], *posted: Any) -> OutcomeForm:
    values = {
        "text": row.text,
        "timescale_kind": row.timescale_kind,
        "due_on": row.due_on,
        "is_quarter": row.due_precision == "quarter",
        "timescale_words": row.timescale_words,
        "lead": str(row.lead_id or ""),
        "version": row.version,
    }
    form = OutcomeForm(*posted, data=values)
    form.offer(authorities)
    if not form.is_submitted() or posted:
        form.show_precision(row.due_precision)
    return form
