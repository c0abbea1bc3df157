"""Finding schemes and their versions."""

from collections.abc import Iterable
from functools import reduce
from itertools import pairwise, starmap

from peewee import JOIN, fn

from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.numbers import whole_number
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.schemes.chains import Step, chain
from strategy_tracker.risks.schemes.models import SchemeMapping, SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.rules import LevelMap, suggested_mapping


def schemes_of(person: Acting, home: Partnership) -> list[ScoringScheme]:
    """The partnership's first, then its authorities'."""
    rows = list(visible(person, ScoringScheme).where(ScoringScheme.partnership == home))
    return sorted(
        rows, key=lambda row: (row.authority.position if row.authority_id else 0, row.name.casefold(), row.id)
    )


def current_versions(scheme_ids: Iterable[int]) -> dict[int, SchemeVersion]:
    """The version in force of each scheme, by the scheme's id; in one select."""
    newest = (
        SchemeVersion.select(fn.MAX(SchemeVersion.id))
        .where(SchemeVersion.scheme.in_(list(scheme_ids)))
        .group_by(SchemeVersion.scheme)
    )
    return {row.scheme_id: row for row in SchemeVersion.select().where(SchemeVersion.id.in_(newest))}


def current_version(scheme: ScoringScheme) -> SchemeVersion:
    found = current_versions([scheme.id])[scheme.id]
    found.scheme = scheme
    return found


def version_in_force(register: Register) -> SchemeVersion:
    """That of the scheme which the register has now, whatever it had when it was read."""
    scheme = ScoringScheme.select().join(Register, on=(Register.scheme == ScoringScheme.id))
    return current_version(scheme.where(Register.id == register.id).get())


def versions_of(scheme: ScoringScheme) -> list[SchemeVersion]:
    """The newest first, with who made them."""
    query = SchemeVersion.select(SchemeVersion, ScoringScheme, Person).join(ScoringScheme)
    query = query.switch(SchemeVersion).join(Person, JOIN.LEFT_OUTER)
    return list(query.where(SchemeVersion.scheme == scheme).order_by(SchemeVersion.number.desc()))


def find_version(person: Acting, scheme: ScoringScheme, key: str) -> SchemeVersion | None:
    """The one that a key or a number names; None where the person's schemes of this partnership have no such one.

    "2" is of the scheme itself, "five-by-five:2" may be of another.
    """
    slug, _, typed = key.rpartition(":")
    number = whole_number(typed)
    if number is None:
        return None
    schemes = visible(person, ScoringScheme).where(
        ScoringScheme.partnership == scheme.partnership_id, ScoringScheme.slug == (slug or scheme.slug)
    )
    return (
        SchemeVersion.select(SchemeVersion, ScoringScheme)
        .join(ScoringScheme)
        .where(SchemeVersion.number == number, ScoringScheme.id.in_(schemes.select(ScoringScheme.id)))
        .first()
    )


def mapping_between(old: SchemeVersion, new: SchemeVersion) -> LevelMap:
    """What somebody chose last; where that was chosen in steps, or for some of them, one after the other.

    What nobody chose is suggested.
    """
    versions = _versions_beside(new)
    steps = {row.id: Step(row.scheme_id, row.number, row.id) for row in versions.values()}
    rows = SchemeMapping.select().where(SchemeMapping.new.in_(list(versions))).order_by(SchemeMapping.id)
    chosen = {(steps[row.old_id], steps[row.new_id]): row.levels for row in rows}

    def one(before: Step, after: Step) -> LevelMap:
        suggested = suggested_mapping(versions[before.version].shape, versions[after.version].shape)
        return chosen.get((before, after), suggested)

    return reduce(LevelMap.then, starmap(one, pairwise(chain(steps[old.id], steps[new.id], chosen))))


def _versions_beside(version: SchemeVersion) -> dict[int, SchemeVersion]:
    """Every version of every scheme of its partnership, by id."""
    schemes = ScoringScheme.select(ScoringScheme.id).where(ScoringScheme.partnership == version.scheme.partnership_id)
    return {row.id: row for row in SchemeVersion.select().where(SchemeVersion.scheme.in_(schemes))}
