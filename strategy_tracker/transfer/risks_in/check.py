"""A file beside what the register has: everything that is wrong is found before anything is done."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from strategy_tracker.risks.schemes.rules import Scheme
from strategy_tracker.transfer.risks_in.checking import Checking
from strategy_tracker.transfer.risks_in.differing import differences
from strategy_tracker.transfer.risks_in.drafts import Checked, Kept, RiskDraft, State
from strategy_tracker.transfer.risks_in.numbering import numbers_of, plain_words
from strategy_tracker.transfer.risks_in.reading import RegisterFile
from strategy_tracker.transfer.risks_in.scoring import Against

MOST_RISKS = 2_000
MOST_NEW = 200
"""How many risks are added at a time: for so long nobody else can write."""
MOST_NAMED = 5
LEAVES = "leaves"
"""The problem that a choice answers: risks that stay as they are."""


def checked(
    file: RegisterFile,
    shape: Scheme,
    kept: Mapping[int, Kept],
    *,
    day: dt.date,
    leaves: bool = False,
    scheme: str = "",
) -> Checked:
    """`kept` by number; `leaves`: a risk that is there in other words is left as it is, and is no problem then.

    `scheme` is what the shape is called. `day` is the one on which scores are given of which the file has none.
    """
    problems = dict(file.problems)
    if len(file.risks) > MOST_RISKS:
        problems["file"] = f"The file has {len(file.risks):,} risks; at most {MOST_RISKS:,} can be looked at"
        return Checked((), problems)
    numbers = numbers_of(file.risks, kept, problems)

    def against(number: int) -> Against:
        return Against(shape, scheme, kept[number].risk if number in kept else None)

    drafts = [
        _beside(Checking(raw, against(number), problems, day).draft(number), kept.get(number), file)
        for raw, number in zip(file.risks, numbers, strict=True)
    ]
    found = Checked(tuple(_with_likenesses(drafts, kept)), problems)
    if len(found.new) > MOST_NEW:
        words = f"The file brings {len(found.new):,} new risks; at most {MOST_NEW} are added at a time: divide the file"
        problems["file"] = words
    left = [draft for draft in found.risks if draft.state is State.LEFT]
    if left and not leaves:
        problems[LEAVES] = _in_other_words(left, kept)
    return found


def _beside(draft: RiskDraft, kept: Kept | None, file: RegisterFile) -> RiskDraft:
    """What becomes of a risk whose number the register has given already."""
    if kept is None:
        return draft
    differs = tuple(differences(draft, kept.risk, file.fields, file.parts))
    return replace(draft, state=State.LEFT if differs else State.SAME, differs=differs)


def _with_likenesses(drafts: Iterable[RiskDraft], kept: Mapping[int, Kept]) -> Iterator[RiskDraft]:
    """Each new risk with what else says the same: one risk of the register, an open one first, and a row above."""
    in_order = sorted(kept.values(), key=lambda one: (not one.is_closed, -one.risk.number))
    there = {plain_words(one.risk.event): one for one in in_order}
    above: dict[str, str] = {}
    for draft in drafts:
        words, notes = plain_words(draft.event), list(draft.warnings)
        if one := there.get(words):
            closed = ", which is closed" if one.is_closed else ""
            notes.append(f"the register has a risk {one.risk.number} of the same words{closed}")
        if words in above:
            notes.append(f"{above[words]} has the same words")
        if words:
            above.setdefault(words, draft.place)
        yield replace(draft, warnings=tuple(notes)) if draft.state is State.NEW else draft


def _in_other_words(left: Sequence[RiskDraft], kept: Mapping[int, Kept]) -> str:
    named = [
        f"{draft.place} is risk {draft.number}{', which is closed' if kept[draft.number].is_closed else ''}"
        f" ({', '.join(draft.differs)})"
        for draft in left[:MOST_NAMED]
    ]
    more = f"; and {len(left) - MOST_NAMED:,} more" if len(left) > MOST_NAMED else ""
    what = "1 risk" if len(left) == 1 else f"{len(left):,} risks"
    return (
        f"The register has {what} of the file already, in other words: {'; '.join(named)}{more}. An import changes "
        "none: leave what is there as it is, and give what is another risk a number of its own"
    )
