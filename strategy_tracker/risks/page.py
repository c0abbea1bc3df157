"""What the page of a register shows, ready for its template: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.risks import queries
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.filters import (
    COLUMNS,
    FLAGS,
    NO_OWNER,
    ORDERS,
    Offers,
    Wanted,
    asks_for_closed,
    cell_key,
)
from strategy_tracker.risks.heat import HeatMap, counted
from strategy_tracker.risks.holders import takings_of
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.on_map import map_of
from strategy_tracker.risks.received import Received, received_by
from strategy_tracker.risks.rows import Row, row_of
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.severity import is_mixed, order_words
from strategy_tracker.risks.standing import RiskLine, lines_of, quarter_before
from strategy_tracker.risks.to_do import Link, Task, received_words, tasks_of
from strategy_tracker.risks.whole_register import gone_up

MOST_IN_WORDS = 30


@dataclass(frozen=True)
class RegisterFacts:
    """What the head of a page about a register says. `goes_to` None: nothing goes up from here.

    `taken_over` are whose it was before and until when, the latest first.
    """

    title: str
    whose: str
    address: str
    scheme: str
    scheme_address: str
    scheme_size: str
    version: int
    rhythm: str
    as_at: dt.date
    body: str
    goes_to: Link | None
    next_body: str
    top: int
    used: int | None
    closed_on: dt.date | None
    taken_over: tuple[tuple[str, dt.date], ...]

    @property
    def top_words(self) -> str:
        """ "top three"."""
        return f"top {counted(self.top)}"


@dataclass(frozen=True)
class RegisterPage:
    """A register, filtered. `total` counts the risks that are open (or closed) before the filter.

    `is_own`: the reader reads all of it, and so knows its risks by its own numbers. `is_long`: the map holds too many
    risks to say it all in words beside it.
    """

    facts: RegisterFacts
    wanted: Wanted
    offers: Offers
    heat: HeatMap
    is_long: bool
    tolerance: str
    tolerances: tuple[tuple[str, str], ...]
    tasks: tuple[Task, ...]
    rows: tuple[Row, ...]
    total: int
    tags: tuple[Link, ...]
    since: str
    received: tuple[Received, ...]
    is_own: bool
    has_closed: bool
    may_add: bool
    may_edit: bool

    @property
    def caption(self) -> str:
        """ "Seven risks", "2 of 7 risks"."""
        count, closed = len(self.rows), " closed" if self.wanted.is_closed else ""
        many = f"{closed} risk{'' if self.total == 1 else 's'}"
        if self.wanted.is_used:
            return f"{count} of {self.total}{many}"
        said = counted(self.total)
        return f"{said[:1].upper()}{said[1:]}{many}"

    @property
    def received_words(self) -> str:
        return received_words(self.received)

    @property
    def cell_key(self) -> str:
        return cell_key(self.wanted.cell) if self.wanted.cell else ""

    @property
    def order(self) -> str:
        """How the rows are sorted, in words."""
        return ORDERS[self.wanted.sort].caption or order_words(self._lines)

    @property
    def is_mixed(self) -> bool:
        """Whether they are sorted by band alone, since their scores stand under several versions."""
        return self.wanted.sort == "severity" and is_mixed(self._lines)

    @property
    def _lines(self) -> list[RiskLine]:
        return [row.line for row in self.rows]

    @property
    def base(self) -> str:
        return self.facts.address


def register_page(person: Acting, register: Register, given: dict[str, list[str]]) -> RegisterPage:
    """A register that the person may read; `given` is the query of the address."""
    today = register.day
    previous = quarter_before(register.partnership_id, today)
    since = f"{previous:%B %Y}" if previous else ""
    open_lines = lines_of(person, [register], today, previous)
    version = open_lines[0].version if open_lines else current_version(register.scheme)
    is_closed = asks_for_closed(given)
    lines = lines_of(person, [register], today, previous, closed=True) if is_closed else open_lines
    is_own = queries.is_own(person, register)
    offers = Offers.of(lines, version.shape)
    wanted = Wanted.from_query(given, offers)
    reader = getattr(person, "name", "")
    chosen = wanted.chosen(lines, reader)
    base = address_of_register(register)
    received = received_by(person, register)
    shown = frozenset() if is_closed else frozenset(line.ref for line in chosen)

    def to_row(line: RiskLine) -> str:
        return f"{'' if line.ref in shown else base}#r{line.ref}"

    return RegisterPage(
        facts=facts_of(register, version, is_own=is_own),
        wanted=wanted,
        offers=offers,
        heat=map_of(version.shape, open_lines, since, to_row),
        is_long=len(open_lines) > MOST_IN_WORDS,
        tolerance=version.shape.tolerance_words(),
        tolerances=version.shape.own_tolerances,
        tasks=tuple(tasks_of(open_lines, received, base, to_row)),
        rows=tuple(row_of(person, line, base, is_own=is_own) for line in chosen),
        total=len(lines),
        tags=tuple(_tags(wanted, version, base)),
        since=since,
        received=received,
        is_own=is_own,
        has_closed=is_closed or queries.has_closed(person, register),
        may_add=not register.closed_at and may(person, Permission.RISK_WRITE, register),
        may_edit=not register.closed_at and may(person, Permission.REGISTER_EDIT, register),
    )


def facts_of(register: Register, version: SchemeVersion, *, is_own: bool) -> RegisterFacts:
    """How many have gone up is said to whoever reads all of the register."""
    home = register.partnership
    up = register.goes_to
    return RegisterFacts(
        title=register.title,
        whose=register.whose,
        address=address_of_register(register),
        scheme=register.scheme.name,
        scheme_address=f"/p/{home.slug}/risks/schemes/{register.scheme.slug}/",
        scheme_size=version.shape.size_words,
        version=version.number,
        rhythm=rhythm(register.review_months),
        as_at=register.day,
        body=register.body,
        goes_to=Link(up.title, f"/p/{home.slug}/risks/{up.slug}/") if up else None,
        next_body=up.body if up else "",
        top=register.top,
        used=len(gone_up(register, up)) if up is not None and is_own else None,
        closed_on=clock.in_london(register.closed_at).date() if register.closed_at else None,
        taken_over=tuple((one.old.name, one.dated_on) for one in takings_of([register]).get(register.id, ())),
    )


def rhythm(months: int) -> str:
    """ "every month", "every three months", "every year"."""
    if months % 12 == 0:
        return "every year" if months == 12 else f"every {counted(months // 12)} years"
    return "every month" if months == 1 else f"every {counted(months)} months"


def _tags(wanted: Wanted, version: SchemeVersion, base: str) -> Iterator[Link]:
    """Each condition in use, leading to the page without it."""
    owner = "nobody yet" if wanted.owner == NO_OWNER else wanted.owner
    for name, words, without in (
        ("band", f"Band: {wanted.band}", ""),
        ("category", f"Category: {wanted.category}", ""),
        ("owner", f"Owner: {owner}", ""),
        ("mine", "Mine", False),
    ):
        if getattr(wanted, name):
            yield Link(words, base + wanted.query(**{name: without}))
    if wanted.cell is not None:
        shape, (impact, likelihood) = version.shape, wanted.cell
        levels = f"{shape.impact_word} {shape.impact[impact].words}"
        yield Link(
            f"{levels}, {shape.likelihood_word.lower()} {shape.likelihood[likelihood].words}",
            base + wanted.query(cell=None),
        )
    for flag, (words, _) in FLAGS.items():
        if flag in wanted.flags:
            yield Link(words, base + wanted.query(flags=wanted.flags - {flag}))


CHOICES = {"columns": COLUMNS, "orders": ORDERS, "flags": FLAGS, "nobody": NO_OWNER}
"""What the form of the filter offers on every register."""
