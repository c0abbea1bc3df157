"""Finding schemes and their versions."""

from collections.abc import Iterable

from peewee import JOIN, fn

from strategy_tracker.accounts.models import Person
from strategy_tracker.risks.schemes.models import SchemeMapping, SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.rules import LevelMap, suggested_mapping


def current_versions(scheme_ids: Iterable[int]) -> dict[int, SchemeVersion]:
    """The version in force of each scheme, by the scheme's id; in one select."""
    newest = (
        SchemeVersion.select(fn.MAX(SchemeVersion.id))
        .where(SchemeVersion.scheme.in_(list(scheme_ids)))
        .group_by(SchemeVersion.scheme)
    )
    return {row.scheme_id: row for row in SchemeVersion.select().where(SchemeVersion.id.in_(newest))}


def current_version(scheme: ScoringScheme) -> SchemeVersion:
    return current_versions([scheme.id])[scheme.id]


def versions_of(scheme: ScoringScheme) -> list[SchemeVersion]:
    """The newest first, with who made them."""
    query = SchemeVersion.select(SchemeVersion, Person).join(Person, JOIN.LEFT_OUTER)
    return list(query.where(SchemeVersion.scheme == scheme).order_by(SchemeVersion.number.desc()))


def mapping_between(old: SchemeVersion, new: SchemeVersion) -> LevelMap:
    """What somebody chose last; else what is suggested."""
    chosen = (
        SchemeMapping.select()
        .where(SchemeMapping.old == old, SchemeMapping.new == new)
        .order_by(SchemeMapping.id.desc())
        .first()
    )
    return chosen.levels if chosen else suggested_mapping(old.shape, new.shape)
