"""Responses and controls of a risk."""

import datetime as dt
from typing import Any, TypeVar

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import Problems, checked_owner, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.owners import Owner
from strategy_tracker.risks.models import Control, Response, Risk
from strategy_tracker.risks.operations.recording import keep, record, require_open, said
from strategy_tracker.risks.rules import Effectiveness, ResponseKind, ResponseState, next_number

NOBODY = Owner()
Part = TypeVar("Part", Response, Control)


def add_response(
    person: Acting,
    risk: Risk,
    *,
    kind: ResponseKind,
    text: str,
    owner: Owner = NOBODY,
    due_on: dt.date | None = None,
    state: ResponseState = ResponseState.UNDER_WAY,
    form_key: str | None = None,
) -> Response:
    """What is done about the risk. Raises Forbidden, Invalid."""
    return _add(person, risk, Response, _response(kind, text, owner, due_on, state), form_key)


def edit_response(
    person: Acting,
    response: Response,
    version: int,
    *,
    kind: ResponseKind,
    text: str,
    owner: Owner,
    due_on: dt.date | None,
    state: ResponseState,
    form_key: str | None = None,
) -> None:
    """Says all of it anew; what it said stays in the risk's history. Raises Conflict, Forbidden, Invalid."""
    _edit(person, response, version, _response(kind, text, owner, due_on, state), form_key)


def add_control(
    person: Acting,
    risk: Risk,
    *,
    text: str,
    effectiveness: Effectiveness = Effectiveness.NOT_TESTED,
    form_key: str | None = None,
) -> Control:
    """What is in place already. Raises Forbidden, Invalid."""
    return _add(person, risk, Control, _control(text, effectiveness), form_key)


def edit_control(
    person: Acting,
    control: Control,
    version: int,
    *,
    text: str,
    effectiveness: Effectiveness,
    form_key: str | None = None,
) -> None:
    """The same for a control. Raises Conflict, Forbidden, Invalid."""
    _edit(person, control, version, _control(text, effectiveness), form_key)


def remove_part(
    person: Acting, part: Response | Control, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """Takes away what was written by mistake; history keeps it. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_WRITE, part.risk)
    require_open(part.risk)
    why = checked_reason(reason, "Say why it is taken away: the history keeps it")
    with history.writing(person, form_key):
        save_versioned(part, version, removed_at=clock.now())
        keep(person, part, removed=True)
        _record(person, part, "removed", before=said(part), reason=why)


def _add(person: Acting, risk: Risk, model: type[Part], columns: dict[str, Any], form_key: str | None) -> Part:
    require(person, Permission.RISK_WRITE, risk)
    require_open(risk)
    with history.writing(person, form_key):
        # The lock on the risk keeps the numbers without gap or double.
        Risk.update(version=Risk.version).where(Risk.id == risk.id).execute()
        taken = [row[0] for row in model.select(model.number).where(model.risk == risk).tuples()]
        part: Part = model.create(risk=risk, number=next_number(taken), **columns)
        keep(person, part)
        _record(person, part, "added", after=columns)
    return part


def _edit(
    person: Acting, part: Response | Control, version: int, columns: dict[str, Any], form_key: str | None
) -> None:
    require(person, Permission.RISK_WRITE, part.risk)
    require_open(part.risk)
    before = said(part)
    with history.writing(person, form_key):
        save_versioned(part, version, **columns)
        keep(person, part)
        _record(person, part, "edited", before=before, after=columns)


def _record(person: Acting, part: Response | Control, verb: str, **data: Any) -> None:
    name = type(part).__name__.lower()
    record(person, part.risk, f"{name} {verb}", number=part.number, **data)


def _response(
    kind: ResponseKind, text: str, owner: Owner, due_on: dt.date | None, state: ResponseState
) -> dict[str, Any]:
    problems = Problems()
    words = problems.text("text", "What is done", text)
    problems.marks(text=words)
    if due_on is not None:
        problems.date("due_on", "The date", due_on)
    owned = checked_owner(problems, owner)
    problems.raise_if_any()
    return {"kind": kind.value, "text": words, **owned, "due_on": due_on, "state": state.value}


def _control(text: str, effectiveness: Effectiveness) -> dict[str, Any]:
    problems = Problems()
    words = problems.text("text", "What is in place", text)
    problems.marks(text=words)
    problems.raise_if_any()
    return {"text": words, "effectiveness": effectiveness.value}
