"""The roles of a membership, and what each is a role in."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in an authority, in the partnership, in an agreement, or over the installation."""

    OFFICER = "officer"
    LEAD = "lead"
    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    STEERING_MEMBER = "steering-member"
    PROVIDER = "provider"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


IN_AUTHORITY = frozenset({Role.OFFICER, Role.LEAD, Role.VIEWER})
IN_PARTNERSHIP = frozenset({Role.COORDINATOR, Role.STEERING_MEMBER, Role.VIEWER, Role.PROVIDER})


def problem_with_place(role: Role, has_partnership: bool, has_authority: bool) -> str | None:
    """Why a membership with this role cannot be held there; None where it can."""
    if role is Role.ADMINISTRATOR:
        return "An administrator belongs to no partnership" if has_partnership else None
    if not has_partnership:
        return f"{role.label}: say in which partnership"
    if has_authority and role not in IN_AUTHORITY:
        return f"{role.label} is a role in the partnership, not in an authority"
    if not has_authority and role not in IN_PARTNERSHIP:
        return f"{role.label} is a role in an authority: say in which"
    return None
