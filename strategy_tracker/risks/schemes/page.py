"""What the pages of scoring schemes show: frozen, and built without a request."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.risks import queries
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.heat import HeatMap, heat_map
from strategy_tracker.risks.lines import LineScore
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.rules import score_words
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.queries import current_versions, schemes_of, versions_of
from strategy_tracker.risks.schemes.rules import LevelMap
from strategy_tracker.risks.standing import RiskLine, lines_of, shown_on


@dataclass(frozen=True)
class SchemeEntry:
    """A scheme in the list of a partnership's; `retired_on` None: it can be chosen."""

    name: str
    address: str
    whose: str
    size: str
    version: int
    since: dt.date
    registers: tuple[tuple[str, str], ...]
    retired_on: dt.date | None


@dataclass(frozen=True)
class VersionLine:
    """`name` is what the scheme was called then, "" where it is called so now."""

    number: int
    name: str
    since: dt.date
    who: str
    why: str


@dataclass(frozen=True)
class SchemePage:
    """A scheme in one of its versions. `tolerances`: each category with the worst band that it tolerates."""

    entry: SchemeEntry
    number: int
    is_in_force: bool
    map: HeatMap
    tolerance: str
    tolerances: tuple[tuple[str, str], ...]
    versions: tuple[VersionLine, ...]
    may_edit: bool


@dataclass(frozen=True)
class Proposal:
    """A risk whose current score stands under an old version, and the cell that is proposed for its next review.

    `band` is "" where a level has no successor.
    """

    line: RiskLine
    old: LineScore
    impact: str
    likelihood: str
    band: str
    tone: str
    address: str
    may_score: bool


@dataclass(frozen=True)
class OldVersion:
    """A version from which scores are mapped: `key` is what `?from=` says, `count` the risks that stand under it."""

    id: int
    key: str
    words: str
    count: int


def base_of(home: Partnership) -> str:
    return f"/p/{home.slug}/risks/schemes/"


def address_of_scheme(scheme: ScoringScheme) -> str:
    return f"{base_of(scheme.partnership)}{scheme.slug}/"


def scheme_entries(person: Acting, home: Partnership) -> tuple[SchemeEntry, ...]:
    """The partnership's first, then its authorities'; three selects, however many there are."""
    rows = schemes_of(person, home)
    versions = current_versions([row.id for row in rows])
    registers = queries.registers_of(person, home)
    return tuple(_entry(row, versions[row.id], registers) for row in rows)


def _entry(scheme: ScoringScheme, version: SchemeVersion, registers: Sequence[Register]) -> SchemeEntry:
    return SchemeEntry(
        name=scheme.name,
        address=address_of_scheme(scheme),
        whose=scheme.authority.name if scheme.authority_id else scheme.partnership.name,
        size=version.shape.size_words,
        version=version.number,
        since=clock.in_london(version.recorded_at).date(),
        registers=tuple((one.title, address_of_register(one)) for one in registers if one.scheme_id == scheme.id),
        retired_on=clock.in_london(scheme.retired_at).date() if scheme.retired_at else None,
    )


def scheme_page(person: Acting, scheme: ScoringScheme, version: SchemeVersion) -> SchemePage:
    shape = version.shape
    kept = versions_of(scheme)
    return SchemePage(
        entry=_entry(scheme, kept[0], queries.registers_of(person, scheme.partnership)),
        number=version.number,
        is_in_force=version.number == kept[0].number,
        map=heat_map(shape, ()),
        tolerance=shape.tolerance_words(),
        tolerances=tuple((one.name, shape.tolerance_words(one.name)) for one in shape.categories),
        versions=tuple(
            VersionLine(
                one.number,
                "" if one.name == scheme.name else one.name,
                clock.in_london(one.recorded_at).date(),
                one.person.name if one.person_id else "Command line",
                one.reason,
            )
            for one in kept
        ),
        may_edit=may(person, Permission.REGISTER_EDIT, scheme),
    )


def old_lines(person: Acting, scheme: ScoringScheme, now: SchemeVersion) -> tuple[RiskLine, ...]:
    """The risks that the person may read whose scores stand under another version than the one in force."""
    registers = [one for one in queries.registers_of(person, scheme.partnership) if one.scheme_id == scheme.id]
    if not registers:
        return ()
    lines = lines_of(person, registers, shown_on(registers), None)
    return tuple(line for line in lines if line.current and line.current.scheme_version_id != now.id)


def old_versions(scheme: ScoringScheme, lines: Sequence[RiskLine]) -> tuple[OldVersion, ...]:
    """The scheme's own older ones, and those of other schemes under which these risks were scored."""
    scores = [line.current for line in lines if line.current]
    counts = Counter(score.scheme_version_id for score in scores)
    others = {
        score.scheme_version_id: score.scheme_version for score in scores if score.scheme_version.scheme_id != scheme.id
    }
    own = [OldVersion(one.id, one.key, f"Version {one.number}", counts[one.id]) for one in versions_of(scheme)[1:]]
    rest = [OldVersion(one.id, one.key, one.words, counts[one.id]) for _, one in sorted(others.items(), reverse=True)]
    return (*own, *rest)


def proposals(
    person: Acting, lines: Sequence[RiskLine], old: SchemeVersion, now: SchemeVersion, levels: LevelMap
) -> tuple[Proposal, ...]:
    """What is proposed for the risks that stand under the old version."""
    return tuple(
        _proposal(person, line, line.current, now, levels)
        for line in lines
        if line.current and line.current.scheme_version_id == old.id
    )


def _proposal(person: Acting, line: RiskLine, score: LineScore, now: SchemeVersion, levels: LevelMap) -> Proposal:
    shape, (impact, likelihood) = now.shape, levels.new_place(score.impact, score.likelihood)
    band = tone = ""
    if impact is not None and likelihood is not None:
        cell, said = shape.cell(impact, likelihood), shape.band(impact, likelihood)
        band, tone = score_words(cell.value, said.name), said.tone.css
    return Proposal(
        line=line,
        old=score,
        impact="" if impact is None else shape.impact[impact].words,
        likelihood="" if likelihood is None else shape.likelihood[likelihood].words,
        band=band,
        tone=tone,
        address=f"{address_of_register(line.register)}{line.slug}/",
        may_score=_may_score(person, line),
    )


def _may_score(person: Acting, line: RiskLine) -> bool:
    """A risk that somebody of the partnership reads has been shared with her or put forward."""
    register = line.register
    return allows(person, Permission.RISK_WRITE, Place(register.partnership_id, register.authority_id, line.is_shared))


def may_own(person: Acting, home: Partnership) -> list[tuple[str, str]]:
    """Whose schemes and registers the person may set up: the partnership ("") and authorities, by their short address.

    Empty where she may for nobody.
    """
    owners: list[tuple[str, str]] = []
    if may(person, Permission.REGISTER_EDIT, home):
        owners.append(("", f"{home.name}, the partnership"))
    return owners + [(one.slug, one.name) for one in partners_of(home.id) if may(person, Permission.REGISTER_EDIT, one)]
