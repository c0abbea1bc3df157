"""What is kept with an action, as its page shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.attached.happenings import with_attached
from strategy_tracker.plans.changes import Happening
from strategy_tracker.plans.evidence.page import EvidenceView, evidence_views
from strategy_tracker.plans.links.page import LinkView, link_views
from strategy_tracker.plans.links.queries import readable_others
from strategy_tracker.plans.milestones.page import MilestoneView, milestone_views
from strategy_tracker.plans.models import Action


@dataclass(frozen=True)
class AttachedPage:
    """Everything that is kept with an action, and its history with what happened to it."""

    milestones: tuple[MilestoneView, ...]
    evidence: tuple[EvidenceView, ...]
    links: tuple[LinkView, ...]
    history: tuple[Happening, ...]


def attached_page(action: Action, person: Acting, as_at: dt.date, told: Sequence[Happening]) -> AttachedPage:
    """Six selects, however much there is; `told` is the history so far."""
    others = readable_others(person, action.id)
    return AttachedPage(
        milestones=milestone_views(action, person, as_at),
        evidence=evidence_views(action, person),
        links=link_views(action, person, others),
        history=with_attached(told, action, others),
    )
