"""Builds the documents of registers and risks from the queries, as far as a person may read."""

import datetime as dt
from collections.abc import Sequence
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
from strategy_tracker.risks.entries import empty_words, entry_of, forward_of, private_words, received_entry
from strategy_tracker.risks.models import Escalation, Register
from strategy_tracker.risks.on_map import map_of
from strategy_tracker.risks.page import rhythm
from strategy_tracker.risks.past import terms_on
from strategy_tracker.risks.received import received_on
from strategy_tracker.risks.schemes.rules import Tone
from strategy_tracker.risks.severity import is_mixed
from strategy_tracker.risks.standing import RiskLine, by_day, lines_shown, quarter_before, shown_on
from strategy_tracker.risks.then import shared_lines, whole_register
from strategy_tracker.risks.top import Top, taken_words, top_of
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
    lines = whole_register(person, register, on).open
    is_own = queries.is_own(person, register)
    received = received_on(person, register, day)
    return replace(
        _register(register, lines, day, previous, "" if is_own else NOT_ALL),
        forward=tuple(forward_of(person, lines, is_own=is_own)),
        received=tuple(map(received_entry, received)),
        empty=empty_words(received),
        private=private_words(person, register, lines, received),
    )


def shared_register(register: Register) -> RegisterDocument:
    """As it may be handed on: what is shared alone, or the partnership's own, and nothing that was said to a level."""
    day = register.day
    previous = quarter_before(register.partnership_id, day)
    told = shared_lines(register.partnership_id, day, previous, register.authority_id).open
    lines = sorted((line for line in told if line.register.id == register.id), key=lambda line: line.number)
    return _register(register, lines, day, previous, ONLY_SHARED if register.authority_id else "")


def _register(
    register: Register, lines: Sequence[RiskLine], day: dt.date, previous: dt.date | None, limits: str
) -> RegisterDocument:
    """`limits` says which risks are in it, "" for all."""
    version, months = terms_on([register], day)[register.id]
    since = clock.long_date(previous) if previous else ""
    reviewed = f"Risks are reviewed {rhythm(months)}."
    return RegisterDocument(
        partnership=register.partnership.name,
        whose=register.whose,
        title=register.title,
        as_at=clock.long_date(day),
        standing=f"{reviewed} {limits}".strip(),
        scheme_name=version.name,
        scheme_version=version.number,
        scheme=version.shape,
        heat=map_of(version.shape, lines, since, lambda line: f"#r{line.ref}"),
        since=since,
        entries=tuple(map(entry_of, lines)),
        forward=(),
        private="",
    )


def top_document(person: Acting, home: Partnership) -> TopDocument:
    """The top risks of the partnership, as far as the person may read them; the worst band first."""
    top = top_of(home)
    found = top_lines(person, home, top)
    return replace(_top(home, top, found, person), private=_unshared(person, found))


def _unshared(person: Acting, lines: Sequence[RiskLine]) -> str:
    found = {line.register.id: line.register for line in lines if line.register.authority_id and not line.is_shared}
    if found and all(queries.is_own(person, register) for register in found.values()):
        return f"For {listed(dict.fromkeys(one.short for one in found.values()))}: contains private risks"
    return "For the steering group: contains risks that are not shared" if found else ""


def shared_top(home: Partnership) -> TopDocument:
    """As it may be handed on: what is shared alone, without what was said when it was taken up."""
    top = top_of(home)
    lines: list[RiskLine] = []
    for day, registers in by_day(queries.registers_of(OPERATOR, home)).items():
        told = shared_lines(home.id, day, quarter_before(home.id, day)).open
        ids = {register.id for register in registers}
        lines += [line for line in told if line.register.id in ids]
    return replace(_top(home, top, top.of(lines)), standing=ONLY_SHARED)


def _top(home: Partnership, top: Top, lines: Sequence[RiskLine], person: Acting | None = None) -> TopDocument:
    """`person` None: for whoever it may be handed to."""
    registers = list({line.register.id: line.register for line in lines}.values())
    day, mixed = shown_on(registers or queries.registers_of(OPERATOR, home)), is_mixed(lines)
    groups: dict[tuple[str, str], list[TopEntry]] = {}
    names = queries.names_of(registers)
    for line in lines:
        entry = _entry(line, line.name(names), top.taken(line), day, person, is_mixed=mixed)
        groups.setdefault(_group(line), []).append(entry)
    return TopDocument(
        partnership=home.name,
        as_at=clock.long_date(day),
        bands=tuple((*group, tuple(entries)) for group, entries in groups.items()),
        is_mixed=mixed,
        private="",
        what=top.words,
    )


def _group(line: RiskLine) -> tuple[str, str]:
    """The head under which it stands, with its class."""
    if line.is_opportunity:
        return "Opportunities", ""
    if line.current is None:
        return "Not scored", ""
    tone = Tone(line.current.tone)
    return tone.words.capitalize(), tone.css


def top_lines(person: Acting, home: Partnership, top: Top) -> tuple[RiskLine, ...]:
    """The top risks of a partnership that the person may read."""
    return top.of(lines_shown(person, queries.registers_of(person, home)))


def _entry(
    line: RiskLine, name: str, taken: Escalation | None, day: dt.date, person: Acting | None, *, is_mixed: bool
) -> TopEntry:
    """What was said when it was taken up is for its own people and for those who decide there."""
    hears = person and taken and (queries.is_own(person, line.register) or may(person, Permission.RISK_READ, taken))
    as_at = "" if line.day == day else f", as at {clock.long_date(line.day)}"
    return TopEntry(
        entry=entry_of(line, f"{line.register.slug}-{line.ref}", is_mixed=is_mixed),
        ref=name,
        register=f"{line.register.title}{as_at}",
        taken=taken_words(taken) if taken else "",
        words=taken.decided_words if taken and hears else "",
    )
