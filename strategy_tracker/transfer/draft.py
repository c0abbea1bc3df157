"""A plan as a file tells it, before anything is compared or stored. `place` says where in the file it stands.

`row` is the id of the part of the plan that is meant, where the file knows: then the draft says all there is to
say of it, and what is blank is taken away. Where it is None, parts are found by their words, and blanks keep.
"""

import datetime as dt
from dataclasses import dataclass, field

from strategy_tracker.owners import Owner
from strategy_tracker.plans.rules import Status, Timescale
from strategy_tracker.transfer.heads import Head


@dataclass(frozen=True)
class NoteDraft:
    """`authority` (a slug) and `as_at` are None where the file leaves them to be asked.
    `status` None: not given, and never guessed. `inferred`: read out of the words, as no column gives it.
    `reason_place`: the cell in which its reason is to be given; empty where the file has none, and the words serve."""

    text: str
    status: Status | None = None
    inferred: bool = False
    authority: str | None = None
    as_at: dt.date | None = None
    reason: str = ""
    place: str = ""
    row: int | None = None
    reason_place: str = ""


@dataclass(frozen=True)
class OutcomeDraft:
    """`timescale` None: the file has no word on it. `inferred`: read out of the outcome's own text."""

    text: str = ""
    timescale: Timescale | None = None
    inferred: bool = False
    lead: str | None = None
    notes: tuple[NoteDraft, ...] = ()
    place: str = ""
    row: int | None = None


@dataclass(frozen=True)
class ShareDraft:
    authority: str
    owner: Owner = field(default_factory=Owner)


@dataclass(frozen=True)
class ActionDraft:
    """`lead`, `owner` and `shares` are None where the file does not say."""

    number: str
    text: str
    lead: str | None = None
    owner: Owner | None = None
    shares: tuple[ShareDraft, ...] | None = None
    outcomes: tuple[OutcomeDraft, ...] = ()
    place: str = ""
    row: int | None = None


@dataclass(frozen=True)
class ObjectiveDraft:
    number: str
    title: str
    lead: str | None = None
    actions: tuple[ActionDraft, ...] = ()
    place: str = ""
    row: int | None = None


@dataclass(frozen=True)
class AbbreviationDraft:
    short: str
    meaning: str
    place: str = ""


@dataclass(frozen=True)
class TableHeads:
    """How the heads of one table were understood."""

    table: str
    heads: tuple[Head, ...]


@dataclass(frozen=True)
class Clash:
    """What both the file and the plan changed since the file went out: the words before, and each side's now.

    `taken` is the side that a person chose, "file" or "plan"; empty while nobody has.
    """

    key: str
    what: str
    label: str
    aspect: str
    before: str
    file: str
    plan: str
    place: str = ""
    taken: str = ""


@dataclass(frozen=True)
class PlanDraft:
    """`passed_over` names the tables that are no part of a plan; `problems` maps a place to what is wrong there.
    `is_exact`: the title is the plan's own, and not a line above a table that may say it in other words.
    `reports` are the (authority, as at) for which the file has a column: None where it leaves them to be asked.
    `remarks` say what else a person should know of how the file was read.
    `returned`: a file that went out from here and came back, compared three ways; else it has no `clashes`."""

    objectives: tuple[ObjectiveDraft, ...] = ()
    glossary: tuple[AbbreviationDraft, ...] = ()
    strategy: str = ""
    title: str = ""
    is_exact: bool = False
    adopted: int | None = None
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    as_at: dt.date | None = None
    tables: tuple[TableHeads, ...] = ()
    reports: tuple[tuple[str | None, dt.date | None], ...] = ()
    passed_over: tuple[str, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    returned: bool = False
    remarks: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()

    def actions(self) -> tuple[ActionDraft, ...]:
        return tuple(action for objective in self.objectives for action in objective.actions)

    def outcomes(self) -> tuple[OutcomeDraft, ...]:
        return tuple(outcome for action in self.actions() for outcome in action.outcomes)

    def notes(self) -> tuple[NoteDraft, ...]:
        return tuple(note for outcome in self.outcomes() for note in outcome.notes)
