"""What a quarter's report says of risks: those that are shared, and the partnership's own, and no others.

Importing this module offers the sections.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.authorities.models import Authority
from strategy_tracker.documents.sections import Section, SectionContext, offer
from strategy_tracker.risks.entries import above_words, late_words, place_of
from strategy_tracker.risks.heat import Spot, heat_map
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.rows import TONES, moved_words, was_of
from strategy_tracker.risks.rules import EscalationState, Movement
from strategy_tracker.risks.schemes.rules import Tone
from strategy_tracker.risks.standing import RiskLine, by_severity
from strategy_tracker.risks.then import Told, shared_lines

READERS = frozenset({"full", "extract"})
MOST_ON_A_BOARDS_LIST = 6
ARROWS = {Movement.UP: "↑", Movement.DOWN: "↓", Movement.NEW: "+"}


@dataclass(frozen=True)
class Risk:
    """A risk as a report names it: "TMBC S2", its words, its score with the class that colours it, how it moved."""

    ref: str
    event: str
    score: str
    tone: str
    arrow: str
    moved: str
    owner: str
    target: str
    more: str


@dataclass(frozen=True)
class TopRisks:
    """`is_mixed`: under several schemes, so that bands alone are compared. `more` are those that are not told."""

    as_at: str
    risks: tuple[Risk, ...]
    is_mixed: bool
    more: int


@dataclass(frozen=True)
class Moves:
    """One way in which risks moved, the worst band first."""

    head: str
    risks: tuple[Risk, ...]
    more: int


@dataclass(frozen=True)
class Movements:
    since: str
    groups: tuple[Moves, ...]


@dataclass(frozen=True)
class DrawnCell:
    words: str
    tone: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class DrawnRow:
    head: str
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True)
class DrawnMap:
    """A register's heat map: the words of its axes, the heads of its columns (mark, name), its rows, and in words."""

    title: str
    row_word: str
    column_word: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[DrawnRow, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class HeatMaps:
    since: str
    maps: tuple[DrawnMap, ...]
    has_opportunities: bool


@dataclass(frozen=True)
class LateReview:
    ref: str
    event: str
    owner: str
    reviewed: str
    due: str
    late: str


@dataclass(frozen=True)
class LateReviews:
    """`more` are those that are not told."""

    reviews: tuple[LateReview, ...]
    more: int


def told(context: SectionContext) -> Told:
    """Read once for all sections of a report."""
    if "risks" not in context.kept:
        found = shared_lines(context.partnership_id, context.as_at, context.previous_as_at, context.authority_id)
        context.kept["risks"] = found
    read: Told = context.kept["risks"]
    return read


def top_risks(context: SectionContext) -> TopRisks | None:
    """Those that stand at a register of the partnership, the worst first."""
    found = by_severity(line for line in told(context).open if is_top(line))
    if not found:
        return None
    most = _most(context)
    return TopRisks(
        as_at=clock.long_date(context.as_at),
        risks=tuple(_risk(line) for line in found[:most]),
        is_mixed=len({line.register.scheme_id for line in found}) > 1,
        more=len(found[most:]),
    )


def is_top(line: RiskLine) -> bool:
    return any(one.state == EscalationState.ACCEPTED and one.to.authority_id is None for one in line.escalations)


def movements(context: SectionContext) -> Movements | None:
    """None where no quarter is compared, or none moved."""
    read = told(context)
    if context.previous_as_at is None:
        return None
    groups = tuple(_groups(read, _most(context)))
    return Movements(clock.long_date(context.previous_as_at), groups) if groups else None


def _groups(read: Told, most: int) -> Iterator[Moves]:
    for head, moved in (("Went up", Movement.UP), ("New, or newly shared", Movement.NEW), ("Went down", Movement.DOWN)):
        found = by_severity(line for line in read.open if line.moved is moved)
        if found:
            yield Moves(head, tuple(_risk(line) for line in found[:most]), len(found[most:]))
    if read.closed:
        closed = by_severity(read.closed)
        yield Moves("Closed", tuple(_risk(line) for line in closed[:most]), len(closed[most:]))


def _most(context: SectionContext) -> int:
    return MOST_ON_A_BOARDS_LIST if context.audience == "board" else 10_000


def heat_maps(context: SectionContext) -> HeatMaps | None:
    """One for each register with a shared risk that has its place there."""
    since = clock.long_date(context.previous_as_at) if context.previous_as_at else ""
    by_register: dict[int, list[RiskLine]] = {}
    for line in told(context).open:
        if place_of(line) is not None:
            by_register.setdefault(line.register.id, []).append(line)
    maps = tuple(_drawn(lines, since) for lines in by_register.values())
    has_opportunities = any(line.is_opportunity for lines in by_register.values() for line in lines)
    return HeatMaps(since, maps, has_opportunities) if maps else None


def _drawn(lines: list[RiskLine], since: str) -> DrawnMap:
    register, shape = lines[0].register, lines[0].version.shape
    spots = [
        Spot(line.ref, *place, line.moved, was_of(line), is_opportunity=line.is_opportunity)
        for line in lines
        if (place := place_of(line)) is not None
    ]
    found = heat_map(shape, spots, since)
    return DrawnMap(
        title=f"{_whose(register)}: {register.title}",
        row_word=found.row_word,
        column_word=found.column_word,
        columns=tuple((level.mark, level.name) for level in found.columns),
        rows=tuple(
            DrawnRow(
                level.words,
                tuple(
                    DrawnCell(
                        cell.drawn.words, TONES[cell.drawn.band.tone], tuple(_marked(spot) for spot in cell.spots)
                    )
                    for cell in cells
                ),
            )
            for level, cells in found.rows
        ),
        words=found.in_words,
    )


def _marked(spot: Spot) -> str:
    marks = "◊" if spot.is_opportunity else "", ARROWS.get(spot.moved, "") if spot.moved else ""
    return "\u00a0".join(filter(None, (spot.ref, *marks)))


def late_reviews(context: SectionContext) -> LateReviews | None:
    """The longest overdue first."""
    late = sorted((line for line in told(context).open if line.is_overdue), key=lambda line: line.review_due_on)
    most = _most(context)
    told_here = tuple(_late(line, context.as_at) for line in late[:most])
    return LateReviews(told_here, len(late[most:])) if late else None


def _late(line: RiskLine, day: dt.date) -> LateReview:
    return LateReview(
        ref=_ref(line),
        event=line.event,
        owner=line.owner.name,
        reviewed=clock.short_date(line.reviewed_on) if line.reviewed_on else "Not yet",
        due=clock.short_date(line.review_due_on),
        late=late_words(line.review_due_on, day),
    )


def _risk(line: RiskLine) -> Risk:
    above = above_words(line.accepted) if line.is_above else ""
    return Risk(
        ref=_ref(line),
        event=line.event,
        score=line.current.words if line.current else "",
        tone=TONES[Tone(line.current.tone)] if line.current else "",
        arrow=ARROWS.get(line.moved, "") if line.moved else "",
        moved=moved_words(line),
        owner=line.owner.name,
        target=line.target.words if line.target else "",
        more=f"Closed on {clock.long_date(line.closed_on)}. {line.closed_why}" if line.closed_on else above,
    )


def _ref(line: RiskLine) -> str:
    return f"{_whose(line.register)} {line.ref}"


def _whose(register: Register) -> str:
    authority: Authority | None = register.authority if register.authority_id else None
    return str(authority.short_name if authority else register.partnership.name)


for place, (key, title, build) in enumerate(
    (
        ("top-risks", "Top risks", top_risks),
        ("risk-moves", "How risks moved", movements),
        ("risk-map", "Heat map of risks", heat_maps),
        ("risk-reviews", "Overdue reviews of risks", late_reviews),
    ),
    start=1,
):
    is_wide = key == "risk-map"
    offer(Section(key, title, build, f"{key}.html", 800 + place, landscape=is_wide, audiences=READERS))
for place, (key, title, build) in enumerate(
    (
        ("board-top-risks", "Top risks", top_risks),
        ("board-risk-moves", "How risks moved", movements),
        ("board-risk-reviews", "Overdue reviews of risks", late_reviews),
    ),
    start=1,
):
    offer(Section(key, title, build, f"{key.removeprefix('board-')}.html", 500 + place, audiences=frozenset({"board"})))
