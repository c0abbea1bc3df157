"""What the page of all registers of a partnership shows, ready for its template: frozen, built without a request."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.risks import queries
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.received import accepted_in, waiting_in
from strategy_tracker.risks.rows import Row, row_of
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.page import may_own
from strategy_tracker.risks.schemes.queries import current_versions
from strategy_tracker.risks.schemes.rules import Tone
from strategy_tracker.risks.severity import by_severity, is_mixed, order_words
from strategy_tracker.risks.standing import RiskLine, by_day, lines_shown, shown_on
from strategy_tracker.risks.to_do import Link, short_tasks

MOST_ROWS = 50
"""Risks that the page shows before it is asked for all."""


@dataclass(frozen=True)
class Entry:
    """A register as the reader knows it. `is_own`: she reads all of it. `count` are open risks that she may read,
    and `accepted` those of other registers that it has taken among its own.

    `is_hers`: it is of what she belongs to. `as_at` is its own day, None where the page says it for all.

    `tones` are the counts of the current scores by how severe they are, the most severe first, with words and class;
    opportunities are counted apart.
    """

    title: str
    whose: str
    address: str
    scheme: str
    scheme_size: str
    body: str
    as_at: dt.date | None
    is_own: bool
    is_hers: bool
    count: int
    accepted: int
    tones: tuple[tuple[str, str, int], ...]
    tasks: tuple[Link, ...]


@dataclass(frozen=True)
class AllRow:
    """A risk with its register; numbers stand in `score` and `moved` only where all scores stand under one version."""

    row: Row
    register: str
    register_address: str
    score: str
    moved: str


@dataclass(frozen=True)
class AllPage:
    """All registers. `as_at` is their day, None where each has its own.

    `total` counts the open risks, of which `rows` are the first, or all; `order` says how they are sorted. `is_mixed`:
    their scores stand under several schemes or versions, so that they are sorted by band.
    """

    address: str
    entries: tuple[Entry, ...]
    rows: tuple[AllRow, ...]
    total: int
    is_mixed: bool
    order: str
    as_at: dt.date | None
    has_top: bool
    may_add: bool


def all_page(person: Acting, home: Partnership, *, is_whole: bool = False) -> AllPage:
    """The registers of a partnership of which the person may read the registers, her own first."""
    registers = queries.registers_of(person, home)
    as_at = shown_on(registers) if len(by_day(registers)) < 2 else None
    versions = current_versions({register.scheme_id for register in registers})
    lines = lines_shown(person, registers)
    own = {register.id for register in registers if queries.is_own(person, register)}
    by_register: dict[int, list[RiskLine]] = {register.id: [] for register in registers}
    for line in lines:
        by_register[line.register.id].append(line)
    waiting, accepted = waiting_in(person, registers), accepted_in(person, registers)
    mixed = is_mixed(lines)
    names = queries.names_of(registers) | {one.id: one.title for one in registers if one.authority_id is None}
    shown = by_severity(lines)[: None if is_whole else MOST_ROWS]
    return AllPage(
        address=f"/p/{home.slug}/risks/",
        entries=tuple(
            _entry(
                one,
                versions[one.scheme_id],
                by_register[one.id],
                waiting[one.id],
                accepted[one.id],
                is_own=one.id in own,
                is_hers=queries.is_hers(person, one),
                as_at=None if as_at else one.day,
            )
            for one in registers
        ),
        rows=tuple(_row(person, line, names, is_mixed=mixed, is_own=line.register.id in own) for line in shown),
        total=len(lines),
        is_mixed=mixed,
        order=order_words(lines),
        as_at=as_at,
        has_top=any(register.authority_id is None for register in registers),
        may_add=bool(may_own(person, home)),
    )


def _entry(
    register: Register,
    version: SchemeVersion,
    lines: Sequence[RiskLine],
    waiting: int,
    accepted: int,
    *,
    is_own: bool,
    is_hers: bool,
    as_at: dt.date | None,
) -> Entry:
    base = address_of_register(register)
    return Entry(
        title=register.title,
        whose=register.whose,
        address=base,
        scheme=register.scheme.name,
        scheme_size=version.shape.size_words,
        body=register.body,
        as_at=as_at,
        is_own=is_own,
        is_hers=is_hers,
        count=len(lines),
        accepted=accepted,
        tones=tuple(_tones(lines)),
        tasks=tuple(short_tasks(lines, waiting, base)),
    )


def _tones(lines: Sequence[RiskLine]) -> Iterator[tuple[str, str, int]]:
    for tone in sorted(Tone, reverse=True):
        count = sum(line.current is not None and line.current.tone == tone for line in lines if not line.is_opportunity)
        if count:
            yield tone.words, tone.css, count
    chances = sum(line.is_opportunity for line in lines)
    if chances:
        yield "opportunity" if chances == 1 else "opportunities", "", chances


def _row(person: Acting, line: RiskLine, names: Mapping[int, str], *, is_mixed: bool, is_own: bool) -> AllRow:
    base = address_of_register(line.register)
    score = ""
    if line.current is not None:
        score = line.current.band_name if is_mixed else line.current.words
    row = row_of(person, line, base, is_own=is_own, is_mixed=is_mixed)
    moved = line.moved.value if is_mixed and line.moved else row.moved
    return AllRow(row, names[line.register.id], base, score, moved)
