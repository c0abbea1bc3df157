"""Which number each risk of a file has in the register: its own, a standing risk’s, or the next. Pure."""

from collections.abc import Mapping, Sequence

from strategy_tracker.text import one_line
from strategy_tracker.transfer.risks_in.checking import parts_in
from strategy_tracker.transfer.risks_in.drafts import Kept
from strategy_tracker.transfer.risks_in.heads import OF_SCORES, Field
from strategy_tracker.transfer.risks_in.rows import RawRisk
from strategy_tracker.transfer.risks_in.values import is_nothing, number_in

LARGEST_NUMBER = 100_000


def numbers_of(risks: Sequence[RawRisk], kept: Mapping[int, Kept], problems: dict[str, str]) -> list[int]:
    """The file's own. A risk of a table without numbers, and a scored one whose number is missing, is the open risk of
    the same words, as in a file that comes twice; where there is none, it gets the next number.

    Doubled numbers are problems, and so are missing ones where the row may be no risk.
    """
    said = [number_in(raw.said(Field.NUMBER)) for raw in risks]
    following = max([*kept, *(number for number in said if number)], default=0)
    standing = _by_words(kept, {number for number in said if number})
    first: dict[int, RawRisk] = {}
    found = []
    for raw, given in zip(risks, said, strict=True):
        number = given or 0
        place = raw.place_of(Field.NUMBER)
        if not raw.has_number or (_is_proposed(raw) and following < LARGEST_NUMBER):
            if same := standing.get(plain_words(parts_in(raw).event)):
                number = same.pop(0)
            else:
                number = following = following + 1
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


def plain_words(event: str) -> str:
    """What two risks of the same words have in common, however they are broken into lines or begun."""
    return " ".join(event.casefold().split()).rstrip(".")


def _by_words(kept: Mapping[int, Kept], claimed: set[int]) -> dict[str, list[int]]:
    """The numbers of the open risks that no row claims by number, the lowest first."""
    found: dict[str, list[int]] = {}
    for number in sorted(set(kept) - claimed):
        if not kept[number].is_closed:
            found.setdefault(plain_words(kept[number].risk.event), []).append(number)
    return found


def _is_proposed(raw: RawRisk) -> bool:
    """Whether a row without its number is a risk beyond doubt: it has a description and a score."""
    scored = any(not is_nothing(one_line(raw.said(what))) for what in OF_SCORES)
    return is_nothing(one_line(raw.said(Field.NUMBER))) and bool(raw.said(Field.DESCRIPTION)) and scored
