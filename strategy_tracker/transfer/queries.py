"""The selects of import and export that the pages of a plan do not need."""

import json

from peewee import ModelSelect

from strategy_tracker.authorities.models import Authority, Succession
from strategy_tracker.history.models import Event
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote
from strategy_tracker.transfer.models import PlanExport

IMPORTED = "plan imported"
"""The verb of the event that remembers how a file was understood."""


def plan_at(partnership_id: int, slug: str) -> Plan | None:
    return Plan.get_or_none(Plan.partnership == partnership_id, Plan.slug == slug)


def standing_notes(plan_id: int) -> ModelSelect:
    """Every note of a plan that no correction has replaced, oldest first."""
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    return (
        ProgressNote.select()
        .join(Outcome)
        .join(Action)
        .join(Objective)
        .where(Objective.plan == plan_id, ProgressNote.id.not_in(replaced))
        .order_by(ProgressNote.as_at, ProgressNote.id)
    )


def remembered_mapping(partnership_id: int) -> dict[str, str]:
    """What was said of heads, head by plain head, when a plan of this partnership was last imported on the page."""
    last = (
        Event.select(Event.data)
        .where(Event.partnership == partnership_id, Event.verb == IMPORTED)
        .order_by(Event.id.desc())
        .first()
    )
    return dict(json.loads(last.data).get("map") or {}) if last else {}


def successions_of(authority: Authority) -> list[Succession]:
    """Who goes on with what an authority had that ended, the first first."""
    query = Succession.select(Succession, Authority).join(Authority, on=Succession.new)
    return list(query.where(Succession.old == authority.id).order_by(Succession.id))


def export_with(partnership_id: int, stamp: str) -> PlanExport | None:
    """What went out under a mark, of a plan of this partnership."""
    query = PlanExport.select(PlanExport, Plan).join(Plan)
    return query.where(Plan.partnership == partnership_id, PlanExport.stamp == stamp).first()
