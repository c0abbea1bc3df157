"""The timeline of a plan in one of its states, from the same queries as its page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans.document import DatesSection
from strategy_tracker.plans.milestones import queries as milestones
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.milestones.rules import State, as_then, state_of, told
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import PlanFacts, address_of, facts_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rollup.rules import Rule, roll_up
from strategy_tracker.plans.rows import PlanRows, view_rows
from strategy_tracker.plans.rules import DONE, NOT_GIVEN, NOT_REPORTED, SET_ASIDE, STATUS_WORDS, Status, is_overdue
from strategy_tracker.plans.standing import ActionPart, ObjectivePart, OutcomePart, Reader, standing
from strategy_tracker.plans.timeline.rules import Entry, Mark, Picture, Scale, pictures_of, scale_of
from strategy_tracker.plans.versions.view import View

MILESTONES = {State.DONE: Mark.DONE, State.MISSED: Mark.LATE, State.TO_DO: Mark.OPEN}


@dataclass(frozen=True)
class Part:
    """The dates of one objective."""

    key: str
    number: str
    title: str
    pictures: tuple[Picture, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Timeline:
    """Every objective that has a date, in the order of the plan. `undated` counts the outcomes that have none."""

    facts: PlanFacts
    base: str
    past: str
    partnership: str
    parts: tuple[Part, ...]
    undated: int
    moved: int
    slips: int

    @property
    def dates(self) -> int:
        return sum(len(part.entries) for part in self.parts)

    @property
    def counts(self) -> str:
        """ "17 dates, 3 of them moved, 4 slips. 18 outcomes have no date"."""
        undated = f"{self.undated} outcome{' has' if self.undated == 1 else 's have'} no date"
        moved = f"{self.moved} of them moved, {_many(self.slips, 'slip')}"
        return f"{_many(self.dates, 'date')}, {moved}. {undated}."


def timeline(view: View, action_ids: Collection[int] | None = None) -> Timeline:
    """The timeline of a plan that its reader may read, or of some of its actions.

    The number of queries does not depend on the plan.
    """
    plan, rows = view_rows(view)
    rule = rule_of(plan.partnership_id, view.as_at)
    whole = standing(rows, authorities_of(plan.partnership_id), rule.late_on(view.as_at), Reader())
    if action_ids is not None:
        whole = tuple(replace(part, actions=tuple(a for a in part.actions if a.id in action_ids)) for part in whole)
    steps = _milestones(plan, view)
    found = [(part, tuple(_entries(part, rows, steps, view, rule))) for part in whole]
    entries = [entry for _, ones in found for entry in ones]
    scale = scale_of((plan.period_from, plan.period_to), entries)
    return Timeline(
        facts=facts_of(plan, view.as_at),
        base=address_of(plan.partnership.slug, plan.slug),
        past=view.words,
        partnership=plan.partnership.name,
        parts=tuple(_part(part, ones, scale, view) for part, ones in found if ones),
        undated=sum(not _is_dated(outcome, rows) for part in whole for a in part.actions for outcome in a.outcomes),
        moved=sum(bool(entry.moves) for entry in entries),
        slips=sum(entry.slips for entry in entries),
    )


def dates_section(view: View, action_ids: Collection[int] | None = None) -> DatesSection:
    """The timeline in the document of the plan; with ids, of those actions alone. Empty where nothing has a date."""
    line = timeline(view, action_ids)
    entries = tuple(entry for part in line.parts for entry in part.entries)
    if not entries:
        return DatesSection()
    scale = line.parts[0].pictures[0].scale
    return DatesSection(line.counts, pictures_of("line", "the plan", entries, scale, view.as_at), entries)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _part(part: ObjectivePart, entries: Sequence[Entry], scale: Scale, view: View) -> Part:
    key = f"line-{part.id}"
    pictures = pictures_of(key, f"{part.number} {part.title}", entries, scale, view.as_at)
    return Part(key, part.number, part.title, pictures, tuple(entries))


def _milestones(plan: Plan, view: View) -> dict[int, list[tuple[Milestone, Entry]]]:
    moves = milestones.moves_of_plan(plan.id)
    found: dict[int, list[tuple[Milestone, Entry]]] = {}
    for row in milestones.milestones_of_plan(plan.id):
        due, moved = as_then(milestones.due_of(row), moves.get(row.id, ()), view.until)
        mark = MILESTONES[state_of(due, row.done_on, view.as_at)]
        said = told(due, row.done_on, view.as_at)
        entry = Entry(row.action_id, "", row.text, "Milestone", due, moved, mark, said)
        found.setdefault(row.action_id, []).append((row, entry))
    return found


def _entries(
    part: ObjectivePart, rows: PlanRows, steps: dict[int, list[tuple[Milestone, Entry]]], view: View, rule: Rule
) -> Iterator[Entry]:
    notes = {(share_id, outcome_id): status for share_id, outcome_id, _, status, _ in rows.notes}
    for action in part.actions:
        for outcome in action.outcomes:
            if _is_dated(outcome, rows):
                yield _entry(action, outcome, rows, notes, view, rule)
        for _, step in steps.get(action.id, ()):
            yield Entry(
                action.id, action.number, step.words, step.what, step.timescale, step.moves, step.mark, step.said
            )


def _is_dated(outcome: OutcomePart, rows: PlanRows) -> bool:
    return outcome.due_on is not None or any(move.old.due_on for move in rows.moves.get(outcome.id, ()))


def _entry(
    action: ActionPart,
    outcome: OutcomePart,
    rows: PlanRows,
    notes: dict[tuple[int, int], str | None],
    view: View,
    rule: Rule,
) -> Entry:
    statuses = []
    for line in action.lines:
        key = (line.share_id, outcome.id)
        statuses.append((notes[key] or NOT_GIVEN) if key in notes else NOT_REPORTED)
    late = [is_overdue(outcome.timescale, status, rule.late_on(view.as_at)) for status in statuses]
    whole = roll_up(zip(statuses, late, strict=True), rule)
    mark = Mark.LATE if any(late) else _ended(statuses)
    moves = rows.moves.get(outcome.id, ())
    what = "Outcome" if outcome.text else "Timescale"
    words = outcome.text or action.text
    return Entry(action.id, action.number, words, what, outcome.timescale, moves, mark, whole.words)


def _ended(statuses: Sequence[str]) -> Mark:
    """Achieved where all are; set aside where all have ended, one of them by being put off, carried on or given up."""
    given = {Status(status) for status in statuses if status in STATUS_WORDS}
    is_ended = bool(statuses) and all(status in STATUS_WORDS for status in statuses) and given <= DONE | SET_ASIDE
    return Mark.OPEN if not is_ended else Mark.ASIDE if given & SET_ASIDE else Mark.DONE
