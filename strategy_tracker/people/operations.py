"""Who takes part: partnerships, authorities and memberships, each change on record."""

import secrets
from dataclasses import dataclass

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, Acting, Place, allows
from strategy_tracker.access.scope import require
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.operations import create_membership, find_or_create_person, finish_membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.accounts.sign_in import set_password
from strategy_tracker.authorities.models import Authority, Nation, Partnership
from strategy_tracker.authorities.operations import create_authority, create_partnership
from strategy_tracker.errors import Forbidden, Invalid


@dataclass(frozen=True)
class Added:
    """A new membership. `first_password` is None where the person was known and keeps hers."""

    membership: Membership
    person: Person
    first_password: str | None


def add_partnership(person: Acting, slug: str, name: str) -> Partnership:
    """Raises Forbidden to all but the command line, Invalid."""
    if person is not OPERATOR:
        raise Forbidden
    with history.writing(person):
        partnership = create_partnership(slug, name)
        history.record(person, partnership.id, "partnership added", partnership, after={"slug": slug, "name": name})
    return partnership


def add_authority(
    person: Acting,
    partnership: Partnership,
    slug: str,
    name: str,
    short_name: str,
    nation: str = Nation.ENGLAND,
    *,
    form_key: str | None = None,
) -> Authority:
    """A new partner. Raises Forbidden, Invalid."""
    require(person, Permission.AUTHORITY_MANAGE, partnership)
    with history.writing(person, form_key):
        authority = create_authority(partnership, slug, name, short_name, nation)
        after = {"slug": slug, "name": authority.name, "short_name": authority.short_name, "nation": nation}
        history.record(person, partnership.id, "authority added", authority, after=after)
    return authority


def add_member(
    person: Acting,
    partnership: Partnership | None,
    authority: Authority | None,
    role: Role,
    *,
    email: str,
    name: str,
    password: str | None = None,
    form_key: str | None = None,
) -> Added:
    """Gives somebody a role; a stranger becomes a person, with a made-up first password unless one is given.

    Raises Forbidden, and Invalid with every problem of the person or of the role.
    """
    _require_to_manage(person, partnership, authority, role)
    first = password or secrets.token_urlsafe(12)
    with history.writing(person, form_key):
        member, is_new = find_or_create_person(email, name, first)
        membership = create_membership(member, role, partnership, authority)
        _record(person, "membership added", membership)
    return Added(membership, member, first if is_new and password is None else None)


def end_membership(person: Acting, membership: Membership, version: int, *, form_key: str | None = None) -> None:
    """Takes a role away from somebody. Raises Forbidden, Conflict."""
    require(person, Permission.MEMBERSHIP_MANAGE, membership)
    with history.writing(person, form_key):
        finish_membership(membership, version)
        _record(person, "membership ended", membership)


def move_membership(person: Acting, membership: Membership, authority: Authority) -> None:
    """Gives the same role in another authority of the partnership, and ends this one. The person keeps her sign-in.

    Where she has that role there already, only this one ends. Raises Forbidden, Conflict.
    """
    require(person, Permission.MEMBERSHIP_MANAGE, membership)
    with history.writing(person):
        finish_membership(membership, membership.version)
        _record(person, "membership ended", membership)
        try:
            moved = create_membership(membership.person, Role(membership.role), membership.partnership, authority)
        except Invalid:
            return
        _record(person, "membership added", moved)


def reset_password(person: Acting, member: Person, password: str | None = None) -> str | None:
    """For somebody who forgot hers: sets the password, or makes one up and returns it, and ends her sessions.

    Raises Forbidden to all but the command line, Invalid.
    """
    if person is not OPERATOR:
        raise Forbidden
    made = None if password is not None else secrets.token_urlsafe(12)
    with history.writing(person):
        set_password(member, made or password or "")
        history.record(person, None, "password reset", member)
    return made


def manageable_roles(person: Acting, partnership_id: int, authority_ids: list[int]) -> list[tuple[Role, int | None]]:
    """Every role that this person may give in a partnership, with the authority it is held in (None: none)."""
    offered: list[tuple[Role, int | None]] = []
    if _may_manage(person, partnership_id, None):
        offered += [(role, None) for role in (Role.COORDINATOR, Role.STEERING_MEMBER, Role.VIEWER)]
    for authority_id in authority_ids:
        if _may_manage(person, partnership_id, authority_id):
            offered += [(role, authority_id) for role in (Role.OFFICER, Role.LEAD, Role.VIEWER)]
    return offered


def _may_manage(person: Acting, partnership_id: int, authority_id: int | None) -> bool:
    return allows(person, Permission.MEMBERSHIP_MANAGE, Place(partnership_id, authority_id))


def _require_to_manage(
    person: Acting, partnership: Partnership | None, authority: Authority | None, role: Role
) -> None:
    if partnership is None or role is Role.ADMINISTRATOR:
        allowed = person is OPERATOR
    else:
        allowed = _may_manage(person, partnership.id, authority.id if authority else None)
    if not allowed:
        raise Forbidden


def _record(person: Acting, verb: str, membership: Membership) -> None:
    history.record(
        person,
        membership.partnership_id,
        verb,
        membership,
        member=membership.person_id,
        role=membership.role,
        authority=membership.authority_id,
    )
