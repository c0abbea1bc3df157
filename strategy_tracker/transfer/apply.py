"""Applying the changes of an import through the verbs of a plan; inside one transaction."""

from typing import Any

from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.plans.operations.arrange import arrange
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.transfer.changes import ActionChange, NoteChange, ObjectiveChange, OutcomeChange, PlanChanges
from strategy_tracker.transfer.stored import StoredPlan


class Applying:
    def __init__(self, person: Acting, plan: Plan, stored: StoredPlan, changes: PlanChanges, reason: str) -> None:
        self.person, self.plan, self.stored, self.changes = person, plan, stored, changes
        self.change = Change(reason)

    def all(self) -> None:
        """What goes goes first, so that numbers are free for what comes."""
        self._plan()
        for objective in self.changes.gone:
            plans.remove(self.person, objective.row, objective.row.version, change=self.change)
        arrange(self.person, [self._objective(change) for change in self.changes.objectives], change=self.change)
        for kept, short, meaning in self.changes.glossary:
            if kept is None:
                plans.add_abbreviation(self.person, self.plan.partnership, short=short, meaning=meaning)
            else:
                plans.edit_abbreviation(self.person, kept, kept.version, short=short, meaning=meaning)

    def _plan(self) -> None:
        if self.changes.plan:
            kept = {
                name: getattr(self.plan, name) for name in ("title", "strategy", "period_from", "period_to", "as_at")
            }
            wanted: dict[str, Any] = kept | {name: new for name, (_, new) in self.changes.plan.items()}
            plans.edit_plan(self.person, self.plan, self.plan.version, change=self.change, **wanted)

    def _authority(self, slug: str | None) -> Authority | None:
        return self.stored.authorities[slug] if slug else None

    def _objective(self, change: ObjectiveChange) -> Objective:
        draft, lead = change.draft, self._authority(change.lead)
        if change.old is None:
            row = plans.add_objective(
                self.person, self.plan, change=self.change, title=draft.title, number=draft.number, lead=lead
            )
        else:
            row = change.old.row
            if change.differs:
                plans.edit_objective(
                    self.person, row, row.version, change=self.change, title=draft.title, lead=lead, number=draft.number
                )
        for gone in change.gone:
            plans.remove(self.person, gone.row, gone.row.version, change=self.change)
        arrange(self.person, [self._action(row, action) for action in change.actions], change=self.change)
        return row

    def _action(self, objective: Objective, change: ActionChange) -> Action:
        draft, lead = change.draft, self._authority(change.lead)
        authorities = [self.stored.authorities[slug] for slug in change.authorities]
        if change.old is None:
            row = plans.add_action(
                self.person,
                objective,
                text=draft.text,
                number=draft.number,
                lead=lead,
                owner=change.owner,
                authorities=authorities,
                change=self.change,
            )
        else:
            row = change.old.row
            if change.differs:
                plans.edit_action(
                    self.person,
                    row,
                    row.version,
                    text=draft.text,
                    lead=lead,
                    owner=change.owner,
                    number=draft.number,
                    change=self.change,
                )
            if set(change.authorities) != set(change.old.shares):
                plans.set_shares(self.person, row, row.version, authorities, change=self.change)
        self._parts_of(row, change)
        return row

    def _parts_of(self, action: Action, change: ActionChange) -> None:
        shares = self._shares(action, change)
        for share in change.shares:
            row = shares[share.authority]
            plans.edit_share(self.person, row, row.version, share.owner)
        for gone in change.gone:
            plans.remove(self.person, gone.row, gone.row.version, change=self.change)
        arrange(
            self.person, [self._outcome(action, outcome, shares) for outcome in change.outcomes], change=self.change
        )

    def _shares(self, action: Action, change: ActionChange) -> dict[str, Share]:
        """By slug; read again only where the import has just changed them."""
        if change.old is not None and set(change.authorities) == set(change.old.shares):
            return change.old.shares
        rows = Share.select().where(Share.action == action, Share.removed_at.is_null())
        found = {}
        for row in rows:
            row.action = action
            slug = self.stored.slug_of(row.authority_id)
            if slug:
                found[slug] = row
        return found

    def _outcome(self, action: Action, change: OutcomeChange, shares: dict[str, Share]) -> Outcome:
        draft, lead = change.draft, self._authority(change.lead)
        if change.old is None:
            row = plans.add_outcome(
                self.person, action, text=draft.text, timescale=change.timescale, lead=lead, change=self.change
            )
        else:
            row = change.old.row
            if change.differs:
                plans.edit_outcome(
                    self.person,
                    row,
                    row.version,
                    text=draft.text,
                    timescale=change.timescale,
                    lead=lead,
                    change=self.change,
                )
        for note in change.notes:
            self._note(row, note, shares)
        return row

    def _note(self, outcome: Outcome, change: NoteChange, shares: dict[str, Share]) -> None:
        whose, when = change.key
        reason = change.draft.reason or None
        if change.old is None:
            plans.record_progress(
                self.person,
                shares[whose],
                outcome,
                status=change.status,
                text=change.text,
                as_at=when,
                reason=reason,
            )
        else:
            change.old.share = shares[whose]
            plans.correct_progress(
                self.person, change.old, status=change.status, text=change.text, as_at=when, reason=reason
            )
