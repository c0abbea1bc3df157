"""The flat form of a plan: one row for each authority's part of each outcome. What goes out and what is read back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from strategy_tracker.clock import long_date
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind
from strategy_tracker.plans.timescales import dates_in, timescale_of
from strategy_tracker.text import NOT_HELD
from strategy_tracker.transfer import answerable
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, OutcomeDraft, PlanDraft, ShareDraft

Value = str | dt.date


class Column(StrEnum):
    """The heads, in their order."""

    OBJECTIVE_NUMBER = "Objective number"
    OBJECTIVE = "Objective"
    OBJECTIVE_LEAD = "Objective lead"
    ACTION_NUMBER = "Action number"
    ACTION = "Action"
    LEAD = "Lead"
    OWNER = "Owner"
    OUTCOME = "Outcome"
    OUTCOME_LEAD = "Outcome lead"
    TIMESCALE = "Timescale"
    AUTHORITY = "Authority"
    SHARE_OWNER = "Authority’s owner"
    STATUS = "Status"
    PROGRESS = "Progress"
    REASON = "Reason"
    AS_AT = "As at"
    EARLIER = "Reported before"
    ROW = "Row"


OF_OBJECTIVE = (Column.OBJECTIVE_NUMBER, Column.OBJECTIVE, Column.OBJECTIVE_LEAD)
OF_ACTION = (Column.ACTION_NUMBER, Column.ACTION, Column.LEAD, Column.OWNER)
OF_OUTCOME = (Column.OUTCOME, Column.OUTCOME_LEAD, Column.TIMESCALE)
OF_NOTE = (Column.STATUS, Column.PROGRESS, Column.REASON, Column.AS_AT)
MEANINGS: dict[Column, str] = {
    Column.OBJECTIVE_NUMBER: "The number of the objective",
    Column.OBJECTIVE: "The words of the objective; the same on each of its rows. Changing them on one row is enough",
    Column.OBJECTIVE_LEAD: "The authority that leads the objective",
    Column.ACTION_NUMBER: "The number of the action within its objective",
    Column.ACTION: "What will be done; the same on each of its rows. Changing it on one row is enough",
    Column.LEAD: "The authority that leads the action",
    Column.OWNER: "The post, person or team that answers for the action as a whole",
    Column.OUTCOME: "The measurable outcome; it may be blank",
    Column.OUTCOME_LEAD: "The authority that leads the outcome, where it is another than the action’s",
    Column.TIMESCALE: "A date, a month, a quarter or a year; or a condition or a rhythm in words",
    Column.AUTHORITY: "The authority whose part of the action the row is about",
    Column.SHARE_OWNER: "The post, person or team that answers for this authority’s part",
    Column.STATUS: (
        "What the authority last reported: not started, on track, at risk, off track, achieved, ongoing, achieved and "
        "ongoing, deferred, carried forward or stopped. Blank: not reported"
    ),
    Column.PROGRESS: "What the authority last wrote. Earlier notes stay in the tracker",
    Column.REASON: "Why the action is deferred, carried forward or stopped, or why the status is worse than before",
    Column.AS_AT: "The date of the report. A new date makes a new report; the same date corrects this one",
    Column.EARLIER: (
        "What an authority last reported whose part this one took over, under its own name. Only for reading: changes "
        "in it are not read"
    ),
    Column.ROW: "How the tracker knows the row again. Leave it as it is; leave it empty on rows that you add",
}


@dataclass(frozen=True)
class RowKey:
    """What a row is about, by the numbers that its parts have in the database. `stamp` names the export."""

    stamp: str
    part: str
    number: int
    authority: str = ""

    def __str__(self) -> str:
        return ".".join(filter(None, (self.stamp, f"{self.part}{self.number}", self.authority)))


@dataclass(frozen=True)
class Row:
    """`values` lacks the columns that are blank. `begins` are the parts of the plan of which this is the first row."""

    part: str
    """p: an objective without actions; a: an action without outcomes; o: an outcome."""
    objective: ObjectiveDraft
    action: ActionDraft | None = None
    outcome: OutcomeDraft | None = None
    share: ShareDraft | None = None
    note: NoteDraft | None = None
    begins: frozenset[str] = frozenset()
    values: dict[Column, Value] = field(default_factory=dict)

    def key(self, stamp: str) -> str:
        numbered = self.outcome or self.action or self.objective
        return str(RowKey(stamp, self.part, numbered.row or 0, self.share.authority if self.share else ""))

    def shown(self, column: Column) -> str:
        """The cell in words."""
        value = self.values.get(column, "")
        return long_date(value) if isinstance(value, dt.date) else value


def rows_of(plan: PlanDraft, shorts: dict[str, str]) -> Iterator[Row]:
    """The rows of a plan in its order. `shorts`: the short name of each authority's slug."""
    for objective in plan.objectives:
        if not objective.actions:
            yield Row("p", objective, begins=frozenset("p"), values=_cells(shorts, objective))
        for action in objective.actions:
            for row in _rows_of_action(objective, action, shorts):
                is_first = row.begins >= {"a"} and action is objective.actions[0]
                yield _with_first(row) if is_first else row


def _with_first(row: Row) -> Row:
    return Row(**{**row.__dict__, "begins": row.begins | {"p"}})


def _rows_of_action(objective: ObjectiveDraft, action: ActionDraft, shorts: dict[str, str]) -> Iterator[Row]:
    shares: tuple[ShareDraft | None, ...] = action.shares or (None,)
    outcomes: tuple[OutcomeDraft | None, ...] = action.outcomes or (None,)
    for outcome in outcomes:
        for share in shares:
            begins = {"o"} if share is shares[0] else set()
            if begins and outcome is outcomes[0]:
                begins.add("a")
            note = _note(outcome, share)
            cells = _cells(shorts, objective, action, outcome, share, note)
            part = "a" if outcome is None else "o"
            yield Row(part, objective, action, outcome, share, note, frozenset(begins), cells)


def _note(outcome: OutcomeDraft | None, share: ShareDraft | None) -> NoteDraft | None:
    """What the authority said last."""
    if outcome is None or share is None:
        return None
    mine = [note for note in outcome.notes if note.authority == share.authority]
    return max(mine, key=lambda note: (note.as_at or dt.date.min, note.row or 0), default=None)


def _cells(
    shorts: dict[str, str],
    objective: ObjectiveDraft,
    action: ActionDraft | None = None,
    outcome: OutcomeDraft | None = None,
    share: ShareDraft | None = None,
    note: NoteDraft | None = None,
) -> dict[Column, Value]:
    cells: dict[Column, Value | None] = {
        Column.OBJECTIVE_NUMBER: objective.number,
        Column.OBJECTIVE: objective.title,
        Column.OBJECTIVE_LEAD: shorts.get(objective.lead or ""),
    }
    if action is not None:
        cells |= {
            Column.ACTION_NUMBER: action.number,
            Column.ACTION: action.text,
            Column.LEAD: shorts.get(action.lead or ""),
            Column.OWNER: shown_owner(action.owner or Owner()),
        }
    if outcome is not None:
        cells |= {
            Column.OUTCOME: outcome.text,
            Column.OUTCOME_LEAD: shorts.get(outcome.lead or ""),
            Column.TIMESCALE: timescale_cell(outcome.timescale or Timescale()),
        }
    if share is not None:
        cells |= {Column.AUTHORITY: shorts.get(share.authority), Column.SHARE_OWNER: shown_owner(share.owner)}
    if note is not None:
        cells |= {
            Column.STATUS: note.status.value if note.status else "",
            Column.PROGRESS: note.text,
            Column.REASON: note.reason,
            Column.AS_AT: note.as_at,
        }
    return {column: _plain(value) for column, value in cells.items() if value}


def _plain(value: Value) -> Value:
    """Without what no file can hold, which older rows may have."""
    return value.translate(NOT_HELD) if isinstance(value, str) else value


def shown_owner(owner: Owner) -> str:
    """The name; with what it is behind it where the name alone would be taken for something else."""
    return owner.name if owner_said(owner.name) == owner else f"{owner.name} ({owner.kind})"


def owner_said(words: str) -> Owner:
    """What `shown_owner` wrote, or what a person wrote in its place."""
    words = " ".join(words.split())
    for kind in (OwnerKind.POST, OwnerKind.PERSON, OwnerKind.TEAM):
        name = words.removesuffix(f" ({kind})")
        if name != words:
            return Owner(kind, name)
    return answerable.owner_of(words)


def timescale_cell(timescale: Timescale) -> Value:
    """A real date where it is one to the day; else the words from which it can be understood again."""
    if timescale.kind is not TimescaleKind.DATE or timescale.due_on is None:
        return timescale.words
    if timescale.precision is Precision.DAY:
        return timescale.due_on
    return timescale.shown


def timescale_said(words: str) -> Timescale:
    """What a cell says, without the words where they are nothing but the date itself. Other words stay as they are."""
    found = next(dates_in(words), None)
    if found and (found.start, found.end) == (0, len(words)):
        return Timescale(TimescaleKind.DATE, found.on, found.precision)
    said = timescale_of(words)
    is_date_alone = said.kind is TimescaleKind.DATE and said.words == said.shown
    return Timescale(said.kind, said.due_on, said.precision) if is_date_alone else said
