"""What a person sees before an import: how each head was understood, what is wrong, what would change."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from strategy_tracker.access.policy import Acting
from strategy_tracker.clock import long_date
from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.back.reading import draft_for
from strategy_tracker.transfer.begun import period_for, title_for
from strategy_tracker.transfer.changes import Change, Kind, PlanChanges
from strategy_tracker.transfer.columns import SEVERAL
from strategy_tracker.transfer.draft import Clash, PlanDraft, TableHeads
from strategy_tracker.transfer.heads import Field, Head, Known, Meaning, date_of, days_within, plain
from strategy_tracker.transfer.json_plan import draft_of_json, is_json
from strategy_tracker.transfer.models import ImportDraft
from strategy_tracker.transfer.operations import changes_for
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.stored import known_authorities
from strategy_tracker.transfer.tables import nearest_heads
from strategy_tracker.transfer.uploads import choices_of, chosen_in, digest_of, mapping_of, settled_in

LABELS = {
    Field.NUMBER: "Number",
    Field.OBJECTIVE: "Objective",
    Field.ACTION: "Action",
    Field.OUTCOME: "Measurable outcome",
    Field.TIMESCALE: "Timescale",
    Field.REVISED: "Revised timescale",
    Field.LEAD: "Lead authority",
    Field.OWNER: "Owner",
    Field.STATUS: "Status",
    Field.PROGRESS: "Progress",
    Field.NONE: "Nothing: leave the column out",
}
QUESTIONS = {"progress of": "progress_of", "as at": "as_at", "period": "period_from"}
"""Problems that a field of the page answers, and not the file."""
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HeadChoice:
    """One head with what it may mean, as (code, words). `code` is what it is taken for, empty where nobody knows."""

    name: str
    words: str
    code: str
    options: Options
    by_hand: bool


@dataclass(frozen=True)
class Preview:
    """`draft` is None where the file has no table that is a plan, `changes` where something is wrong."""

    draft: PlanDraft | None
    heads: tuple[HeadChoice, ...]
    problems: tuple[tuple[str, str], ...]
    changes: PlanChanges | None
    title: str = ""
    period: tuple[dt.date, dt.date] | None = None

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """What is wrong in the file itself."""
        return tuple((place, words) for place, words in self.problems if place not in QUESTIONS)

    @property
    def questions(self) -> dict[str, str]:
        """What the file leaves to be asked, by the field that asks it."""
        return {QUESTIONS[place]: words for place, words in self.problems if place in QUESTIONS}

    @property
    def asks_whose(self) -> bool:
        """Whether a column's head leaves open whose progress it holds, or what it holds at all."""
        return self._is_open or any(authority is None for authority, _ in self._reports)

    @property
    def asks_when(self) -> bool:
        return self._is_open or any(as_at is None for _, as_at in self._reports)

    @property
    def _is_open(self) -> bool:
        return self.draft is None or any(not head.code for head in self.heads)

    @property
    def _reports(self) -> tuple[tuple[str | None, dt.date | None], ...]:
        return self.draft.reports if self.draft else ()

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """What both the file and the plan changed since the file went out."""
        return self.draft.clashes if self.draft else ()

    @property
    def names_all(self) -> bool:
        """Whether a file that came back says of each action who takes part."""
        actions = self.draft.actions() if self.draft and self.draft.returned else ()
        return bool(actions) and all(action.shares is not None for action in actions)

    @property
    def is_settled(self) -> bool:
        return all(clash.taken for clash in self.clashes)

    @property
    def digest(self) -> str:
        return digest_of(self.changes) if self.changes else ""

    def of(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(line for line in self.changes.lines if line.kind is kind) if self.changes else ()

    def count(self, what: str) -> int:
        """How many objectives, actions, outcomes or abbreviations the file has."""
        if self.draft is None:
            return 0
        parts: Mapping[str, int] = {
            "objective": len(self.draft.objectives),
            "action": len(self.draft.actions()),
            "outcome": len(self.draft.outcomes()),
            "progress": len(self.draft.notes()),
            "abbreviation": len(self.draft.glossary),
        }
        return parts[what]


def preview_of(person: Acting, row: ImportDraft) -> Preview:
    """Reads the file again and compares it with the plan as it now stands."""
    authorities = known_authorities(row.partnership_id)
    content, mapping = bytes(row.content), mapping_of(row)
    slug, choices = chosen_in(row)["plan"], choices_of(row)
    try:
        draft = draft_for(row.partnership, slug, content, authorities, mapping, settled_in(row))
    except Invalid as refused:
        return Preview(None, _nearest(content, authorities, mapping), tuple(refused.problems.items()), None)
    period = period_for(draft, choices, slug)
    named = sorted({as_at for _, as_at in draft.reports if as_at})
    heads = _choices(
        [head for table in draft.tables for head in _open_where_doubled(table)], authorities, period, named
    )
    title = title_for(draft, choices, slug)
    try:
        changes = changes_for(person, row.partnership, slug, draft, choices)
    except Invalid as refused:
        return Preview(draft, heads, tuple(refused.problems.items()), None, title, period)
    return Preview(draft, heads, (), changes, title, period)


def checked_readable(content: bytes) -> None:
    """Raises Invalid where the file is nothing that can be read at all; whether it is a plan shows in the preview."""
    if is_json(content):
        draft_of_json(content)
    else:
        read_document(content)


def _nearest(content: bytes, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> tuple[HeadChoice, ...]:
    """The heads to settle where no table reads like a plan."""
    try:
        document = read_document(content)
    except Invalid:
        return ()
    return _choices(nearest_heads(document, authorities, mapping).heads, authorities)


def _open_where_doubled(table: TableHeads) -> Iterator[Head]:
    """The heads of a table; of several that claim the same, all but the first are left to be said."""
    claimed: set[str] = set()
    for head in table.heads:
        code = head.meaning.code if head.meaning else ""
        doubled = code in claimed and head.meaning and head.meaning.field not in (*SEVERAL, Field.NONE, Field.NUMBER)
        claimed.add(code)
        yield replace(head, meaning=None) if doubled and not head.by_hand else head


def _choices(
    heads: Sequence[Head],
    authorities: Sequence[Known],
    period: tuple[dt.date, dt.date] | None = None,
    named: Sequence[dt.date] = (),
) -> tuple[HeadChoice, ...]:
    """Each head once, though it may stand over several tables."""
    once = {plain(head.words): head for head in reversed(heads)}
    return tuple(
        HeadChoice(
            f"head-{number}",
            " ".join(head.words.split()),
            head.meaning.code if head.meaning else "",
            _options(head, authorities, (*(days_within(head.words, *period) if period else ()), *named)),
            head.by_hand,
        )
        for number, head in enumerate(reversed(once.values()))
    )


def _options(head: Head, authorities: Sequence[Known], days: Sequence[dt.date] = ()) -> Options:
    """Progress and status once for each authority too, as at the date that the head names.

    A head that names none may be as at any of the days: the quarter's end in a year of the plan, or another head's.
    """
    named = date_of(head.words)
    options = []
    for field, label in LABELS.items():
        options.append((Meaning(field, as_at=named if field in (Field.STATUS, Field.PROGRESS) else None).code, label))
        if field in (Field.STATUS, Field.PROGRESS):
            options += [
                (Meaning(field, known.slug, named).code, f"{label} of {known.short_name}") for known in authorities
            ]
            for day in dict.fromkeys(days) if not named else ():
                options.append((Meaning(field, as_at=day).code, f"{label} as at {long_date(day)}"))
    if head.meaning and head.meaning.code not in dict(options):
        options.append((head.meaning.code, head.meaning.code))
    return tuple(options)
