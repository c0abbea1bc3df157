"""What was changed in the file and in the plan, each in its own way, and what a person chose."""

import hashlib
from collections.abc import Mapping

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.draft import Clash, PlanDraft

FILE, PLAN = "file", "plan"
EVERY = ""
"""The key of a choice that is made for all clashes at once."""


class Clashes:
    """`chosen`: for each clash, by its key, whose words are taken. The key changes with either side's words, so that
    what somebody chose is never taken for words that she has not seen."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self.chosen = chosen
        self.found: list[Clash] = []

    def takes_file(
        self, what: str, label: str, aspect: str, before: str, file: str, plan: str, place: str = ""
    ) -> bool:
        """Keeps the clash for the page, and says whether the file's words are taken."""
        key = hashlib.sha256(repr((what, label, aspect, place, file, plan)).encode()).hexdigest()[:16]
        taken = self.chosen.get(key) or self.chosen.get(EVERY, "")
        self.found.append(Clash(key, what, label, aspect, before, file, plan, place, taken))
        return taken == FILE


def require_settled(draft: PlanDraft) -> None:
    """Raises Invalid naming each clash that nobody has settled: neither side is taken in silence."""
    open_clashes = [clash for clash in draft.clashes if not clash.taken]
    if open_clashes:
        raise Invalid({clash.place or clash.key: sentence_of(clash) for clash in open_clashes})


def sentence_of(clash: Clash) -> str:
    return (
        f"Both the file and the plan changed {clash.what} {clash.label} ({clash.aspect}): the file says "
        f"“{_short(clash.file)}”, the plan “{_short(clash.plan)}”"
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else line[:79] + "…"
