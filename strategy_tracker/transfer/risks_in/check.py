"""A file beside what the register has: everything that is wrong is found before anything is done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from strategy_tracker.risks.schemes.rules import Scheme
from strategy_tracker.text import one_line
from strategy_tracker.transfer.risks_in.checking import Checking
from strategy_tracker.transfer.risks_in.differing import differences
from strategy_tracker.transfer.risks_in.drafts import Checked, Kept, RiskDraft, State
from strategy_tracker.transfer.risks_in.heads import OF_SCORES, Field
from strategy_tracker.transfer.risks_in.reading import RegisterFile
from strategy_tracker.transfer.risks_in.rows import RawRisk
from strategy_tracker.transfer.risks_in.values import is_nothing, number_in

MOST_RISKS = 2_000
MOST_NEW = 200
"""How many risks are added at a time: for so long nobody else can write."""
LARGEST_NUMBER = 100_000


def checked(
    file: RegisterFile, shape: Scheme, kept: Mapping[int, Kept], *, day: dt.date, leaves: bool = False
) -> Checked:
    """`kept` by number; `leaves`: a risk that is there in other words is left as it is, and is no problem then.

    `day` is the one on which scores are given of which the file has none.
    """
    problems = dict(file.problems)
    if len(file.risks) > MOST_RISKS:
        problems["file"] = f"The file has {len(file.risks):,} risks; at most {MOST_RISKS:,} can be looked at"
        return Checked((), problems)
    numbers = _numbers(file.risks, kept, problems)
    drafts = []
    for raw, number in zip(file.risks, numbers, strict=True):
        draft = Checking(raw, shape, problems, day).draft(number)
        drafts.append(_beside(draft, raw, kept.get(number), file, problems, leaves=leaves))
    found = Checked(tuple(drafts), problems)
    if len(found.new) > MOST_NEW:
        words = f"The file brings {len(found.new):,} new risks; at most {MOST_NEW} are added at a time: divide the file"
        problems["file"] = words
    return found


def _numbers(risks: Sequence[RawRisk], kept: Mapping[int, Kept], problems: dict[str, str]) -> list[int]:
    """The file's own; a table without numbers, and a scored risk whose number is missing, gets the next ones.

    Doubled ones are problems, and so are missing ones where the row may be no risk.
    """
    said = [number_in(raw.said(Field.NUMBER)) for raw in risks]
    following = max([*kept, *(number for number in said if number)], default=0)
    first: dict[int, RawRisk] = {}
    found = []
    for raw, given in zip(risks, said, strict=True):
        number = given or 0
        place = raw.place_of(Field.NUMBER)
        if not raw.has_number or (_is_proposed(raw) and following < LARGEST_NUMBER):
            following += 1
            number = following
        elif not 0 < number <= LARGEST_NUMBER:
            words = one_line(raw.said(Field.NUMBER))[:60]
            problems.setdefault(place, f"“{words}” is no number of a risk" if words else "This risk has no number")
            number = 0
        elif number in first:
            other = first[number].place_of(Field.NUMBER)
            problems.setdefault(place, f"Number {number} is there twice; the other is at {other}")
        first.setdefault(number, raw)
        found.append(number)
    return found


def _is_proposed(raw: RawRisk) -> bool:
    """Whether a row without its number is a risk beyond doubt: it has a description and a score."""
    scored = any(not is_nothing(one_line(raw.said(what))) for what in OF_SCORES)
    return is_nothing(one_line(raw.said(Field.NUMBER))) and bool(raw.said(Field.DESCRIPTION)) and scored


def _beside(
    draft: RiskDraft,
    raw: RawRisk,
    kept: Kept | None,
    file: RegisterFile,
    problems: dict[str, str],
    *,
    leaves: bool,
) -> RiskDraft:
    """What becomes of a risk whose number the register has given already."""
    if kept is None:
        return draft
    differs = tuple(differences(draft, kept.risk, file.fields, file.parts))
    if not differs:
        return replace(draft, state=State.SAME)
    if not leaves:
        closed = ", and closed" if kept.is_closed else ""
        problems.setdefault(
            raw.place_of(Field.NUMBER),
            f"The register has a risk {draft.number} already{closed}, in other words ({', '.join(differs)}). An import "
            "changes none: change it on its page, or leave those that are there as they are",
        )
    return replace(draft, state=State.LEFT, differs=differs)
