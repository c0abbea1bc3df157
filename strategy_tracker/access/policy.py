"""The whole access policy: who may do what, and to whose.

The source is the table "Roles and what they may do" of the product's description. STRUCTURE_EDIT for a lead
is wider than that table: the lead authority of an objective, action or outcome keeps its words. A risk is private to
its authority until it is shared with the partnership, which settles it, or put forward to the steering group, which
raises it.
"""

from dataclasses import dataclass
from enum import Enum

from strategy_tracker.access.permissions import Permission
from strategy_tracker.accounts.models import Grant, Person
from strategy_tracker.accounts.roles import Role


class Extent(Enum):
    """How far a permission reaches."""

    ALL = "all"
    OWN = "own authority's"
    SETTLED = "agreed only"
    OWN_OR_SETTLED = "own authority's, and what is shared"
    RAISED = "what is shared or escalated"


ALL, OWN, SETTLED = Extent.ALL, Extent.OWN, Extent.SETTLED
OWN_OR_SETTLED, RAISED = Extent.OWN_OR_SETTLED, Extent.RAISED

INTERNAL = {Role.OFFICER: ALL, Role.LEAD: ALL, Role.COORDINATOR: ALL, Role.STEERING_MEMBER: ALL}
"""What those who work in the partnership say to each other: it does not exist for anybody else."""

POLICY: dict[Permission, dict[Role, Extent]] = {
    Permission.PARTNERSHIP_READ: {
        Role.OFFICER: ALL,
        Role.LEAD: ALL,
        Role.VIEWER: ALL,
        Role.COORDINATOR: ALL,
        Role.STEERING_MEMBER: ALL,
    },
    Permission.PEOPLE_READ: {
        Role.OFFICER: ALL,
        Role.LEAD: ALL,
        Role.COORDINATOR: ALL,
        Role.STEERING_MEMBER: ALL,
        Role.ADMINISTRATOR: ALL,
    },
    Permission.MEMBERSHIP_MANAGE: {Role.LEAD: OWN, Role.COORDINATOR: ALL, Role.ADMINISTRATOR: ALL},
    Permission.AUTHORITY_MANAGE: {Role.COORDINATOR: ALL, Role.ADMINISTRATOR: ALL},
    Permission.GLOSSARY_EDIT: {Role.COORDINATOR: ALL},
    Permission.PLAN_READ: {
        Role.OFFICER: ALL,
        Role.LEAD: ALL,
        Role.VIEWER: SETTLED,
        Role.COORDINATOR: ALL,
        Role.STEERING_MEMBER: ALL,
    },
    Permission.PLAN_EDIT: {Role.COORDINATOR: ALL},
    Permission.PLAN_IMPORT: {Role.COORDINATOR: ALL},
    Permission.STRUCTURE_EDIT: {Role.LEAD: OWN, Role.COORDINATOR: ALL},
    Permission.SHARE_EDIT: {Role.LEAD: OWN, Role.COORDINATOR: ALL},
    Permission.PROGRESS_WRITE: {Role.OFFICER: OWN, Role.LEAD: OWN, Role.COORDINATOR: ALL},
    Permission.QUARTER_READ: INTERNAL,
    Permission.QUARTER_EDIT: {Role.COORDINATOR: ALL},
    Permission.RETURN_SUBMIT: {Role.LEAD: OWN, Role.COORDINATOR: ALL},
    Permission.RETURN_ACCEPT: {Role.COORDINATOR: ALL},
    Permission.MAIL_READ: {Role.COORDINATOR: ALL},
    Permission.REPORT_READ: INTERNAL | {Role.VIEWER: SETTLED},
    Permission.REPORT_EDIT: {Role.COORDINATOR: ALL},
    Permission.REPORT_APPROVE: {Role.COORDINATOR: ALL, Role.STEERING_MEMBER: ALL},
    Permission.JOB_MANAGE: {Role.COORDINATOR: ALL},
    Permission.COMMENT_READ: INTERNAL,
    Permission.COMMENT_WRITE: INTERNAL,
    Permission.MEETING_READ: INTERNAL,
    Permission.MEETING_EDIT: {Role.COORDINATOR: ALL},
    Permission.DECISION_WRITE: {Role.COORDINATOR: ALL, Role.STEERING_MEMBER: ALL},
    Permission.DECISION_ANSWER: {
        Role.OFFICER: OWN,
        Role.LEAD: OWN,
        Role.COORDINATOR: ALL,
        Role.STEERING_MEMBER: ALL,
    },
    Permission.REGISTER_READ: INTERNAL | {Role.VIEWER: ALL},
    Permission.REGISTER_EDIT: {Role.LEAD: OWN, Role.COORDINATOR: ALL},
    Permission.REGISTER_CLOSE: {Role.LEAD: OWN, Role.COORDINATOR: RAISED},
    Permission.RISK_READ: {
        Role.OFFICER: OWN_OR_SETTLED,
        Role.LEAD: OWN_OR_SETTLED,
        Role.VIEWER: SETTLED,
        Role.COORDINATOR: RAISED,
        Role.STEERING_MEMBER: RAISED,
    },
    Permission.RISK_WRITE: {Role.OFFICER: OWN, Role.LEAD: OWN, Role.COORDINATOR: RAISED},
    Permission.RISK_SHARE: {Role.LEAD: OWN},
    Permission.RISK_ACCEPT: {Role.LEAD: OWN, Role.COORDINATOR: RAISED},
    Permission.ESCALATION_DECIDE: {Role.LEAD: OWN, Role.COORDINATOR: RAISED, Role.STEERING_MEMBER: RAISED},
}


@dataclass(frozen=True)
class Place:
    """Where a row stands: in which partnership, and whose it is (None: nobody's own).

    `is_settled`: it is agreed or later, or shared with all. `is_raised`: the steering group has been told of it.
    """

    partnership_id: int
    authority_id: int | None = None
    is_settled: bool = True
    is_raised: bool = True


class Operator:
    """Whoever holds the machine and types the commands; may do all, and is named as the command line."""

    id = None
    name = "Command line"
    salt = ""
    grants: tuple[Grant, ...] = ()


OPERATOR = Operator()
Acting = Person | Operator
"""Who acts: a person, or the operator of the command line."""


def extents(
    grants: tuple[Grant, ...], permission: Permission, partnership_id: int | None
) -> set[tuple[Extent, int | None]]:
    """What the grants in a partnership add up to: each extent, with the authority it is held for."""
    held = POLICY[permission]
    return {
        (held[grant.role], grant.authority_id)
        for grant in grants
        if grant.role in held and (grant.partnership_id == partnership_id or grant.role is Role.ADMINISTRATOR)
    }


def allows(person: Acting, permission: Permission, place: Place) -> bool:
    """Whether this person may do this there."""
    if person is OPERATOR:
        return True
    return any(
        reaches(extent, authority_id, place)
        for extent, authority_id in extents(person.grants, permission, place.partnership_id)
    )


def reaches(extent: Extent, authority_id: int | None, place: Place) -> bool:
    """Whether an extent that is held for an authority (None: in the partnership) takes in what stands there."""
    is_own = authority_id is not None and authority_id == place.authority_id
    match extent:
        case Extent.ALL:
            return True
        case Extent.SETTLED:
            return place.is_settled
        case Extent.RAISED:
            return place.is_raised
        case Extent.OWN:
            return is_own
        case Extent.OWN_OR_SETTLED:
            return is_own or place.is_settled


def acts_for_another(person: Acting, permission: Permission, place: Place) -> bool:
    """Whether the permission comes from the partnership alone, so that the act is on the authority's behalf."""
    held = extents(person.grants, permission, place.partnership_id)
    return place.authority_id not in {each for extent, each in held if extent in (OWN, OWN_OR_SETTLED)}
