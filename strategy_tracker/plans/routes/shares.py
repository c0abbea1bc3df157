"""Which authorities take part in an action, and who answers for each part."""

from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans import operations, queries
from strategy_tracker.plans.forms import ShareForm, SharesForm, offer_shares, ticked
from strategy_tracker.plans.models import Action, Share
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, blueprint, the_part
from strategy_tracker.plans.versions.queries import last_change
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer


@blueprint.route(f"{PLAN}actions/<int:action>/authorities", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def set_shares(partnership: str, plan: str, action: int) -> Answer:
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.STRUCTURE_EDIT, partnership, plan)
    taking_part = [share.authority_id for share in queries.shares(row.plan.id).where(Share.action == row.id)]
    authorities = partners_of(row.plan.partnership_id, *taking_part)
    form = _shares_form(row, authorities)
    form.ask_why(row.plan, last_change(person, row.plan))
    page = Page(
        row.plan.partnership,
        "Authorities that take part",
        f"{base_of(row.plan)}actions/{row.id}",
        lambda: operations.set_shares(
            person,
            row,
            form.started_from,
            ticked(form.authorities, authorities),
            change=form.change,
            form_key=form.key,
        ),
        "The authorities are saved.",
        caption=f"Action {row.number}: {row.text}",
        theirs=lambda now: Theirs(_shares_form(now, authorities, None), now.version, saved_by(now)),
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}shares/<int:share>/edit", methods=["GET", "POST"])
@needs(Permission.SHARE_EDIT)
def edit_share(partnership: str, plan: str, share: int) -> Answer:
    person = acting_person()
    row: Share = the_part(person, Share, share, Permission.SHARE_EDIT, partnership, plan)
    form = _share_form(row)
    page = Page(
        row.plan.partnership,
        f"Who answers for {row.authority.short_name}’s part",
        f"{base_of(row.plan)}actions/{row.action_id}",
        lambda: operations.edit_share(person, row, form.started_from, form.owner, form_key=form.key),
        "The owner is saved.",
        caption=f"Action {row.action.number}: {row.action.text}",
        theirs=lambda now: Theirs(_share_form(now, None), now.version, saved_by(now)),
    )
    return answer(form, page)


def _shares_form(row: Action, authorities: list[Any], *posted: Any) -> SharesForm:
    taking_part = [str(share.authority_id) for share in queries.shares(row.plan.id).where(Share.action == row.id)]
    form = SharesForm(*posted, data={"authorities": taking_part, "version": row.version})
    offer_shares(form.authorities, authorities)
    return form


def _share_form(row: Share, *posted: Any) -> ShareForm:
    values = {"owner_kind": row.owner_kind, "owner_name": row.owner_name, "version": row.version}
    return ShareForm(*posted, data=values)
