"""Fetching is authorising: rows are had through `visible` and `load`, and through nothing else."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Protocol

from peewee import SQL, Expression, ModelSelect

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, POLICY, Acting, Extent, Place, allows
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import LARGEST_ID
from strategy_tracker.errors import Forbidden, NotFound


@dataclass(frozen=True)
class Reach:
    """How a model is found: a query joined as far as its partnership, and the columns that say where a row stands.

    `authority` is None where rows are nobody's own; `settled` None where no row is ever a draft; `raised` None where
    the steering group is told of every row.
    """

    query: ModelSelect
    partnership: Any
    authority: Any = None
    settled: Any = None
    raised: Any = None


class Scoped(Protocol):
    """A model whose rows are authorised: what reading one needs, how it is reached, and where a loaded row stands."""

    reads: ClassVar[Permission]

    @classmethod
    def reach(cls) -> Reach: ...

    def place(self) -> Place: ...


class PartnershipScope:
    """How a partnership, which knows nothing of people, is authorised."""

    reads = Permission.PARTNERSHIP_READ

    @classmethod
    def reach(cls) -> Reach:
        return Reach(Partnership.select(), Partnership.id)

    @staticmethod
    def place(row: Partnership) -> Place:
        return Place(row.id)


class AuthorityScope:
    """An authority is its own."""

    reads = Permission.PARTNERSHIP_READ

    @classmethod
    def reach(cls) -> Reach:
        query = Authority.select(Authority, Partnership).join(Partnership)
        return Reach(query, Authority.partnership, Authority.id)

    @staticmethod
    def place(row: Authority) -> Place:
        return Place(row.partnership_id, row.id)


class MembershipScope:
    """A membership is its authority's; one in the partnership itself is nobody's own."""

    reads = Permission.PEOPLE_READ

    @classmethod
    def reach(cls) -> Reach:
        return Reach(
            Membership.select().where(Membership.ended_at.is_null()), Membership.partnership, Membership.authority
        )

    @staticmethod
    def place(row: Membership) -> Place:
        return Place(row.partnership_id, row.authority_id)


LOWER_MODELS: dict[type, Any] = {
    Partnership: PartnershipScope,
    Authority: AuthorityScope,
    Membership: MembershipScope,
}
"""The models of the layers below, which cannot say for themselves how they are authorised."""


def scope_of(model: type) -> Any:
    """What says how this model's rows are authorised: the model itself, or its stand-in here."""
    return LOWER_MODELS.get(model, model)


def place_of(row: Any) -> Place:
    return scope_of(type(row)).place(row)


def visible(person: Acting, model: Any, permission: Permission | None = None) -> ModelSelect:
    """The rows on which this person has a permission (the model's reading permission where none is named)."""
    scope = scope_of(model)
    reach = scope.reach()
    if person is OPERATOR:
        return reach.query
    conditions = _conditions(person, reach, permission or scope.reads)
    return reach.query.where(reduce(or_, conditions) if conditions else SQL("1 = 0"))


def load(person: Acting, model: Any, key: int | Expression, permission: Permission, *within: Expression) -> Any:
    """The row with this id, or the one that an expression names, inside `within`.

    Raises NotFound where it is absent or may not be read, Forbidden where it may be read and no more.
    """
    if isinstance(key, int):
        if not 0 < key <= LARGEST_ID:
            raise NotFound
        key = model.id == key
    row = visible(person, model).where(key, *within).first()
    if row is None:
        raise NotFound
    require(person, permission, row)
    return row


def require(person: Acting, permission: Permission, row: Any) -> None:
    """Raises Forbidden unless this person has the permission on the row."""
    if not allows(person, permission, place_of(row)):
        raise Forbidden


def may(person: Acting, permission: Permission, row: Any) -> bool:
    """Whether a page should offer it."""
    return allows(person, permission, place_of(row))


def _conditions(person: Acting, reach: Reach, permission: Permission) -> list[Expression]:
    held = POLICY[permission]
    conditions = []
    for grant in person.grants:
        extent = held.get(grant.role)
        if extent is None:
            continue
        here = SQL("1 = 1") if grant.role is Role.ADMINISTRATOR else reach.partnership == grant.partnership_id
        reached = _reached(extent, grant.authority_id, reach)
        if reached is not None:
            conditions.append(here & reached)
    return conditions


def _reached(extent: Extent, authority_id: int | None, reach: Reach) -> Expression | None:
    """The condition of an extent in a partnership; None where it reaches nothing. `policy.reaches` says the same."""
    everything = SQL("1 = 1")
    is_own = None if reach.authority is None or authority_id is None else reach.authority == authority_id
    match extent:
        case Extent.ALL:
            return everything
        case Extent.SETTLED:
            return everything if reach.settled is None else reach.settled
        case Extent.RAISED:
            return everything if reach.raised is None else reach.raised
        case Extent.OWN:
            return is_own
        case Extent.OWN_OR_SETTLED:
            settled = everything if reach.settled is None else reach.settled
            return settled if is_own is None else is_own | settled
