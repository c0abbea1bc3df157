"""What a closed quarter keeps of each return, as JSON with its steps, and how it is read again."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import shorten
from typing import Any

from strategy_tracker.authorities.models import Authority
from strategy_tracker.history.chain import canonical
from strategy_tracker.plans.rules import NOT_GIVEN, Timescale
from strategy_tracker.quarters.models import Quarter, Reopening, Return, ReturnStep
from strategy_tracker.quarters.rules import ReturnState
from strategy_tracker.reviews.returns.rules import Exceptional, Moved, OutcomeFigure, Said, Told
from strategy_tracker.reviews.returns.shapes import ReturnFigures, ShareFigure

Kept = dict[str, Any]
LENGTH, MOST_NAMED, LONGEST_SHOWN = 16, 4, 120


def to_keep(figures: ReturnFigures) -> dict[str, Any]:
    """All that a board, a return's page and the downloads show of it."""
    shares = [asdict(one) for one in figures.shares]
    return {**figures.summary, "short_name": figures.short_name, "name": figures.name, "shares": shares}


def kept_in(quarter: Quarter) -> dict[int, Kept]:
    """What was kept last of each return, by authority; nothing while the quarter is open.

    A return that is open again is not among them until its reopening has ended: it says what it says now. Nor is one
    of which only counts were kept.
    """
    if not quarter.is_closed:
        return {}
    again = Reopening.select(Reopening.of).where(Reopening.ended_at.is_null())
    rows = (
        ReturnStep.select(Return.authority, ReturnStep.figures)
        .join(Return)
        .where(Return.quarter == quarter, Return.id.not_in(again), ReturnStep.figures.contains('"shares":'))
        .order_by(ReturnStep.id)
        .tuples()
    )
    return {authority_id: json.loads(text) for authority_id, text in dict(rows).items()}


def read(kept: Kept, quarter: Quarter, authority: Authority, row: Return) -> ReturnFigures:
    """The return as it was kept. Its state is that of now: it may have been accepted since."""
    return ReturnFigures(
        quarter_id=quarter.id,
        authority_id=authority.id,
        slug=authority.slug,
        short_name=kept["short_name"],
        name=kept["name"],
        return_id=row.id,
        version=row.version,
        state=ReturnState(row.state),
        shares=tuple(_share(one) for one in kept["shares"]),
    )


def seen_of(figures: ReturnFigures) -> str:
    """What a page showed of a return, for its button to carry: the last note's id, and a digest of all that is said."""
    said = canonical([asdict(one) for one in figures.shares])
    last = max((note.note_id for *_, note in _notes(figures)), default=0)
    return f"{last}.{hashlib.sha256(said.encode()).hexdigest()[:LENGTH]}"


def changed_since(figures: ReturnFigures, seen: str) -> str:
    """What is other than a page showed, in words; empty where all stands as it was seen."""
    if seen == seen_of(figures):
        return ""
    last = seen.partition(".")[0]
    new = []
    if last.isascii() and last.isdecimal() and len(last) <= LENGTH:
        new = [_shown(number, note) for number, note in _notes(figures) if note.note_id > int(last)]
    more = f", and {len(new) - MOST_NAMED} more" if len(new) > MOST_NAMED else ""
    what = f": {'; '.join(new[:MOST_NAMED])}{more}" if new else ""
    return f"The return of {figures.short_name} was changed since you looked{what}"


def _notes(figures: ReturnFigures) -> Iterator[tuple[str, Said]]:
    """Each note that counts, with the number of its action."""
    return ((share.number, note) for share in figures.shares for one in share.outcomes for note in one.said)


def _shown(number: str, note: Said) -> str:
    return f"{number} is {note.status or NOT_GIVEN} now, “{shorten(note.text, LONGEST_SHOWN, placeholder='…')}”"


def _share(kept: Kept) -> ShareFigure:
    return ShareFigure(
        **kept
        | {
            "outcomes": tuple(_outcome(one) for one in kept["outcomes"]),
            "told": Told(kept["told"]),
            "exceptions": tuple(Exceptional(one) for one in kept["exceptions"]),
        }
    )


def _outcome(kept: Kept) -> OutcomeFigure:
    when = kept["timescale"]
    return OutcomeFigure(
        **kept
        | {
            "timescale": Timescale.of(when["kind"], _day(when["due_on"]), when["precision"] or "", when["words"]),
            "said": tuple(Said(**one | {"as_at": _day(one["as_at"])}) for one in kept["said"]),
            "moved": tuple(Moved(**one | {"on": _day(one["on"])}) for one in kept["moved"]),
            "late_on": _day(kept["late_on"]),
        }
    )


def _day(words: str | None) -> Any:
    return dt.date.fromisoformat(words) if words else None
