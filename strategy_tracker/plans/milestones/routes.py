"""Milestones: added, edited, done, reopened, removed."""

from typing import Any

from flask import Blueprint

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans.attached.operations import require_write
from strategy_tracker.plans.attached.queries import own_shares
from strategy_tracker.plans.milestones import operations
from strategy_tracker.plans.milestones.forms import (
    DoneForm,
    EditMilestoneForm,
    MilestoneForm,
    WholeActionMilestoneForm,
)
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.milestones.queries import due_of
from strategy_tracker.plans.models import Action, Share
from strategy_tracker.plans.pages import effective_date
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, the_part
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import ReasonForm

blueprint = Blueprint("milestones", __name__)
ONE = f"{PLAN}milestones/<int:milestone>/"


@blueprint.route(f"{PLAN}actions/<int:action>/milestones/new", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def add_to_action(partnership: str, plan: str, action: int) -> Answer:
    """Of the whole action, or of a share for which the person may write."""
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.STRUCTURE_EDIT, partnership, plan)
    shares = own_shares(person, row)
    form = WholeActionMilestoneForm()
    form.offer_shares(shares)
    return _add(form, row, lambda: form.chosen_share(shares))


@blueprint.route(f"{PLAN}shares/<int:share>/milestones/new", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def add_to_share(partnership: str, plan: str, share: int) -> Answer:
    row: Share = the_part(acting_person(), Share, share, Permission.PROGRESS_WRITE, partnership, plan)
    return _add(MilestoneForm(), row.action, lambda: row, f" for {row.authority.short_name}")


@blueprint.route(f"{ONE}edit", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def edit(partnership: str, plan: str, milestone: int) -> Answer:
    row = _milestone(partnership, plan, milestone)
    form = _form(row)

    def save() -> None:
        operations.edit_milestone(
            acting_person(),
            row,
            form.started_from,
            text=form.text.data or "",
            due=form.due,
            owner=form.owner,
            reason=form.reason.data or "",
            form_key=form.key,
        )

    page = Page(
        row.plan.partnership,
        "Edit a milestone",
        _back(row),
        save,
        "The milestone is saved.",
        caption=_caption(row.action),
        theirs=lambda now: Theirs(_form(now, None), now.version, saved_by(now)),
        context={"remove": f"{_base(row)}remove"},
    )
    return answer(form, page)


@blueprint.route(f"{ONE}completion", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def complete(partnership: str, plan: str, milestone: int) -> Answer:
    row = _milestone(partnership, plan, milestone)
    form = _done_form(row)

    def save() -> str:
        done_on: Any = form.done_on.data
        operations.complete_milestone(acting_person(), row, form.started_from, done_on=done_on, form_key=form.key)
        shown = effective_date(row.plan, None)
        if done_on <= shown:
            return ""
        return (
            f"The plan is shown as at {clock.long_date(shown)}: it was not done then, and does not stand as done there."
        )

    page = Page(
        row.plan.partnership,
        "Mark a milestone as done",
        _back(row),
        save,
        "The milestone is done.",
        caption=_caption(row.action),
        button="Mark as done",
        theirs=lambda now: Theirs(_done_form(now, None), now.version, saved_by(now)),
        context={
            "words": [f"{row.text}, due by {due_of(row).shown}"],
            "states": [(f"{_base(row)}reopening", "It is not done after all")] if row.done_on else [],
        },
    )
    return answer(form, page)


@blueprint.route(f"{ONE}reopening", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def reopen(partnership: str, plan: str, milestone: int) -> Answer:
    row = _milestone(partnership, plan, milestone)
    form = ReasonForm(data={"version": row.version})
    page = Page(
        row.plan.partnership,
        "Open a milestone again",
        _back(row),
        lambda: operations.reopen_milestone(
            acting_person(), row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The milestone is open again.",
        caption=_caption(row.action),
        button="Open it again",
        theirs=lambda now: Theirs(ReasonForm(None), now.version, saved_by(now)),
        context={"words": [f"{row.text}, due by {due_of(row).shown}"]},
    )
    return answer(form, page)


@blueprint.route(f"{ONE}remove", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def remove(partnership: str, plan: str, milestone: int) -> Answer:
    row = _milestone(partnership, plan, milestone)
    form = ReasonForm(data={"version": row.version})
    page = Page(
        row.plan.partnership,
        "Remove a milestone",
        _back(row),
        lambda: operations.remove_milestone(
            acting_person(), row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The milestone is removed.",
        caption=_caption(row.action),
        button="Remove the milestone",
        theirs=lambda now: Theirs(ReasonForm(None), now.version, saved_by(now)),
        context={
            "words": [f"{row.text}, due by {due_of(row).shown}", "What became of it stays in the action’s history."],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


def _add(form: MilestoneForm, action: Action, share: Any, whose: str = "") -> Answer:
    def save() -> None:
        operations.add_milestone(
            acting_person(),
            action,
            share(),
            text=form.text.data or "",
            due=form.due,
            owner=form.owner,
            form_key=form.key,
        )

    page = Page(
        action.plan.partnership,
        f"Add a milestone{whose}",
        f"{base_of(action.plan)}actions/{action.id}#milestones",
        save,
        "The milestone is added.",
        caption=_caption(action),
    )
    return answer(form, page)


def _milestone(partnership: str, plan: str, number: int) -> Milestone:
    """Raises NotFound, and Forbidden for one of the whole action where the person writes for a share alone."""
    person = acting_person()
    row: Milestone = the_part(person, Milestone, number, Permission.PROGRESS_WRITE, partnership, plan)
    require_write(person, row)
    return row


def _base(row: Milestone) -> str:
    return f"{base_of(row.plan)}milestones/{row.id}/"


def _back(row: Milestone) -> str:
    return f"{base_of(row.plan)}actions/{row.action_id}#milestones"


def _caption(action: Action) -> str:
    return f"Action {action.number}: {action.text}"


def _form(row: Milestone, *posted: Any) -> EditMilestoneForm:
    values = {
        "text": row.text,
        "due_on": row.due_on,
        "is_quarter": row.due_precision == "quarter",
        "owner_kind": row.owner_kind,
        "owner_name": row.owner_name,
        "version": row.version,
    }
    form = EditMilestoneForm(*posted, data=values)
    if not form.is_submitted() or posted:
        form.show_precision(row.due_precision)
    return form


def _done_form(row: Milestone, *posted: Any) -> DoneForm:
    day = row.done_on or min(effective_date(row.plan, None), clock.today())
    return DoneForm(*posted, data={"done_on": day, "version": row.version})
