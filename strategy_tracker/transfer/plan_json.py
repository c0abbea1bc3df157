"""The plan as JSON, in the form that the product's users build on. `json_plan` reads the same in again."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from strategy_tracker.owners import Owner
from strategy_tracker.plans.dates.queries import moves_of_plan
from strategy_tracker.plans.earlier import EarlierShare, earlier_shares
from strategy_tracker.plans.models import Plan, ProgressNote
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.transfer.out.stamps import stamp_of
from strategy_tracker.transfer.queries import standing_notes
from strategy_tracker.transfer.snapshot import snapshot_of
from strategy_tracker.transfer.stored import StoredAction, StoredOutcome, StoredPlan, owner_of, stored_plan

Json = dict[str, Any]


def plan_as_json(
    plan: Plan, *, authority: str | None = None, as_at: dt.date | None = None, version: int | None = None
) -> bytes:
    """The whole plan, or what is one authority's (a slug): as it stood on a date, or as a version of it had it.

    Without either it is the plan as it stands, with progress up to its own date, else all. Whether the reader may see
    the plan is settled by whoever loaded it. Raises NotFound for a version that is not there.

    It keeps what went out under its `mark`, so that a copy that comes back is known again.
    """
    view = view_of(plan, as_at, version)
    parts = view.parts()
    stored = stored_plan(plan.partnership_id, plan, parts)
    earlier = earlier_shares(view, parts.shares, stored.authorities.values())
    until = view.as_at if view.is_past else as_at or plan.as_at
    content = _Export(stored, authority, until, view.moves_until, earlier).plan(stored.row or plan)
    content["extract_of"] = authority
    content["version"] = view.version.number if view.version else None
    content["mark"] = stamp_of(plan, snapshot_of(stored, authority or "", until, whole=True))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


class _Export:
    def __init__(
        self,
        stored: StoredPlan,
        authority: str | None,
        as_at: dt.date | None,
        until: dt.date | None,
        earlier: Iterable[EarlierShare],
    ) -> None:
        self.stored, self.authority, self.as_at, self.until = stored, authority, as_at, until
        self.order = {slug: place for place, slug in enumerate(stored.authorities)}
        reads = stored.authorities[authority].id if authority else None
        self.earlier = {one.id: one for one in earlier if reads is None or reads in one.successors}
        self.earlier_notes: dict[int, list[ProgressNote]] = defaultdict(list)
        for note in standing_notes(stored.row.id) if stored.row and self.earlier else ():
            if note.share_id in self.earlier and (as_at is None or note.as_at <= as_at):
                self.earlier_notes[note.outcome_id].append(note)

    def plan(self, plan: Plan) -> Json:
        objectives = [(objective, self._actions(objective.actions)) for objective in self.stored.objectives]
        return {
            "partnership": plan.partnership.slug,
            "plan": plan.slug,
            "title": plan.title,
            "strategy": plan.strategy,
            "period": {"from": plan.period_from.isoformat(), "to": plan.period_to.isoformat()},
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "state": plan.state,
            "edition": plan.edition,
            "agreed_on": plan.agreed_on.isoformat() if plan.agreed_on else None,
            "objectives": [
                {
                    "number": _number(objective.row.number),
                    "title": objective.row.title,
                    "lead": self.stored.slug_of(objective.row.lead_id),
                    "actions": actions,
                }
                for objective, actions in objectives
                if actions or self.authority is None
            ],
            "glossary": {short: entry.meaning for short, entry in self.stored.glossary.items()},
            "timescale_changes": list(self._moves(plan)),
        }

    def _moves(self, plan: Plan) -> Iterator[Json]:
        """Each time that a timescale was changed. For reading: an import leaves it as it is."""
        moves = moves_of_plan(plan.id, self.until)
        for objective in self.stored.objectives:
            for action in objective.actions:
                if self.authority not in (None, *action.shares):
                    continue
                for number, outcome in enumerate(action.outcomes, 1):
                    for move in moves.get(outcome.row.id, ()):
                        yield {
                            "action": action.row.number,
                            "outcome": number,
                            "before": _timescale(move.old),
                            "after": _timescale(move.new),
                            "on": move.on.isoformat() if move.on else None,
                            "reason": move.reason,
                        }

    def _actions(self, actions: tuple[StoredAction, ...]) -> list[Json]:
        return [
            {
                "number": action.row.number,
                "text": action.row.text,
                "lead": self.stored.slug_of(action.row.lead_id),
                "owner": _owner(owner_of(action.row)),
                "shares": [
                    {"authority": slug, "owner": _owner(owner_of(share))} for slug, share in action.shares.items()
                ],
                "outcomes": [self._outcome(outcome) for outcome in action.outcomes],
            }
            for action in actions
            if self.authority is None or self.authority in action.shares
        ]

    def _outcome(self, outcome: StoredOutcome) -> Json:
        notes = [
            (slug, note)
            for (slug, as_at), note in outcome.notes.items()
            if self.authority in (None, slug) and (self.as_at is None or as_at <= self.as_at)
        ]
        notes.sort(key=lambda pair: (self.order[pair[0]], pair[1].as_at))
        return {
            "text": outcome.row.text,
            "lead": self.stored.slug_of(outcome.row.lead_id),
            "timescale": _timescale(outcome.timescale),
            "progress": [_note(slug, note) for slug, note in notes],
        } | self._earlier_progress(outcome)

    def _earlier_progress(self, outcome: StoredOutcome) -> Json:
        """What authorities said whose part another took over, if any did. For reading: an import leaves it as it is."""
        told = [self._earlier(note) for note in self.earlier_notes[outcome.row.id]]
        return {"earlier_progress": told} if told else {}

    def _earlier(self, note: ProgressNote) -> Json:
        part = self.earlier[note.share_id]
        slug = self.stored.slug_of(part.authority_id) or ""
        return {**_note(slug, note), "until": part.until.isoformat()}


def _number(number: str) -> int | str:
    """Objectives count in whole numbers where they can."""
    return int(number) if number.isdecimal() and str(int(number)) == number else number


def _owner(owner: Owner) -> Json | None:
    return {"kind": owner.kind.value, "name": owner.name} if owner.name else None


def _timescale(timescale: Timescale) -> Json | None:
    if timescale == Timescale():
        return None
    return {
        "kind": timescale.kind.value,
        "date": timescale.due_on.isoformat() if timescale.due_on else None,
        "precision": timescale.precision.value if timescale.precision else "",
        "words": timescale.words,
    }


def _note(slug: str, note: ProgressNote) -> Json:
    return {
        "authority": slug,
        "as_at": note.as_at.isoformat(),
        "status": note.status,
        "text": note.text,
        "reason": note.reason,
    }
