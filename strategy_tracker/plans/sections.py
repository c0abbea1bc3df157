"""Builds the plan document from the queries: the whole plan or one authority's extract, as at a date."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from strategy_tracker import documents
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans import queries
from strategy_tracker.plans.dates.queries import moves_of_plan
from strategy_tracker.plans.dates.rules import known, with_moves
from strategy_tracker.plans.document import (
    MEANINGS,
    WORST_IN_OVERVIEW,
    ActionEntry,
    ObjectiveSection,
    OutcomeEntry,
    PlanDocument,
    Progress,
    Standing,
    VersionRow,
)
from strategy_tracker.plans.earlier import EarlierShare, earlier_shares
from strategy_tracker.plans.lineage.queries import goes_on_in
from strategy_tracker.plans.milestones.sections import milestone_lines
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import (
    NOT_GIVEN,
    NOT_REPORTED,
    Precision,
    is_overdue,
    last_day,
    late_by,
    share_status,
    shown_date,
)
from strategy_tracker.plans.timeline.page import Timeline, dates_section
from strategy_tracker.plans.versions.between import Between
from strategy_tracker.plans.versions.story import versions_told
from strategy_tracker.plans.versions.view import View
from strategy_tracker.text import abbreviations_in


def plan_pdf(document: PlanDocument, folder: Path | None = None) -> bytes:
    """The document as PDF/UA-1; `folder` keeps it for the next asking. Raises documents.RenderFailed."""
    return documents.pdf(documents.page("action-plan.html", plan=document), folder=folder)


def changes_pdf(plan: Plan, found: Between, folder: Path | None = None) -> bytes:
    """What changed between two dates as PDF/UA-1. Raises documents.RenderFailed."""
    words = documents.page("plan-changes.html", changes=found, partnership=plan.partnership.name)
    return documents.pdf(words, folder=folder)


def timeline_pdf(line: Timeline, folder: Path | None = None) -> bytes:
    """The timeline as PDF/UA-1. Raises documents.RenderFailed."""
    return documents.pdf(documents.page("timeline.html", line=line), folder=folder)


def plan_document(view: View, authority: Authority | None = None) -> PlanDocument:
    """The plan in one of its states, or only what is `authority`'s part in it.

    Reads all of the plan: whether the reader may see it is settled by whoever loaded the plan.
    """
    return _Builder(view, authority).document()


class _Builder:
    """Holds what the queries gave, keyed by what it belongs to. The number of queries does not depend on the plan."""

    def __init__(self, view: View, authority: Authority | None) -> None:
        parts = view.parts()
        self.plan, self.as_at, self.authority = parts.plan, view.as_at, authority
        self.everybody = authorities_of(self.plan.partnership_id)
        self.shorts = {each.id: each.short_name for each in self.everybody}
        self.shares: dict[int, list[Share]] = defaultdict(list)
        for share in parts.shares:
            if authority is None or share.authority_id == authority.id:
                self.shares[share.action_id].append(share)
        self.objectives = parts.objectives
        self.rule = rule_of(self.plan.partnership_id, view.as_at)
        self.outcomes = _grouped(parts.outcomes, "action_id")
        self.actions = _grouped(parts.actions, "objective_id")
        self.goes_on = goes_on_in(self.plan.id)
        self.moves = moves_of_plan(self.plan.id, view.moves_until)
        self.milestones = milestone_lines(self.plan.id, view.as_at, view.until, authority.id if authority else None)
        self.dates = dates_section(view, set(self.shares) if authority else None)
        self.versions = versions_told(self.plan, self.plan.edition, self.everybody)
        notes = queries.current_notes(self.plan.id, view.as_at)
        self.notes = {(note.outcome_id, note.share_id): note for note in notes}
        self.earlier: dict[int, list[EarlierShare]] = defaultdict(list)
        for part in earlier_shares(view, parts.shares, self.everybody):
            if authority is None or authority.id in part.successors:
                self.earlier[part.action_id].append(part)
        self.taking_part = self._authorities()

    def _authorities(self) -> list[Authority]:
        found = {share.authority_id for shares in self.shares.values() for share in shares}
        return [each for each in self.everybody if each.id in found]

    def document(self) -> PlanDocument:
        plan = self.plan
        objectives = tuple(self._objectives())
        counts = Counter(status for statuses in self._share_statuses() for status in statuses)
        shown = {note.status for o in objectives for a in o.actions for part in a.outcomes for note in part.progress}
        shown |= {standing.status for o in objectives for standing in o.standings if standing}
        return PlanDocument(
            partnership=plan.partnership.name,
            strategy=plan.strategy,
            title=plan.title,
            period=_period(plan.period_from, plan.period_to),
            as_at=_day(self.as_at),
            edition=_edition(plan, self.versions),
            is_draft=plan.state == "draft",
            extract_of=f"{self.authority.name} ({self.authority.short_name})" if self.authority else "",
            authorities=tuple((each.short_name, each.name) for each in self.taking_part),
            counts=_counts(objectives, counts),
            objectives=objectives,
            dates=self.dates,
            versions=self.versions,
            statuses=tuple((status, meaning) for status, meaning in MEANINGS.items() if status in shown),
            abbreviations=tuple(self._abbreviations(objectives)),
        )

    def _objectives(self) -> Iterator[ObjectiveSection]:
        for position, objective in enumerate(self.objectives, start=1):
            actions = self.actions[objective.id]
            if self.authority:
                actions = [action for action in actions if self.shares[action.id]]
                if not actions:
                    continue
            yield ObjectiveSection(
                key=f"objective-{position}",
                number=objective.number,
                title=objective.title,
                lead=self.shorts.get(objective.lead_id, ""),
                actions=tuple(self._action(objective, action) for action in actions),
                standings=tuple(self._standing(actions, each) for each in self.taking_part),
            )

    def _action(self, objective: Objective, action: Action) -> ActionEntry:
        lead = self.shorts.get(action.lead_id, "")
        owner = ", ".join(filter(None, (lead, action.owner_name)))
        owning = lead or self.shorts.get(objective.lead_id, "")
        outcomes = self.outcomes[action.id] or [Outcome(text="")]
        return ActionEntry(
            number=action.number,
            text=action.text,
            owner=owner,
            milestones=self.milestones.get(action.id, ()),
            goes_on=self.goes_on.get(action.id, ""),
            outcomes=tuple(
                self._outcome(action, outcome, owning, is_first=position == 0)
                for position, outcome in enumerate(outcomes)
            ),
        )

    def _outcome(self, action: Action, outcome: Outcome, owning: str, *, is_first: bool) -> OutcomeEntry:
        """The owners of the shares stand with the first outcome alone."""
        timescale = outcome.timescale
        progress = [
            self._progress(outcome, share, self._owner_of(action, share, owning) if is_first else "")
            for share in self.shares[action.id]
        ]
        statuses = [note.status for note in progress] or [NOT_REPORTED]
        late = [status for status in statuses if is_overdue(timescale, status, self.rule.late_on(self.as_at))]
        lead = self.shorts.get(outcome.lead_id, "")
        return OutcomeEntry(
            text=outcome.text,
            timescale=with_moves(timescale.shown, known(self.moves.get(outcome.id, ()), timescale)),
            overdue=f"Overdue by {late_by(timescale.due_on, self.as_at)}" if late and timescale.due_on else "",
            lead=lead if lead != owning else "",
            progress=self._with_earlier(action, outcome, progress),
        )

    def _with_earlier(self, action: Action, outcome: Outcome, progress: list[Progress]) -> tuple[Progress, ...]:
        """Below each authority what those said that it took over from. It counts nowhere: they report no more."""
        if action.id not in self.earlier:
            return tuple(progress)
        shares, lines = self.shares[action.id], [[each] for each in progress]
        lines.append([])
        for part in self.earlier[action.id]:
            note = self.notes.get((outcome.id, part.id))
            if note is not None:
                place = (at for at, share in enumerate(shares) if share.authority_id in part.successors)
                name = f"{self.shorts[part.authority_id]}, until {_day(part.until)}"
                lines[next(place, -1)].append(self._said(name, note))
        return tuple(each for some in lines for each in some)

    def _owner_of(self, action: Action, share: Share, owning: str) -> str:
        """Whose share it is, where it is not the action's own owner."""
        is_same = (self.shorts[share.authority_id], share.owner_name) == (owning, action.owner_name)
        return "" if is_same else str(share.owner_name)

    def _progress(self, outcome: Outcome, share: Share, owner: str) -> Progress:
        short = self.shorts[share.authority_id]
        note = self.notes.get((outcome.id, share.id))
        if note is None:
            return Progress(short, NOT_REPORTED, owner=owner)
        return self._said(short, note, owner)

    def _said(self, name: str, note: ProgressNote, owner: str = "") -> Progress:
        as_at = "" if note.as_at == self.as_at else _day(note.as_at)
        return Progress(name, note.status or NOT_GIVEN, note.text, note.reason, owner, as_at)

    def _share_status(self, action: Action, share: Share) -> str:
        notes = (self.notes.get((outcome.id, share.id)) for outcome in self.outcomes[action.id])
        return share_status((note.status or NOT_GIVEN) if note else NOT_REPORTED for note in notes)

    def _share_statuses(self) -> Iterator[list[str]]:
        for actions in self.actions.values():
            for action in actions:
                yield [self._share_status(action, share) for share in self.shares[action.id]]

    def _standing(self, actions: Iterable[Action], authority: Authority) -> Standing | None:
        found = [
            self._share_status(action, share)
            for action in actions
            for share in self.shares[action.id]
            if share.authority_id == authority.id
        ]
        if not found:
            return None
        worst = next(status for status in WORST_IN_OVERVIEW if status in found)
        return Standing(authority.short_name, str(worst), found.count(worst), len(found))

    def _abbreviations(self, objectives: tuple[ObjectiveSection, ...]) -> Iterator[tuple[str, str]]:
        said = {part.authority_id for parts in self.earlier.values() for part in parts}
        yield from ((each.short_name, each.name) for each in self.everybody if each.id in said)
        glossary = {each.short: each.meaning for each in queries.abbreviations(self.plan.partnership_id)}
        used = abbreviations_in("\n".join(_texts(self.plan, objectives)), glossary)
        yield from ((short, meaning) for short, meaning in glossary.items() if short in used)


def _grouped(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _texts(plan: Plan, objectives: tuple[ObjectiveSection, ...]) -> Iterator[str]:
    """Every word of the document in which an abbreviation can stand."""
    yield from (plan.title, plan.strategy)
    for objective in objectives:
        yield from (objective.title, objective.lead)
        for action in objective.actions:
            yield from (action.text, action.owner)
            yield from action.milestones
            for outcome in action.outcomes:
                yield from (outcome.text, outcome.timescale, outcome.lead)
                for note in outcome.progress:
                    yield from (note.authority, note.text, note.reason, note.owner)


def _counts(objectives: tuple[ObjectiveSection, ...], statuses: Counter[str]) -> str:
    """Counts are of shares: 33 actions by three authorities are 99."""
    actions = [action for objective in objectives for action in objective.actions]
    outcomes = sum(len(action.outcomes) for action in actions)
    sentence = (
        f"{_number(len(objectives), 'objective')}, {_number(len(actions), 'action')}, {_number(outcomes, 'outcome')}"
    )
    each = ", ".join(f"{statuses[status]} {status}" for status in MEANINGS if statuses[status])
    return f"{sentence}. {_number(statuses.total(), 'share')}: {each}." if each else f"{sentence}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _edition(plan: Plan, versions: Sequence[VersionRow]) -> str:
    if plan.state == "draft":
        return f"Version {plan.edition}, draft"
    agreed = f"Version {plan.edition}, agreed {versions[-1].on}"
    return f"{agreed}, closed" if plan.state == "closed" else agreed


def _period(first: dt.date, last: dt.date) -> str:
    """July 2010 to June 2011 where it is of whole months, else the days."""
    whole = first.day == 1 and last == last_day(last, Precision.MONTH)
    precision = Precision.MONTH if whole else Precision.DAY
    return f"{shown_date(first, precision)} to {shown_date(last, precision)}"


def _day(day: dt.date) -> str:
    return shown_date(day, Precision.DAY)
