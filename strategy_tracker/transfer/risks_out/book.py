"""A register as sheets of cells: what the spreadsheets and the CSV are written from."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.reviews.risks.page import LinkView, risk_links_of
from strategy_tracker.risks import queries
from strategy_tracker.risks.entries import empty_words, private_words, standing_words
from strategy_tracker.risks.lines import LineControl, LineScore
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.page import rhythm
from strategy_tracker.risks.past import running_on, terms_on
from strategy_tracker.risks.received import Received, received_on
from strategy_tracker.risks.rows import moved_words, version_words
from strategy_tracker.risks.standing import RiskLine
from strategy_tracker.risks.then import whole_register
from strategy_tracker.text import NOT_HELD
from strategy_tracker.transfer.risks_out.columns import CONTROLS, RECEIVED, RESPONSES, RISKS, SCORES, Book, Sheet, Value


def book_of(person: Acting, register: Register, base_url: str, on: dt.date | None = None) -> Book:
    """Whether the reader may see the register is settled by whoever loaded it."""
    whole, made_at, day = whole_register(person, register, on), clock.now(), on or register.day
    lines, controls, received = whole.open, whole.controls, received_on(person, register, day)
    readers = private_words(person, register, lines, received)
    facts = _facts(register, day, made_at, base_url, readers)
    if not lines:
        facts = (*facts, ("Risks", empty_words(received)))
    ids = [line.id for line in lines]
    links = {} if on else risk_links_of(person, ids)
    risks = tuple(_risk(person, line, controls.get(line.id, ()), links.get(line.id, ())) for line in lines)
    parts = (
        Sheet("Responses", RESPONSES, _rows(lines, _responses)),
        Sheet("Controls", CONTROLS, _rows(lines, lambda line: _controls(controls.get(line.id, ())))),
        Sheet("Scores", SCORES, _rows(lines, _scores)),
    )
    return Book(
        register.title,
        tuple(pair for pair in facts if pair[1]),
        (Sheet("Risks", RISKS, risks), *parts, *_received(received)),
        made_at,
    )


def _facts(
    register: Register, day: dt.date, made_at: dt.datetime, base_url: str, readers: str
) -> tuple[tuple[str, str], ...]:
    version, months = terms_on([register], day)[register.id]
    on = clock.in_london(made_at)
    shape = version.shape
    return (
        ("Partnership", register.partnership.name),
        ("Whose", register.whose),
        ("Register", register.title),
        ("As at", clock.long_date(day)),
        ("Who may read it", readers),
        ("Scheme", f"{version.name}, version {version.number}: {shape.size_words}"),
        ("Tolerated", shape.tolerance_words()),
        *((f"Tolerated in {one.name}", shape.tolerance_words(one.name)) for one in shape.categories),
        ("Reviewed", rhythm(months)),
        ("Exported", f"{clock.long_date(on.date())} at {on:%H:%M}"),
        ("Source", f"{base_url.rstrip('/')}/p/{register.partnership.slug}/risks/{register.slug}/"),
    )


def _risk(
    person: Acting, line: RiskLine, controls: Iterable[LineControl], links: Iterable[LinkView]
) -> tuple[Value, ...]:
    now = line.current
    held = clean(
        f"Accepted by {line.accepted.accepted_by} until {clock.long_date(line.accepted.until)}"
        if line.accepted
        else "Accepted by nobody"
    )
    return (
        *_name(line),
        clean(line.cause),
        clean(line.effect),
        clean(line.assumptions),
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
        "\n".join(f"{one.effectiveness.capitalize()}: {clean(one.text)}" for one in controls),
        clean(line.owner.name),
        line.owner.kind.value.capitalize(),
        line.proximity.value.capitalize(),
        line.opened_on,
        line.reviewed_on,
        _every(line.review_months),
        line.review_due_on,
        reader_words(line),
        "\n".join(forwarded(person, line)),
        "\n".join(f"{one.words}, {one.plan}: {clean(one.text)}" for one in links),
    )


def reader_words(line: RiskLine) -> str:
    if line.register.authority_id is None:
        return "The partnership’s own"
    return "Shared" if line.is_shared else "Private"


def forwarded(person: Acting, line: RiskLine) -> Iterator[str]:
    """Where it stands at the next level: for its own people, and for those who decide there."""
    is_own = queries.is_own(person, line.register)
    for one in running_on(line.escalations, line.day):
        if is_own or may(person, Permission.RISK_READ, one):
            yield f"{one.to.title}: {standing_words(one)}"


def _score(score: LineScore | None) -> tuple[str, str, str]:
    """Its two levels and what they come to."""
    return (score.impact_label, score.likelihood_label, score.words) if score else ("", "", "")


def _every(months: int | None) -> str:
    """How often, where it is the risk's own rhythm."""
    if months is None:
        return ""
    return "1 month" if months == 1 else f"{months} months"


def _rows(
    lines: Iterable[RiskLine], parts: Callable[[RiskLine], Iterable[tuple[Value, ...]]]
) -> tuple[tuple[Value, ...], ...]:
    """A row for each part of each risk, which begins with the number and the name of the risk."""
    return tuple((*_name(line), *part) for line in lines for part in parts(line))


def _name(line: RiskLine) -> tuple[Value, ...]:
    return int(line.ref) if line.ref.isdecimal() else line.ref, clean(line.event)


def _responses(line: RiskLine) -> Iterator[tuple[Value, ...]]:
    for one in line.responses:
        owner = clean(one.owner_name), one.owner_kind.capitalize()
        yield one.number, one.kind.capitalize(), clean(one.text), *owner, one.due_on, one.state.capitalize()


def _controls(controls: Iterable[LineControl]) -> Iterator[tuple[Value, ...]]:
    for one in controls:
        yield one.number, clean(one.text), one.effectiveness.capitalize()


def _scores(line: RiskLine) -> Iterator[tuple[Value, ...]]:
    """Those that count now."""
    for one in filter(None, (line.current, line.target, line.inherent)):
        levels = one.impact_label, one.likelihood_label, one.words
        yield one.kind.capitalize(), *levels, clean(version_words(one)), one.scored_on, clean(one.reason)


def _received(found: Iterable[Received]) -> Iterator[Sheet]:
    """What others put forward to the register, where anything was."""
    rows = tuple(
        (
            clean(one.event),
            one.whose,
            clean(one.from_title),
            one.name,
            clean(one.score),
            clean(one.words),
            one.nominated_on if one.is_told else None,
            "Waits for an answer" if one.is_waiting else "Taken up" if one.is_accepted else one.state.capitalize(),
            one.nominated_on if one.is_waiting else one.state_on,
            clean(one.state_words),
        )
        for one in found
    )
    if rows:
        yield Sheet("Put forward to this register", RECEIVED, rows)


def clean(words: str) -> str:
    """Without what no file can hold, which older rows may have."""
    return words.translate(NOT_HELD)
