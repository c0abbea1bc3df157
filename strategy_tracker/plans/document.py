"""The parts of the plan document: what the PDF and its preview show, ready in words. Built by `sections`."""

from dataclasses import dataclass

from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, WORST_FIRST
from strategy_tracker.plans.timeline.rules import Entry, Picture

#: What each status means to a reader; "not reported" is the absence of a report, never a status.
MEANINGS = {
    "achieved": "Done, and nothing more is due.",
    "achieved and ongoing": "Done once, and still kept up.",
    "on track": "Will be done by its date.",
    "ongoing": "Goes on without an end date.",
    "at risk": "May miss its date or its figure.",
    "off track": "Has missed its date or its figure, or will.",
    "not started": "Nothing done yet, and nothing late yet.",
    "deferred": "Put off, with a reason.",
    "carried forward": "Goes on in the next plan.",
    "stopped": "Given up, with a reason.",
    NOT_GIVEN: "A report came without a status. None was guessed.",
    NOT_REPORTED: "No report was received. It says nothing about the work itself.",
}
#: For the overview: no report comes after what is at risk and before what is set aside, so that it is never hidden.
WORST_IN_OVERVIEW: tuple[str, ...] = (*WORST_FIRST[:2], NOT_REPORTED, NOT_GIVEN, *WORST_FIRST[2:])
LETTERS_A_LINE = 110
FEWEST_LINES_A_PAGE = 32
#: Statuses of which the overview says how many there are.
ATTENTION = frozenset({"off track", "at risk", "stopped", "deferred", "not started", NOT_GIVEN, NOT_REPORTED})


@dataclass(frozen=True)
class Progress:
    """What one authority says about one outcome. `as_at` is empty where it is the document's own date."""

    authority: str
    status: str
    text: str = ""
    reason: str = ""
    owner: str = ""
    as_at: str = ""


@dataclass(frozen=True)
class OutcomeEntry:
    """One outcome with each authority's progress. `overdue` is a sentence, or empty."""

    text: str
    timescale: str
    overdue: str
    lead: str
    progress: tuple[Progress, ...]

    @property
    def length(self) -> int:
        """Letters of all its notes: what decides whether it can stay on one page."""
        return sum(len(each.text) + 60 * each.text.count("\n") for each in self.progress)


@dataclass(frozen=True)
class ActionEntry:
    """One action; `owner` joins its lead authority and its owner, `goes_on` says where it goes on, or is empty."""

    number: str
    text: str
    owner: str
    outcomes: tuple[OutcomeEntry, ...]
    milestones: tuple[str, ...] = ()
    goes_on: str = ""


@dataclass(frozen=True)
class Standing:
    """The worst status of an authority in an objective: `count` of its `of` reports have it."""

    authority: str
    status: str
    count: int
    of: int

    @property
    def words(self) -> str:
        """ "At risk, 2 of 6" where it needs attention, else the status alone."""
        shown = self.status[:1].upper() + self.status[1:]
        return f"{shown}, {self.count}\u00a0of\u00a0{self.of}" if self.of > 1 and self.status in ATTENTION else shown


@dataclass(frozen=True)
class ObjectiveSection:
    """One objective; `standings` has an entry, or None, for each authority of the document in its order."""

    key: str
    number: str
    title: str
    lead: str
    actions: tuple[ActionEntry, ...]
    standings: tuple[Standing | None, ...]

    @property
    def by_status(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Status to the authorities whose worst it is, the worst first: for overviews of many authorities."""
        found: dict[str, list[str]] = {}
        for standing in self.standings:
            if standing:
                found.setdefault(standing.status, []).append(standing.authority)
        return tuple((status, tuple(found[status])) for status in WORST_IN_OVERVIEW if status in found)


@dataclass(frozen=True)
class VersionRow:
    """A version of the plan, in words: its number, date, who, why, what changed, who approved it."""

    number: int
    on: str
    who: str
    reason: str
    what: str
    approved_by: str


@dataclass(frozen=True)
class DatesSection:
    """The timeline: its pictures, what they show as entries of a table, and a sentence of figures."""

    counts: str = ""
    pictures: tuple[Picture, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class PlanDocument:
    """All that the plan's PDF shows. Dates and counts are in words; `extract_of` is empty for the whole plan."""

    partnership: str
    strategy: str
    title: str
    period: str
    as_at: str
    edition: str
    is_draft: bool
    extract_of: str
    authorities: tuple[tuple[str, str], ...]
    counts: str
    objectives: tuple[ObjectiveSection, ...]
    dates: DatesSection
    versions: tuple[VersionRow, ...]
    statuses: tuple[tuple[str, str], ...]
    abbreviations: tuple[tuple[str, str], ...]

    @property
    def state(self) -> str:
        """What the margin of every page says of a draft."""
        return "Draft" if self.is_draft else ""

    @property
    def has_contents(self) -> bool:
        """Whether it may be longer than 20 pages, so that its overview gives page numbers.

        An estimate: 33 to 43 lines, as counted here, fill a page. It errs towards contents.
        """
        lines = sum(
            5 + 2 * len(part.progress) + part.length / LETTERS_A_LINE + len(action.text) // (3 * LETTERS_A_LINE) * 3
            for objective in self.objectives
            for action in objective.actions
            for part in action.outcomes
        )
        return lines + 5 * len(self.objectives) > 20 * FEWEST_LINES_A_PAGE
