"""Which part of a draft is which part of the plan that is kept: an inserted action must not make all look changed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from strategy_tracker.transfer.draft import ActionDraft, ObjectiveDraft, OutcomeDraft
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.stored import StoredAction, StoredObjective, StoredOutcome

ALIKE = 0.6
ALIKE_UNDER_ITS_NUMBER = 0.3
"""Less than that in common is another action, and what was said about the old one is not about the new."""
Kept = TypeVar("Kept")
Given = TypeVar("Given")


@dataclass(frozen=True)
class Pairing(Generic[Kept, Given]):
    """`pairs` are in the draft's order, with None for what is new; `gone` in the plan's."""

    pairs: tuple[tuple[Kept | None, Given], ...]
    gone: tuple[Kept, ...]


def pair_objectives(
    kept: Sequence[StoredObjective], given: Sequence[ObjectiveDraft]
) -> Pairing[StoredObjective, ObjectiveDraft]:
    """By id where the draft knows it; by title, else by number."""
    return _paired(
        kept,
        given,
        lambda old, new: plain(old.row.title) == plain(new.title),
        lambda old, new: old.row.number == new.number,
    )


def pair_actions(kept: Sequence[StoredAction], given: Sequence[ActionDraft]) -> Pairing[StoredAction, ActionDraft]:
    """By id where the draft knows it; by their words; by number where alike; the most alike; at last by number
    where they are a little alike."""
    return _paired(
        kept,
        given,
        lambda old, new: plain(old.row.text) == plain(new.text),
        lambda old, new: old.row.number == new.number and alike(old.row.text, new.text) >= ALIKE,
        likeness=lambda old, new: alike(old.row.text, new.text),
        at_last=lambda old, new: (
            old.row.number == new.number and alike(old.row.text, new.text) >= ALIKE_UNDER_ITS_NUMBER
        ),
    )


def pair_outcomes(kept: Sequence[StoredOutcome], given: Sequence[OutcomeDraft]) -> Pairing[StoredOutcome, OutcomeDraft]:
    """By id where the draft knows it; by their words; then the most alike; the rest by their order."""
    return _paired(
        kept,
        given,
        lambda old, new: plain(old.row.text) == plain(new.text),
        likeness=lambda old, new: alike(old.row.text, new.text),
        at_last=lambda old, new: True,
    )


def alike(one: str, other: str) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    mine, theirs = Counter(plain(one).split()), Counter(plain(other).split())
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 1.0


def _paired(
    kept: Sequence[Kept],
    given: Sequence[Given],
    *tests: Callable[[Kept, Given], bool],
    likeness: Callable[[Kept, Given], float] | None = None,
    at_last: Callable[[Kept, Given], bool] | None = None,
) -> Pairing[Kept, Given]:
    """Each test in turn pairs what is still single, first come first served; then likeness; then the last test."""
    found: dict[int, int] = {}
    free = dict(enumerate(kept))
    _pair_by(lambda old, new: old.row.id == new.row, free, given, found)
    for test in tests:
        _pair_by(_unless_known(test), free, given, found)
    if likeness is not None:
        _pair_alike(free, given, found, likeness)
    if at_last is not None:
        _pair_by(_unless_known(at_last), free, given, found)
    pairs = tuple((kept[found[at]] if at in found else None, new) for at, new in enumerate(given))
    return Pairing(pairs, tuple(free.values()))


def _unless_known(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A part whose id the draft knows is no other."""
    return lambda old, new: new.row is None and test(old, new)


def _pair_by(
    test: Callable[[Any, Any], bool], free: dict[int, Kept], given: Sequence[Given], found: dict[int, int]
) -> None:
    for at, new in enumerate(given):
        if at not in found:
            match = next((index for index, old in free.items() if test(old, new)), None)
            if match is not None:
                found[at] = match
                del free[match]


def _pair_alike(
    free: dict[int, Kept], given: Sequence[Given], found: dict[int, int], likeness: Callable[[Kept, Given], float]
) -> None:
    """The most alike first; a tie goes to the earlier."""
    scores = [
        (-score, at, index)
        for at, new in enumerate(given)
        if at not in found and getattr(new, "row", None) is None
        for index, old in free.items()
        if (score := likeness(old, new)) >= ALIKE
    ]
    for _, at, index in sorted(scores):
        if at not in found and index in free:
            found[at] = index
            del free[index]
