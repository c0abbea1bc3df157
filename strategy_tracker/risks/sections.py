"""Builds the documents of registers and risks from the queries, as far as a person may read."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from strategy_tracker import clock, documents
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.risks import queries
from strategy_tracker.risks.document import RegisterDocument, TopDocument, TopEntry
from strategy_tracker.risks.entries import entry_of, forward_of, place_of, private_words
from strategy_tracker.risks.filters import number_of
from strategy_tracker.risks.heat import Spot, heat_map
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.page import rhythm, whose
from strategy_tracker.risks.rows import TONES, version_words, was_of
from strategy_tracker.risks.rules import EscalationState
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.schemes.rules import Tone
from strategy_tracker.risks.standing import RiskLine, by_severity, lines_of, quarter_before, shown_on
from strategy_tracker.risks.then import lines_then, shared_lines
from strategy_tracker.text import listed

NOT_ALL = "Only the risks that are shared with the whole partnership, or put before the steering group."
ONLY_SHARED = "Only the risks that are shared with the whole partnership."


def pdf_of(template: str, document: Any, folder: Path | None = None) -> bytes:
    """The document as PDF/UA-1; `folder` keeps it for the next asking. Raises documents.RenderFailed."""
    return documents.pdf(documents.page(template, one=document), folder=folder)


def register_pdf(document: RegisterDocument, folder: Path | None = None) -> bytes:
    return pdf_of("risk-register.html", document, folder)


def top_pdf(document: TopDocument, folder: Path | None = None) -> bytes:
    return pdf_of("top-risks.html", document, folder)


def register_document(person: Acting, register: Register, on: dt.date | None = None) -> RegisterDocument:
    """The open risks of a register that the person may read.

    `on`: as it stood on that day, for the command line alone, which reads all of it.
    """
    day = on or register.day
    previous = quarter_before(register.partnership_id, day)
    lines = lines_then(register, day, previous) if on else lines_of(person, [register], day, previous)
    lines = tuple(sorted(lines, key=number_of))
    is_own = queries.is_own(person, register)
    return replace(
        _register(register, lines, day, previous, "" if is_own else NOT_ALL),
        forward=tuple(forward_of(person, lines, is_own=is_own)),
        private=private_words(person, register, lines),
    )


def shared_register(register: Register) -> RegisterDocument:
    """As it may be handed on: what is shared alone, or the partnership's own, and nothing that was said to a level."""
    day = register.day
    previous = quarter_before(register.partnership_id, day)
    told = shared_lines(register.partnership_id, day, previous, register.authority_id).open
    lines = sorted((line for line in told if line.register.id == register.id), key=number_of)
    return _register(register, lines, day, previous, ONLY_SHARED if register.authority_id else "")


def _register(
    register: Register, lines: Sequence[RiskLine], day: dt.date, previous: dt.date | None, limits: str
) -> RegisterDocument:
    """`limits` says which risks are in it, "" for all."""
    version = current_version(register.scheme)
    since = clock.long_date(previous) if previous else ""
    reviewed = f"Risks are reviewed {rhythm(register.review_months)}."
    return RegisterDocument(
        partnership=register.partnership.name,
        whose=whose(register),
        title=register.title,
        as_at=clock.long_date(day),
        standing=f"{reviewed} {limits}".strip(),
        scheme_name=register.scheme.name,
        scheme_version=version.number,
        scheme=version.shape,
        heat=heat_map(version.shape, spots_of(lines), since),
        since=since,
        off_map=tuple(off_map(lines)),
        entries=tuple(entry_of(line, day) for line in lines),
        forward=(),
        private="",
    )


def spots_of(lines: Sequence[RiskLine]) -> Iterator[Spot]:
    for line in lines:
        place = place_of(line)
        if place is not None:
            yield Spot(line.ref, *place, line.moved, was_of(line), f"#r{line.ref}", is_opportunity=line.is_opportunity)


def off_map(lines: Sequence[RiskLine]) -> Iterator[str]:
    """Why some risks are not on the map."""
    refs: dict[str, list[str]] = {}
    for line in lines:
        if line.current is None:
            refs.setdefault("not scored yet", []).append(line.ref)
        elif line.is_under_old_version:
            refs.setdefault(f"scored under {version_words(line.current)}", []).append(line.ref)
    for why, found in refs.items():
        yield f"Not on the map, since {why}: {listed(found)}."


def top_document(person: Acting, home: Partnership) -> TopDocument:
    """What was accepted at the partnership's own registers, as far as the person may read it; the worst band first."""
    found = top_lines(person, home)
    unread = any(not line.is_shared for line in found if line.register.authority_id)
    private = "For the steering group: contains risks that are not shared" if unread else ""
    return replace(_top(home, [(line, top_entry(person, line)) for line in found]), private=private)


def shared_top(home: Partnership) -> TopDocument:
    """As it may be handed on: what is shared alone, without what was said with its acceptance."""
    lines: list[RiskLine] = []
    for day, registers in _by_day(queries.registers_of(OPERATOR, home)).items():
        told = shared_lines(home.id, day, quarter_before(home.id, day)).open
        ids = {register.id for register in registers}
        lines += [line for line in told if line.register.id in ids and accepted_at_top(line) is not None]
    return replace(_top(home, [(line, _entry(line)) for line in by_severity(lines)]), standing=ONLY_SHARED)


def _top(home: Partnership, found: Sequence[tuple[RiskLine, TopEntry]]) -> TopDocument:
    registers = list({line.register.id: line.register for line, _ in found}.values())
    day = shown_on(registers or queries.registers_of(OPERATOR, home))
    bands = []
    for tone in sorted(Tone, reverse=True):
        entries = tuple(entry for line, entry in found if line.current and line.current.tone == tone)
        if entries:
            bands.append((tone.words.capitalize(), TONES[tone], entries))
    unscored = tuple(entry for line, entry in found if line.current is None)
    return TopDocument(
        partnership=home.name,
        as_at=clock.long_date(day),
        bands=(*bands, ("Not scored", "", unscored)) if unscored else tuple(bands),
        is_mixed=len({line.register.scheme_id for line, _ in found}) > 1,
        private="",
    )


def top_lines(person: Acting, home: Partnership) -> tuple[RiskLine, ...]:
    """The open risks that the person may read and that were accepted at a register of the partnership."""
    lines: list[RiskLine] = []
    for day, registers in _by_day(queries.registers_of(person, home)).items():
        found = lines_of(person, registers, day, quarter_before(home.id, day))
        lines += [line for line in found if accepted_at_top(line) is not None]
    return by_severity(lines)


def _by_day(registers: Sequence[Register]) -> dict[dt.date, list[Register]]:
    found: dict[dt.date, list[Register]] = {}
    for one in registers:
        found.setdefault(one.day, []).append(one)
    return found


def accepted_at_top(line: RiskLine) -> Any:
    """The escalation by which a partnership's register took it; None where none did."""
    return next(
        (one for one in line.escalations if one.state == EscalationState.ACCEPTED and one.to.authority_id is None),
        None,
    )


def named(line: RiskLine) -> str:
    """By whom and by which number it is known everywhere: "TMBC S2"."""
    return f"{line.register.authority.short_name} {line.ref}" if line.register.authority_id else line.ref


def top_entry(person: Acting, line: RiskLine) -> TopEntry:
    """What was said with the acceptance is for its own people and for those who decide there."""
    taken = accepted_at_top(line)
    hears = taken is not None and (queries.is_own(person, line.register) or may(person, Permission.RISK_READ, taken))
    return replace(_entry(line), words=taken.decided_words if taken and hears else "")


def _entry(line: RiskLine) -> TopEntry:
    taken = accepted_at_top(line)
    return TopEntry(
        entry=entry_of(line, line.register.day, f"{line.register.slug}-{line.ref}"),
        ref=named(line),
        register=line.register.title,
        accepted=clock.long_date(taken.decided_on) if taken and taken.decided_on else "",
        words="",
    )
