"""What a person sees before risks come in: how each head was understood, what is wrong, each risk as it will be."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.access.policy import Acting
from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.preview import HeadChoice
from strategy_tracker.transfer.risks_in.check import LEAVES
from strategy_tracker.transfer.risks_in.drafts import Checked, RiskDraft, State
from strategy_tracker.transfer.risks_in.heads import LABELS, SEVERAL, Field, Head
from strategy_tracker.transfer.risks_in.models import RiskImport
from strategy_tracker.transfer.risks_in.operations import choices_of, compared, digest_of
from strategy_tracker.transfer.risks_in.reading import RegisterFile, RiskTable, document_in, nearest_table, register_of

QUESTIONS = ("day", LEAVES)
"""Problems that a field of the page answers, and not the file."""
OPTIONS = tuple((field.value, label) for field, label in LABELS.items())


@dataclass(frozen=True)
class Preview:
    """`file` is None where no table of the file is a register, `found` where it could not be compared with one."""

    heads: tuple[HeadChoice, ...]
    problems: tuple[tuple[str, str], ...]
    file: RegisterFile | None = None
    found: Checked | None = None

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """What is wrong in the file itself."""
        return tuple((place, words) for place, words in self.problems if place not in QUESTIONS)

    @property
    def questions(self) -> dict[str, str]:
        return {place: words for place, words in self.problems if place in QUESTIONS}

    @property
    def risks(self) -> tuple[RiskDraft, ...]:
        return self.found.risks if self.found else ()

    def of(self, state: State) -> tuple[RiskDraft, ...]:
        return tuple(risk for risk in self.risks if risk.state is state)

    @property
    def new(self) -> tuple[RiskDraft, ...]:
        return self.of(State.NEW)

    @property
    def there(self) -> tuple[RiskDraft, ...]:
        return tuple(risk for risk in self.risks if risk.state is not State.NEW)

    @property
    def may_be_imported(self) -> bool:
        return bool(self.new) and not self.problems

    @property
    def asks_to_leave(self) -> bool:
        """Whether a risk of the file is in the register in other words."""
        return bool(self.of(State.LEFT))

    @property
    def warned(self) -> int:
        """How many of the new risks have something to look at."""
        return sum(bool(risk.warnings) for risk in self.new)

    @property
    def is_own(self) -> bool:
        """Whether every table is a sheet of ours, of which nobody needs to be asked what it holds."""
        return (
            self.file is not None
            and all(table.is_own for table in self.file.tables)
            and all(head.code for head in self.heads)
        )

    @property
    def digest(self) -> str:
        return digest_of(self.found) if self.found else ""


def preview_of(person: Acting, row: RiskImport) -> Preview:
    """Reads the file again and compares it with the register as it now stands."""
    choices = choices_of(row)
    try:
        document = document_in(bytes(row.content))
    except Invalid as refused:
        return Preview((), tuple(refused.problems.items()))
    try:
        file = register_of(document, choices.mapping)
    except Invalid as refused:
        nearest = nearest_table(document, choices.mapping)
        return Preview(_choices(nearest.heads), tuple(refused.problems.items()))
    heads = _choices(tuple(head for table in file.tables for head in _open_where_doubled(table)))
    try:
        found = compared(person, row.register, file, choices)
    except Invalid as refused:
        return Preview(heads, tuple(refused.problems.items()), file)
    return Preview(heads, tuple(found.problems.items()), file, found)


def _open_where_doubled(table: RiskTable) -> Iterator[Head]:
    """The heads of a table; of several that claim the same, all but the first are left to be said."""
    claimed: set[Field] = set()
    for head in table.heads:
        doubled = head.field in claimed and head.field not in (*SEVERAL, Field.NONE)
        if head.field:
            claimed.add(head.field)
        yield Head(head.column, head.words, None) if doubled and not head.by_hand else head


def _choices(heads: tuple[Head, ...]) -> tuple[HeadChoice, ...]:
    """Each head once, though it may stand over several tables."""
    once = {plain(head.words): head for head in reversed(heads)}
    return tuple(
        HeadChoice(f"head-{number}", head.said, head.field.value if head.field else "", OPTIONS, head.by_hand)
        for number, head in enumerate(reversed(once.values()))
    )
