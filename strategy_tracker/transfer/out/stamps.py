"""The marks of what went out."""

import hashlib
import secrets

from strategy_tracker import clock
from strategy_tracker.db import transaction
from strategy_tracker.plans.models import Plan
from strategy_tracker.transfer.models import PlanExport
from strategy_tracker.transfer.snapshot import Snapshot, packed

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
SIGNS = LETTERS + "23456789"
"""Without those that are taken for each other."""


def stamp_of(plan: Plan, snapshot: Snapshot) -> str:
    """The mark under which this content of the plan is kept: the same content has the same mark for good."""
    content = packed(snapshot)
    digest = hashlib.sha256(content).hexdigest()
    with transaction():
        kept = PlanExport.get_or_none(PlanExport.plan == plan, PlanExport.digest == digest)
        if kept is None:
            columns = {"plan": plan.id, "stamp": _new(), "digest": digest, "content": content}
            PlanExport.insert(**columns, created_at=clock.now()).on_conflict_ignore().execute()
            kept = PlanExport.get(PlanExport.plan == plan, PlanExport.digest == digest)
    return str(kept.stamp)


def _new() -> str:
    """It begins with a letter, so that no spreadsheet takes it for a number."""
    return secrets.choice(LETTERS) + "".join(secrets.choice(SIGNS) for _ in range(6))
