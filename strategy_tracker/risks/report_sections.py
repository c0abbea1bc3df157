"""What a quarter's report says of risks: those that are shared, and the partnership's own, and no others.

Importing this module offers the sections.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.documents.sections import BOARD, Section, SectionContext, offer
from strategy_tracker.risks.drawing import DrawnMap, drawn_map
from strategy_tracker.risks.entries import above_words, late_words
from strategy_tracker.risks.on_map import elsewhere, map_of
from strategy_tracker.risks.rows import TONES, moved_words, under_words
from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.severity import by_severity, is_mixed
from strategy_tracker.risks.standing import RiskLine
from strategy_tracker.risks.then import Told, shared_lines
from strategy_tracker.risks.top import top_of
from strategy_tracker.text import listed

READERS = frozenset({"full", "extract"})
MOST_ON_A_BOARDS_LIST = 6


@dataclass(frozen=True)
class Risk:
    """A risk as a report names it: "TMBC S2", its words, its score with the class that colours it, how it moved.

    `under` is the version of its score where that must be said, else "".
    """

    ref: str
    event: str
    score: str
    tone: str
    under: str
    arrow: str
    moved: str
    owner: str
    target: str
    more: str


@dataclass(frozen=True)
class TopRisks:
    """`what` says which they are; `risks` are threats. `more` are those that are not told.

    `is_mixed`: under several versions, so that bands alone are compared.
    """

    what: str
    as_at: str
    risks: tuple[Risk, ...]
    opportunities: tuple[Risk, ...]
    is_mixed: bool
    more: int


@dataclass(frozen=True)
class Moves:
    """One way in which risks moved, the worst first and opportunities last."""

    head: str
    risks: tuple[Risk, ...]
    more: int


@dataclass(frozen=True)
class Movements:
    """`is_mixed` as of top risks."""

    since: str
    is_mixed: bool
    groups: tuple[Moves, ...]


@dataclass(frozen=True)
class HeatMaps:
    """`without` are sentences about registers of whose scores none has a place on a map."""

    since: str
    maps: tuple[DrawnMap, ...]
    without: tuple[str, ...]
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
    """The worst first and opportunities last."""
    read = told(context)
    if not read.open:
        return None
    top = top_of(context.partnership_id)
    found = top.of(read.open)
    if not found:
        return None
    shown, more = _shown(found, context)
    mixed = is_mixed(found)
    return TopRisks(
        what=top.words,
        as_at=clock.long_date(context.as_at),
        risks=tuple(_risk(line, read, is_mixed=mixed) for line in shown if not line.is_opportunity),
        opportunities=tuple(_risk(line, read, is_mixed=mixed) for line in shown if line.is_opportunity),
        is_mixed=mixed,
        more=more,
    )


def movements(context: SectionContext) -> Movements | None:
    """None where no quarter is compared, or none moved."""
    read = told(context)
    if context.previous_as_at is None:
        return None
    groups = [(head, lines) for head, lines in _groups(read) if lines]
    mixed = is_mixed(line for _, lines in groups for line in lines)
    moves = []
    for head, lines in groups:
        shown, more = _shown(lines, context)
        moves.append(Moves(head, tuple(_risk(line, read, is_mixed=mixed) for line in shown), more))
    return Movements(clock.long_date(context.previous_as_at), mixed, tuple(moves)) if moves else None


def _groups(read: Told) -> Iterator[tuple[str, Sequence[RiskLine]]]:
    for head, moved in (("Went up", Movement.UP), ("New, or newly shared", Movement.NEW), ("Went down", Movement.DOWN)):
        yield head, by_severity(line for line in read.open if line.moved is moved)
    yield "Closed", by_severity(read.closed)


def _shown(lines: Sequence[RiskLine], context: SectionContext) -> tuple[Sequence[RiskLine], int]:
    """The first that are told, and how many more there are: a board is told few."""
    shown = lines[:MOST_ON_A_BOARDS_LIST] if context.audience == "board" else lines
    return shown, len(lines) - len(shown)


def heat_maps(context: SectionContext) -> HeatMaps | None:
    """One for each register with a shared risk that has its place there."""
    since = clock.long_date(context.previous_as_at) if context.previous_as_at else ""
    by_register: dict[int, list[RiskLine]] = {}
    for line in told(context).open:
        by_register.setdefault(line.register.id, []).append(line)
    drawn, without = [], []
    for lines in by_register.values():
        if any(line.place for line in lines):
            drawn.append(_drawn(lines, since))
        elif versions := elsewhere(lines):
            told_why = f"its risks stand under {listed(versions)}, which is not in force there any more"
            without.append(f"{_titled(lines[0])} has no map here: {told_why}.")
    if not drawn and not without:
        return None
    has_opportunities = any(line.is_opportunity and line.place for line in told(context).open)
    return HeatMaps(since, tuple(drawn), tuple(without), has_opportunities)


def _titled(line: RiskLine) -> str:
    return f"{line.register.short}: {line.register.title}"


def _drawn(lines: list[RiskLine], since: str) -> DrawnMap:
    found = map_of(lines[0].version.shape, lines, since, lambda _: "")
    names = [(line.ref, line.event) for line in sorted(lines, key=lambda line: line.number)]
    return drawn_map(found, names, _titled(lines[0]), is_flat=True)


def late_reviews(context: SectionContext) -> LateReviews | None:
    """The longest overdue first."""
    read = told(context)
    late = sorted((line for line in read.open if line.is_overdue), key=lambda line: line.review_due_on)
    shown, more = _shown(late, context)
    return LateReviews(tuple(_late(line, read) for line in shown), more) if late else None


def _late(line: RiskLine, read: Told) -> LateReview:
    return LateReview(
        ref=line.name(read.names),
        event=line.event,
        owner=line.owner.name,
        reviewed=clock.short_date(line.reviewed_on) if line.reviewed_on else "Not yet",
        due=clock.short_date(line.review_due_on),
        late=late_words(line.review_due_on, line.day),
    )


def _risk(line: RiskLine, read: Told, *, is_mixed: bool) -> Risk:
    closed = f"Closed on {clock.long_date(line.closed_on)}. {line.closed_why}" if line.closed_on else ""
    above = above_words(line.accepted) if line.is_above and not closed else ""
    return Risk(
        ref=line.name(read.names),
        event=line.event,
        score=line.current.words if line.current else "",
        tone=TONES[line.current.tone] if line.current else "",
        under=under_words(line, is_mixed=is_mixed),
        arrow=line.moved.arrow if line.moved else "",
        moved=moved_words(line),
        owner=line.owner.name,
        target=line.target.words if line.target else "",
        more=". ".join(filter(None, ("Opportunity" if line.is_opportunity else "", closed or above))),
    )


for section in (
    Section("top-risks", "Top risks", top_risks, "top-risks.html", 801, audiences=READERS),
    Section("risk-moves", "How risks moved", movements, "risk-moves.html", 802, audiences=READERS),
    Section("risk-map", "Heat map of risks", heat_maps, "risk-map.html", 803, landscape=True, audiences=READERS),
    Section("risk-reviews", "Overdue reviews of risks", late_reviews, "risk-reviews.html", 804, audiences=READERS),
    Section("board-top-risks", "Top risks", top_risks, "top-risks.html", 501, audiences=BOARD),
    Section("board-risk-moves", "How risks moved", movements, "risk-moves.html", 502, audiences=BOARD),
    Section("board-risk-reviews", "Overdue reviews of risks", late_reviews, "risk-reviews.html", 503, audiences=BOARD),
):
    offer(section)
