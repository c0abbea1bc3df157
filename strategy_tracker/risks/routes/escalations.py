"""What was put forward, as the next level sees it: accepted, declined with words, returned with a reason."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load, may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.history.queries import saved_by
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.escalation_page import escalation_page
from strategy_tracker.risks.models import Escalation, Register
from strategy_tracker.risks.operations.escalations import accept_escalation, decline_escalation, return_escalation
from strategy_tracker.risks.routes.blueprint import REGISTER, blueprint
from strategy_tracker.risks.rules import EscalationState
from strategy_tracker.risks.step_forms import DecisionForm, ReturnForm
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import Form

ONE = f"{REGISTER}escalations/<escalation>/"


def _escalation(
    partnership: str, register: str, escalation: str, permission: Permission = Permission.ESCALATION_DECIDE
) -> Escalation:
    """Raises NotFound, also for one at another register; Forbidden."""
    within = (Register.slug == register, Partnership.slug == partnership)
    found: Escalation = load(acting_person(), Escalation, Escalation.slug == escalation, permission, *within)
    return found


@blueprint.get(ONE)
@needs(Permission.RISK_READ)
def escalation(partnership: str, register: str, escalation: str) -> str:
    person = acting_person()
    found = _escalation(partnership, register, escalation, Permission.RISK_READ)
    is_waiting = found.state == EscalationState.NOMINATED and may(person, Permission.ESCALATION_DECIDE, found)
    return render_template(
        "risks/escalation.html",
        partnership=found.to.partnership,
        nav="risks",
        page=escalation_page(person, found),
        form=DecisionForm(None, data={"version": found.version}) if is_waiting else None,
    )


@blueprint.route(f"{ONE}decision", methods=["GET", "POST"])
@needs(Permission.ESCALATION_DECIDE)
def decide(partnership: str, register: str, escalation: str) -> Answer:
    found = _escalation(partnership, register, escalation)
    form = DecisionForm(data={"version": found.version})
    if not form.is_submitted() and found.state != EscalationState.NOMINATED:
        return _already(found)

    def save() -> None:
        verb = decline_escalation if form.decision.data == "declined" else accept_escalation
        verb(acting_person(), found, form.started_from, words=form.words.data or "", form_key=form.key)

    page = _page(
        found,
        "Decide on a risk that was put forward",
        save,
        "The decision is saved.",
        lambda now: DecisionForm(None, data={"decision": now.state, "words": now.decided_words}),
        button="Save the decision",
    )
    return answer(form, page)


@blueprint.route(f"{ONE}return", methods=["GET", "POST"])
@needs(Permission.ESCALATION_DECIDE)
def give_back(partnership: str, register: str, escalation: str) -> Answer:
    found = _escalation(partnership, register, escalation)
    form = ReturnForm(data={"version": found.version})
    if not form.is_submitted() and found.state != EscalationState.ACCEPTED:
        return _already(found)
    page = _page(
        found,
        "Return a risk to its own register",
        lambda: return_escalation(
            acting_person(), found, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The risk is returned.",
        lambda now: ReturnForm(None, data={"reason": now.ended_words}),
        button="Return it",
        words=["It no longer counts among the top risks here. Its owner reads why."],
        is_dangerous=True,
    )
    return answer(form, page)


def _address(row: Escalation) -> str:
    return f"{address_of_register(row.to)}escalations/{row.slug}/"


def _already(row: Escalation) -> Response:
    flash(f"It is {row.state}: nothing is to be decided.")
    return redirect(_address(row))


def _page(
    row: Escalation,
    heading: str,
    save: Callable[[], Any],
    saved: str,
    theirs: Callable[[Any], Form],
    *,
    button: str,
    **context: Any,
) -> Page:
    return Page(
        row.to.partnership,
        heading,
        _address(row),
        save,
        saved,
        caption=row.event,
        button=button,
        nav="risks",
        template="risks/form.html",
        theirs=lambda now: Theirs(theirs(now), now.version, saved_by(now.risk)),
        context=context,
    )
