"""Who takes part in a partnership."""

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import load, may
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.queries import current_memberships
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.errors import Forbidden, Invalid, NotFound, Repeated
from strategy_tracker.people import operations
from strategy_tracker.people.forms import EndForm, MemberForm
from strategy_tracker.web.access import acting_person, needs

blueprint = Blueprint("people", __name__, url_prefix="/p/<partnership>/people")


@blueprint.get("/")
@needs(Permission.PEOPLE_READ)
def members(partnership: str) -> str:
    person = acting_person()
    return _list(person, _partnership(person, partnership), MemberForm())


@blueprint.post("/")
@needs(Permission.MEMBERSHIP_MANAGE)
def add(partnership: str) -> str | Response | tuple[str, int]:
    person = acting_person()
    here, form = _partnership(person, partnership), MemberForm()
    authorities = partners_of(here.id)
    roles = operations.manageable_roles(person, here.id, [authority.id for authority in authorities])
    if not roles:
        raise Forbidden
    form.offer(roles, authorities)
    if not form.validate_on_submit():
        return _list(person, here, form)
    role, authority_id = form.chosen
    authority = next((authority for authority in authorities if authority.id == authority_id), None)
    try:
        added = operations.add_member(
            person, here, authority, role, email=form.email.data or "", name=form.name.data or "", form_key=form.key
        )
    except Invalid as error:
        form.refuse(error.problems)
        return _list(person, here, form)
    except Repeated:
        return redirect(f"/p/{here.slug}/people/")
    if added.first_password is None:
        flash(f"{added.person.name} is now {role.label.lower()}{f' of {authority.short_name}' if authority else ''}.")
        return redirect(f"/p/{here.slug}/people/")
    return render_template("people/added.html", partnership=here, added=added, authority=authority, nav="people")


@blueprint.route("/<int:membership>/end", methods=["GET", "POST"])
@needs(Permission.MEMBERSHIP_MANAGE)
def end(partnership: str, membership: int) -> str | Response:
    person = acting_person()
    here = _partnership(person, partnership)
    row = load(person, Membership, membership, Permission.MEMBERSHIP_MANAGE, Membership.partnership == here)
    form = EndForm(data={"version": row.version})
    if not form.validate_on_submit():
        return render_template("people/end.html", partnership=here, membership=row, form=form, nav="people")
    operations.end_membership(person, row, form.started_from, form_key=form.key)
    flash(f"{row.person.name} is no longer {row.role.replace('-', ' ')}{_of(row.authority)}.")
    return redirect(f"/p/{here.slug}/people/" if row.person_id != person.id else "/")


def _list(person: Acting, partnership: Partnership, form: MemberForm) -> str:
    authorities = partners_of(partnership.id)
    roles = operations.manageable_roles(person, partnership.id, [authority.id for authority in authorities])
    form.offer(roles, authorities)
    memberships = list(current_memberships(partnership.id))
    return render_template(
        "people/members.html",
        partnership=partnership,
        nav="people",
        form=form if roles else None,
        memberships=memberships,
        may_end={row.id for row in memberships if may(person, Permission.MEMBERSHIP_MANAGE, row)},
    )


def _partnership(person: Acting, slug: str) -> Partnership:
    """The partnership whose people this person may see; the administrator sees them without seeing its contents."""
    here = Partnership.get_or_none(Partnership.slug == slug)
    if here is None or not allows(person, Permission.PEOPLE_READ, Place(here.id)):
        raise NotFound
    return here


def _of(authority: Authority | None) -> str:
    return f" of {authority.short_name}" if authority else ""
