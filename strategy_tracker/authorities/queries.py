"""Finding partnerships and authorities."""

from collections.abc import Iterable, Mapping

from strategy_tracker.authorities.models import Authority, Partnership, Succession
from strategy_tracker.slugs import problem_with


def authorities_of(partnership_id: int) -> list[Authority]:
    """The partners of a partnership, in their order, those that ended too."""
    return list(
        Authority.select().where(Authority.partnership == partnership_id).order_by(Authority.position, Authority.id)
    )


def partners_of(partnership_id: int, *kept: int | None) -> list[Authority]:
    """The authorities that a form offers: those that stand, and those that were chosen before (`kept`, by id)."""
    return [one for one in authorities_of(partnership_id) if one.ended_on is None or one.id in kept]


def successions_of(partnership_id: int) -> list[Succession]:
    """Every succession of a partnership, in the order in which they were recorded."""
    query = Succession.select().join(Authority, on=Succession.old).where(Authority.partnership == partnership_id)
    return list(query.order_by(Succession.id))


def today_of(partnership_id: int) -> Mapping[int, Authority]:
    """By the id of each authority the one that goes on with what it had: itself while it stands.

    Of several successors it is the first, and of a successor that ended its own.
    """
    names = {one.id: one for one in authorities_of(partnership_id)}
    first: dict[int, int] = {}
    for succession in successions_of(partnership_id):
        first.setdefault(succession.old_id, succession.new_id)
    return {id_: names[_end(id_, first)] for id_ in names}


def _end(authority_id: int, first: Mapping[int, int]) -> int:
    seen = {authority_id}
    while authority_id in first and first[authority_id] not in seen:
        authority_id = first[authority_id]
        seen.add(authority_id)
    return authority_id


def all_after(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """By the id of each old one everybody who went on with what it had, directly or after another; of (old, new)."""
    direct: dict[int, set[int]] = {}
    for old, new in pairs:
        direct.setdefault(old, set()).add(new)
    return {old: _closure(old, direct) for old in direct}


def _closure(old: int, direct: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    left = set(direct[old])
    while left:
        found |= left
        left = {new for one in left for new in direct.get(one, ())} - found
    return frozenset(found)


def successors_in(authorities: Iterable[Authority]) -> dict[int, frozenset[int]]:
    """The same for a partnership's authorities, in one select; in none where none of them ended."""
    ended = [each.id for each in authorities if each.ended_on is not None]
    if not ended:
        return {}
    rows = Succession.select(Succession.old, Succession.new).where(Succession.old.in_(ended))
    return all_after(rows.tuples())


def partnership_at(slug: str) -> Partnership | None:
    return Partnership.get_or_none(Partnership.slug == slug)


def authority_at(partnership: Partnership, slug: str) -> Authority | None:
    """None also for what can be nobody's short address, which a database might refuse to look for."""
    if problem_with(slug):
        return None
    return Authority.get_or_none(Authority.partnership == partnership, Authority.slug == slug)
