"""What a reader wants to see of a register: kept in the address, and checked against what there is. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.schemes.rules import Scheme
from strategy_tracker.risks.severity import by_severity
from strategy_tracker.risks.standing import RiskLine

CELL = re.compile(r"([1-9][0-9]?)-([1-9][0-9]?)", re.ASCII)
NO_OWNER = "-"
"""Stands in an address for whoever answers for a risk that nobody answers for."""
FLAGS: dict[str, tuple[str, Callable[[RiskLine], bool]]] = {
    "overdue": ("Review overdue", lambda line: line.is_overdue),
    "late": ("Response overdue", lambda line: any(map(line.is_late, line.responses))),
    "above": ("Above tolerance", lambda line: line.is_above),
    "unaccepted": ("Above tolerance, not accepted", lambda line: line.needs_acceptance),
    "unscored": ("Not scored", lambda line: line.current is None),
    "older": ("Scored under another version", lambda line: line.is_under_old_version),
}
"""Conditions of a risk that need nothing but the risk: their words, and whether one holds."""
COLUMNS = {
    "current": "Current score",
    "inherent": "Inherent score",
    "target": "Target",
    "category": "Category",
    "why": "Cause and effect",
    "proximity": "Proximity",
    "responses": "Responses",
    "owner": "Owner",
    "reviewed": "Reviewed",
}
"""The columns beside the number and the risk, in the order in which they stand."""
USUAL = ("current", "target", "responses", "owner", "reviewed")


@dataclass(frozen=True)
class Order:
    """How rows may be sorted: the words of the choice, those of the table's caption, and the key.

    "" as caption: it depends on the rows (see `order_words`).
    """

    words: str
    caption: str
    key: Callable[[RiskLine], Any]


MOVED = (Movement.UP, Movement.NEW, Movement.OTHER_SCHEME, Movement.DOWN, Movement.SAME, None)
ORDERS = {
    "severity": Order("Most severe", "", lambda _: 0),
    "number": Order("Number", "by number", lambda one: one.number),
    "owner": Order("Owner", "by owner, those without one last", lambda one: (not one.owner.name, one.owner.name)),
    "review": Order("Next review", "earliest review first", lambda one: one.review_due_on),
    "movement": Order("Movement", "those that went up first", lambda one: MOVED.index(one.moved)),
}


@dataclass(frozen=True)
class Offers:
    """What may be filtered by: the words that stand in the register, and the size of its scheme's grid."""

    bands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    impact: int = 0
    likelihood: int = 0

    @classmethod
    def of(cls, lines: Sequence[RiskLine], scheme: Scheme) -> "Offers":
        """Bands from the most severe, those of the version in force first; the rest by the alphabet."""
        named = [band.name for band in reversed(scheme.bands)]
        older = sorted({line.current.band_name for line in lines if line.current} - set(named))
        categories = {line.category for line in lines if line.category}
        owners = {line.owner.name for line in lines if line.owner.name}
        return cls(
            bands=(*dict.fromkeys(named), *older),
            categories=tuple(sorted(categories, key=str.casefold)),
            owners=tuple(sorted(owners, key=str.casefold)),
            impact=len(scheme.impact),
            likelihood=len(scheme.likelihood),
        )

    def cell(self, given: str) -> tuple[int, int] | None:
        """The places of the levels of "4-3" (counted from 1); None where there is no such cell."""
        found = CELL.fullmatch(given)
        if found is None:
            return None
        impact, likelihood = int(found[1]) - 1, int(found[2]) - 1
        return (impact, likelihood) if impact < self.impact and likelihood < self.likelihood else None


@dataclass(frozen=True)
class Wanted:
    """Every condition must hold. `cell` holds the places of impact and likelihood; `mine` names who asks."""

    band: str = ""
    category: str = ""
    owner: str = ""
    cell: tuple[int, int] | None = None
    is_closed: bool = False
    flags: frozenset[str] = frozenset()
    mine: bool = False
    sort: str = "severity"
    columns: tuple[str, ...] = USUAL

    @classmethod
    def from_query(cls, given: Mapping[str, Sequence[str]], offers: Offers) -> "Wanted":
        """What the address says; what it says wrongly is left out."""

        def one_of(name: str, allowed: Iterable[str]) -> str:
            value = given.get(name, ("",))[0]
            return value if value in allowed else ""

        columns = tuple(name for name in COLUMNS if name in given.get("col", ()))
        return cls(
            band=one_of("band", offers.bands),
            category=one_of("category", offers.categories),
            owner=one_of("owner", (*offers.owners, NO_OWNER)),
            cell=offers.cell(given.get("cell", ("",))[0]),
            is_closed=asks_for_closed(given),
            flags=frozenset(name for name in FLAGS if one_of(name, ("1",))),
            mine=bool(one_of("mine", ("1",))),
            sort=one_of("sort", ORDERS) or "severity",
            columns=columns or USUAL,
        )

    @property
    def is_used(self) -> bool:
        """Whether anything is left out, closed risks apart."""
        return replace(self, is_closed=False, sort="severity", columns=USUAL) != Wanted()

    def query(self, **changes: Any) -> str:
        """ "?band=High&sort=owner", in a fixed order; "" where nothing is asked for."""
        pairs = [pair for name, value in _said(replace(self, **changes)) for pair in _pairs(name, value)]
        return f"?{urlencode(pairs)}" if pairs else ""

    def chosen(self, lines: Iterable[RiskLine], reader: str) -> tuple[RiskLine, ...]:
        """The lines that match, in the order that is asked for; of equals the most severe first."""
        return tuple(sorted(by_severity(self.matching(lines, reader)), key=ORDERS[self.sort].key))

    def matching(self, lines: Iterable[RiskLine], reader: str = "") -> list[RiskLine]:
        found = list(lines)
        for holds in self._conditions(reader):
            found = [line for line in found if holds(line)]
        return found

    def _conditions(self, reader: str) -> Iterator[Callable[[RiskLine], bool]]:
        if self.band:
            yield lambda line: line.current is not None and line.current.band_name == self.band
        if self.category:
            yield lambda line: line.category == self.category
        if self.owner:
            yield lambda line: line.owner.name == ("" if self.owner == NO_OWNER else self.owner)
        if self.cell is not None:
            yield lambda line: line.place == self.cell
        if self.mine:
            yield lambda line: is_hers(line, reader)
        yield from (FLAGS[name][1] for name in self.flags)


def asks_for_closed(given: Mapping[str, Sequence[str]]) -> bool:
    return given.get("state", ("",))[0] == "closed"


def cell_key(place: tuple[int, int]) -> str:
    """ "4-3": how a cell stands in an address."""
    return f"{place[0] + 1}-{place[1] + 1}"


def is_hers(line: RiskLine, reader: str) -> bool:
    """Whether the risk, or one of its responses, names this reader as its owner."""
    names = {line.owner.name.casefold(), *(each.owner_name.casefold() for each in line.responses)}
    return bool(reader) and reader.casefold() in names


def _said(wanted: Wanted) -> list[tuple[str, Any]]:
    plain = Wanted()
    values = ((field.name, getattr(wanted, field.name), getattr(plain, field.name)) for field in fields(Wanted))
    return [(name, value) for name, value, usual in values if value != usual]


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    match name:
        case "cell":
            return [("cell", cell_key(value))]
        case "is_closed":
            return [("state", "closed")]
        case "flags":
            return [(flag, "1") for flag in FLAGS if flag in value]
        case "columns":
            return [("col", column) for column in value]
        case _:
            return [(name, "1" if value is True else value)]
