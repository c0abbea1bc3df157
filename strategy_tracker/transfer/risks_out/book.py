"""A register as sheets of cells: what the spreadsheets and the CSV are written from."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.risks import queries
from strategy_tracker.risks.entries import private_words, standing_words
from strategy_tracker.risks.filters import number_of
from strategy_tracker.risks.lines import LineScore
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.page import rhythm, whose
from strategy_tracker.risks.rows import moved_words, version_words
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.standing import RiskLine, lines_of, quarter_before
from strategy_tracker.risks.then import lines_then
from strategy_tracker.text import NOT_HELD

Value = str | int | dt.date | None
NARROW, MIDDLE, BROAD = 10.0, 18.0, 44.0
RISKS: tuple[tuple[str, float], ...] = (
    ("Number", NARROW),
    ("Risk", BROAD),
    ("Cause", BROAD),
    ("Effect", BROAD),
    ("Category", MIDDLE),
    ("Kind", NARROW),
    ("Impact", MIDDLE),
    ("Likelihood", MIDDLE),
    ("Score", NARROW),
    ("Band", NARROW),
    ("Scheme", MIDDLE),
    ("Movement", MIDDLE),
    ("Target impact", MIDDLE),
    ("Target likelihood", MIDDLE),
    ("Target", MIDDLE),
    ("Inherent impact", MIDDLE),
    ("Inherent likelihood", MIDDLE),
    ("Inherent", MIDDLE),
    ("Above tolerance", MIDDLE),
    ("Responses", BROAD),
    ("Owner", MIDDLE),
    ("How soon", MIDDLE),
    ("Found", MIDDLE),
    ("Reviewed", MIDDLE),
    ("Next review", MIDDLE),
    ("Who may read it", MIDDLE),
    ("Put forward", MIDDLE),
)
"""The heads of the sheet of risks, in their order, with widths in characters."""
RESPONSES: tuple[tuple[str, float], ...] = (
    ("Number", NARROW),
    ("Risk", BROAD),
    ("Response", NARROW),
    ("Kind", NARROW),
    ("What is done", BROAD),
    ("Owner", MIDDLE),
    ("Due", MIDDLE),
    ("State", MIDDLE),
)


@dataclass(frozen=True)
class Sheet:
    """`columns` are (head, width in characters)."""

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Book:
    """`facts` are (label, words) for the sheet About."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    made_at: dt.datetime


def lines_for(person: Acting, register: Register, on: dt.date | None) -> tuple[RiskLine, ...]:
    """The open risks that a person may read, by number; `on`: as at that day, for the command line alone."""
    day = on or register.day
    previous = quarter_before(register.partnership_id, day)
    lines = lines_then(register, day, previous) if on else lines_of(person, [register], day, previous)
    return tuple(sorted(lines, key=number_of))


def book_of(person: Acting, register: Register, base_url: str, on: dt.date | None = None) -> Book:
    """Whether the reader may see the register is settled by whoever loaded it."""
    lines, made_at = lines_for(person, register, on), clock.now()
    facts = _facts(person, register, lines, on or register.day, made_at, base_url)
    risks = tuple(_risk(person, line) for line in lines)
    responses = tuple(row for line in lines for row in _responses(line))
    return Book(
        register.title,
        tuple(pair for pair in facts if pair[1]),
        (Sheet("Risks", RISKS, risks), Sheet("Responses", RESPONSES, responses)),
        made_at,
    )


def _facts(
    person: Acting,
    register: Register,
    lines: tuple[RiskLine, ...],
    day: dt.date,
    made_at: dt.datetime,
    base_url: str,
) -> tuple[tuple[str, str], ...]:
    version = current_version(register.scheme)
    on = clock.in_london(made_at)
    shape = version.shape
    return (
        ("Partnership", register.partnership.name),
        ("Whose", whose(register)),
        ("Register", register.title),
        ("As at", clock.long_date(day)),
        ("Who may read it", private_words(person, register, lines)),
        ("Scheme", f"{register.scheme.name}, version {version.number}: {shape.size_words}"),
        ("Tolerated", shape.tolerance_words()),
        *((f"Tolerated in {one.name}", shape.tolerance_words(one.name)) for one in shape.categories),
        ("Reviewed", rhythm(register.review_months)),
        ("Exported", f"{clock.long_date(on.date())} at {on:%H:%M}"),
        ("Source", f"{base_url.rstrip('/')}/p/{register.partnership.slug}/risks/{register.slug}/"),
    )


def _risk(person: Acting, line: RiskLine) -> tuple[Value, ...]:
    now = line.current
    held = clean(
        f"Accepted by {line.accepted.accepted_by} until {clock.long_date(line.accepted.until)}"
        if line.accepted
        else "Accepted by nobody"
    )
    return (
        int(line.ref) if line.ref.isdecimal() else line.ref,
        clean(line.event),
        clean(line.cause),
        clean(line.effect),
        clean(line.category),
        "Opportunity" if line.is_opportunity else "Threat",
        now.impact_label if now else "",
        now.likelihood_label if now else "",
        now.value if now else None,
        now.band_name if now else "",
        clean(version_words(now)) if now else "",
        moved_words(line).capitalize(),
        *_score(line.target),
        *_score(line.inherent),
        held if line.is_above else "",
        "\n".join(f"{one.kind.capitalize()}: {clean(one.text)}" for one in line.responses),
        clean(line.owner.name),
        line.proximity.value.capitalize(),
        line.opened_on,
        line.reviewed_on,
        line.review_due_on,
        reader_words(line),
        "\n".join(forwarded(person, line)),
    )


def reader_words(line: RiskLine) -> str:
    if line.register.authority_id is None:
        return "The partnership’s own"
    return "Shared" if line.is_shared else "Private"


def forwarded(person: Acting, line: RiskLine) -> Iterator[str]:
    """Where it stands at the next level: for its own people, and for those who decide there."""
    is_own = queries.is_own(person, line.register)
    for one in line.escalations:
        if is_own or may(person, Permission.RISK_READ, one):
            yield f"{one.to.title}: {standing_words(one)}"


def _score(score: LineScore | None) -> tuple[str, str, str]:
    """Its two levels and what they come to."""
    return (score.impact_label, score.likelihood_label, score.words) if score else ("", "", "")


def _responses(line: RiskLine) -> Iterator[tuple[Value, ...]]:
    for one in line.responses:
        yield (
            int(line.ref) if line.ref.isdecimal() else line.ref,
            clean(line.event),
            one.number,
            one.kind.capitalize(),
            clean(one.text),
            clean(one.owner_name),
            one.due_on,
            one.state.capitalize(),
        )


def clean(words: str) -> str:
    """Without what no file can hold, which older rows may have."""
    return words.translate(NOT_HELD)
