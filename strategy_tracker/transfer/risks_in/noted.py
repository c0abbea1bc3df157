"""What checking one risk of a file finds on the way: what is wrong, by its place, and what a person should look at."""

import datetime as dt

from strategy_tracker.checks import FIRST_YEAR, LAST_YEAR, LONGEST_NAME
from strategy_tracker.owners import Owner
from strategy_tracker.text import one_line, problem_with_marks
from strategy_tracker.transfer.risks_in.answering import name_in, owner_in, owner_kind_in
from strategy_tracker.transfer.risks_in.heads import Field
from strategy_tracker.transfer.risks_in.rows import RawRisk
from strategy_tracker.transfer.risks_in.values import day_in, is_nothing


class Noted:
    """`problems` are the whole file's; `day` is the import's: nothing was said after it."""

    def __init__(self, raw: RawRisk, problems: dict[str, str], day: dt.date) -> None:
        self.raw, self.problems, self.day = raw, problems, day
        self.warnings = list(raw.notes)

    def wrong(self, what: Field | str, sentence: str) -> None:
        """`what` is a column of the risk's row, or another place."""
        self.problems.setdefault(self.raw.place_of(what) if isinstance(what, Field) else what, sentence)

    def bounded(self, what: Field | str, label: str, words: str, longest: int) -> str:
        if len(words) > longest:
            self.wrong(what, f"{label} must be {longest:,} characters or fewer; it has {len(words):,}")
        if mark := problem_with_marks(words):
            self.wrong(what, mark)
        return words

    def day_of(self, what: Field | str, words: str, label: str, *, is_past: bool = False) -> dt.date | None:
        """`is_past`: it cannot be after the day of the import."""
        said = one_line(words)
        if is_nothing(said):
            return None
        day = day_in(said)
        if day is None:
            self.wrong(what, f"“{said[:60]}” is no single day")
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.wrong(what, f"The {label} must be between {FIRST_YEAR} and {LAST_YEAR}")
        elif is_past and day > self.day:
            self.wrong(what, f"The {label} cannot be after the one of the import")
            return None
        return day

    def owner_of(self, what: Field | str, words: str, kind_words: str, kind_place: Field | str) -> tuple[Owner, str]:
        """Who answers, and what to look at; what the file says of the owner's kind counts, else what the name says."""
        name, several = name_in(words)
        self.bounded(what, "The owner", name, LONGEST_NAME)
        kind = owner_kind_in(kind_words)
        if kind and name:
            return Owner(kind, name), several
        if kind is None and not is_nothing(kind_words):
            self.wrong(kind_place, f"“{one_line(kind_words)[:60]}” is neither a post nor a person nor a team")
        found = owner_in(words)
        return found.owner, found.note
