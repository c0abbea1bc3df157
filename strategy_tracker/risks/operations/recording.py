"""What every verb of a risk does beside its own work: locks, keeps what it said, writes history."""

import json
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, acts_for_another
from strategy_tracker.errors import Forbidden
from strategy_tracker.history.chain import canonical
from strategy_tracker.risks.models import Control, Register, Response, Risk, RiskRevision

COLUMNS: dict[type, tuple[str, ...]] = {
    Risk: (
        "event",
        "cause",
        "effect",
        "category",
        "owner_kind",
        "owner_name",
        "proximity",
        "is_opportunity",
        "assumptions",
        "review_months",
        "review_due_on",
        "is_shared",
        "closed_on",
        "closed_why",
    ),
    Response: ("kind", "text", "owner_kind", "owner_name", "due_on", "state"),
    Control: ("text", "effectiveness"),
}
"""What people write of each, and so what a revision keeps."""


def hold(register: Register) -> Register:
    """Everybody who gives a number in this register, or closes it, waits here for the one before.

    Returns it as it stands then. Whoever holds two holds the one below first.
    """
    Register.update(version=Register.version).where(Register.id == register.id).execute()
    held: Register = Register.get_by_id(register.id)
    return held


def require_open_register(register: Register) -> None:
    """Raises Forbidden for a closed register: nothing is added to it, or said of it, any more."""
    if register.closed_at is not None:
        raise Forbidden("This register is closed. What it says can be read, and no longer be changed.")


def require_open(risk: Risk) -> None:
    """Raises Forbidden for a closed risk: nothing of it is written any more, until it is opened again."""
    if risk.is_closed:
        raise Forbidden("This risk is closed. What it says can be read, and no longer be changed.")


def is_on_behalf(person: Acting, risk: Risk) -> bool:
    """Whether somebody of the partnership writes for the authority whose risk it is."""
    return risk.register.authority_id is not None and acts_for_another(person, Permission.RISK_WRITE, risk.place())


def said(row: Risk | Response | Control) -> dict[str, Any]:
    """What people wrote of it, by column."""
    return {name: getattr(row, name) for name in COLUMNS[type(row)]}


def keep(person: Acting, row: Risk | Response | Control, *, removed: bool = False) -> None:
    """Keeps what it says from now on."""
    risk = row if isinstance(row, Risk) else row.risk
    RiskRevision.create(
        risk=risk,
        part=type(row).__name__.lower(),
        number=0 if isinstance(row, Risk) else row.number,
        data=None if removed else canonical(said(row)),
        person=person.id,
        on_behalf=is_on_behalf(person, risk),
        recorded_at=clock.now(),
    )


def record(person: Acting, risk: Risk, verb: str, **data: Any) -> None:
    """Writes the event of a risk, in its partnership's chain."""
    history.record(person, risk.register.partnership_id, verb, risk, version=risk.version, **data)


def data_of(revision: RiskRevision) -> dict[str, Any] | None:
    """The columns that a revision keeps, dates in ISO form; None from when the part was taken away."""
    return None if revision.data is None else json.loads(revision.data)
