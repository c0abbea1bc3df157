"""Responses and controls: added, edited, taken away, each by its number within the risk."""

from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import LARGEST_ID
from strategy_tracker.errors import NotFound
from strategy_tracker.risks.forms import ControlForm, ResponseForm
from strategy_tracker.risks.models import Control, Register, Response, Risk
from strategy_tracker.risks.operations import parts
from strategy_tracker.risks.operations.recording import require_open
from strategy_tracker.risks.routes.blueprint import RISK, blueprint, the_risk
from strategy_tracker.risks.routes.forms import page_of
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, answer
from strategy_tracker.web.forms import ReasonForm

RESPONSE = f"{RISK}responses/<int:response>"
CONTROL = f"{RISK}controls/<int:control>"


@blueprint.route(f"{RISK}responses/add", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def add_response(partnership: str, register: str, risk: str) -> Answer:
    return _add(_open_risk(partnership, register, risk), ResponseForm(), "response", parts.add_response)


@blueprint.route(f"{RISK}controls/add", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def add_control(partnership: str, register: str, risk: str) -> Answer:
    return _add(_open_risk(partnership, register, risk), ControlForm(), "control", parts.add_control)


@blueprint.route(RESPONSE, methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def edit_response(partnership: str, register: str, risk: str, response: int) -> Answer:
    row: Response = _part(Response, partnership, register, risk, response)
    return _edit(row, _response_form(row), "response", parts.edit_response, _response_form)


@blueprint.route(CONTROL, methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def edit_control(partnership: str, register: str, risk: str, control: int) -> Answer:
    row: Control = _part(Control, partnership, register, risk, control)
    return _edit(row, _control_form(row), "control", parts.edit_control, _control_form)


@blueprint.route(f"{RESPONSE}/removal", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def remove_response(partnership: str, register: str, risk: str, response: int) -> Answer:
    return _remove(_part(Response, partnership, register, risk, response), "response")


@blueprint.route(f"{CONTROL}/removal", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def remove_control(partnership: str, register: str, risk: str, control: int) -> Answer:
    return _remove(_part(Control, partnership, register, risk, control), "control")


def _open_risk(partnership: str, register: str, risk: str) -> Risk:
    found = the_risk(acting_person(), partnership, register, risk, Permission.RISK_WRITE)
    require_open(found)
    return found


def _part(model: Any, partnership: str, register: str, risk: str, number: int) -> Any:
    """Raises NotFound, also for one that was taken away; Forbidden."""
    if number > LARGEST_ID:
        raise NotFound
    within = (Risk.slug == risk, Register.slug == register, Partnership.slug == partnership)
    row = load(acting_person(), model, model.number == number, Permission.RISK_WRITE, *within)
    require_open(row.risk)
    return row


def _add(risk: Risk, form: Any, name: str, add: Any) -> Answer:
    page = page_of(
        risk,
        f"Add a {name}",
        lambda: add(acting_person(), risk, **form.given, form_key=form.key),
        f"The {name} is added.",
        type(form),
        button=f"Add the {name}",
        back=f"#{name}s",
    )
    return answer(form, page)


def _edit(row: Response | Control, form: Any, name: str, edit: Any, form_of: Any) -> Answer:
    page = page_of(
        row.risk,
        f"Edit {name} {row.number}",
        lambda: edit(acting_person(), row, form.started_from, **form.given, form_key=form.key),
        f"The {name} is saved.",
        lambda now: form_of(now, None),
        back=f"#{name}s",
        remove=f"{row.number}/removal",
        remove_words=f"Take the {name} away",
    )
    return answer(form, page)


def _remove(row: Response | Control, name: str) -> Answer:
    form = ReasonForm(data={"version": row.version})
    page = page_of(
        row.risk,
        f"Take {name} {row.number} away",
        lambda: parts.remove_part(
            acting_person(), row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        f"The {name} is taken away.",
        lambda _: ReasonForm(None),
        button=f"Take the {name} away",
        back=f"#{name}s",
        words=[row.text, "For what was written by mistake. What was done or dropped keeps its place: say so there."],
        is_dangerous=True,
    )
    return answer(form, page)


def _response_form(row: Response, *posted: Any) -> ResponseForm:
    names = ("kind", "text", "owner_kind", "owner_name", "due_on", "state", "version")
    return ResponseForm(*posted, data={name: getattr(row, name) for name in names})


def _control_form(row: Control, *posted: Any) -> ControlForm:
    return ControlForm(*posted, data={name: getattr(row, name) for name in ("text", "effectiveness", "version")})
