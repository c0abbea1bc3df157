"""Who can answer for a decision: somebody who may read it, an authority, or a post in words."""

from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place, allows
from strategy_tracker.accounts.models import Grant, Person
from strategy_tracker.accounts.queries import current_memberships
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority


@dataclass(frozen=True)
class Candidate:
    """A person of the partnership. `authority` is the first that she acts in; None: she acts in the partnership."""

    person: Person
    authority: Authority | None
    place: str

    @property
    def label(self) -> str:
        return f"{self.person.name}, {self.place}"


@dataclass(frozen=True)
class Answerable:
    """The owner of a decision: a person, or else an authority, a post in words, or both."""

    person: Person | None = None
    authority: Authority | None = None
    words: str = ""


def candidates_of(partnership_id: int) -> tuple[Candidate, ...]:
    """Who may read decisions now: the partnership's own people first, then authority by authority."""
    held: dict[int, list[tuple[Grant, Person, Authority | None]]] = {}
    for one in current_memberships(partnership_id):
        authority = one.authority if one.authority_id else None
        grant = Grant(Role(one.role), one.partnership_id, one.authority_id)
        held.setdefault(one.person_id, []).append((grant, one.person, authority))
    found = []
    for roles in held.values():
        person = roles[0][1]
        person.__dict__["grants"] = tuple(grant for grant, _, _ in roles)
        if allows(person, Permission.MEETING_READ, Place(partnership_id)):
            authority = next((each for _, _, each in roles if each is not None), None)
            found.append(Candidate(person, authority, authority.short_name if authority else _role(roles[0][0])))
    return tuple(found)


def _role(grant: Grant) -> str:
    return grant.role.label.lower()
