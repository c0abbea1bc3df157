"""A risk is accepted above tolerance until a day, closed, and opened again."""

from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.risks.accepted import accepted_of
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk, end_acceptance
from strategy_tracker.risks.operations.recording import require_open, require_open_register
from strategy_tracker.risks.operations.risks import close_risk, reopen_risk
from strategy_tracker.risks.queries import acceptance_of, current_score, is_above_tolerance
from strategy_tracker.risks.routes.blueprint import RISK, blueprint, the_risk
from strategy_tracker.risks.routes.forms import already, confirmed, page_of
from strategy_tracker.risks.rules import acceptance_holds
from strategy_tracker.risks.said_before import told_since
from strategy_tracker.risks.step_forms import AcceptanceForm, ClosureForm
from strategy_tracker.risks.telling import standing_words
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, answer
from strategy_tracker.web.forms import ReasonForm

LEAVES = (
    "It leaves the register, the heat map and every count. It can still be found among the closed risks, and stays in"
    " its history and in the reports that hold it."
)


@blueprint.route(f"{RISK}acceptance", methods=["GET", "POST"])
@needs(Permission.RISK_ACCEPT)
def accept(partnership: str, register: str, risk: str) -> Answer:
    found = the_risk(acting_person(), partnership, register, risk, Permission.RISK_ACCEPT)
    require_open(found)
    score = current_score(found.id)
    form = AcceptanceForm(data={"version": found.version, "score": score.id if score else 0})
    if not form.is_submitted() and (score is None or not is_above_tolerance(found, score)):
        return already(found, "This risk is not above tolerance: nobody needs to accept it.")

    def save() -> None:
        until: Any = form.until.data
        with confirmed(form, found, lambda: acceptance_of(found.id) is not None):
            accept_risk(
                acting_person(),
                found,
                form.started_from,
                accepted_by=form.accepted_by.data or "",
                until=until,
                reason=form.reason.data or "",
                seen=form.seen,
                form_key=form.key,
            )

    page = page_of(
        found,
        "Accept a risk above tolerance",
        save,
        "The risk is accepted.",
        _acceptance_form,
        button="Record who accepts it",
        words=["Somebody accepts it, by name and until a date. If the score rises, the acceptance is void."],
        standing=standing_words(acting_person(), found, score) if score else [],
    )
    return answer(form, page)


def _acceptance_form(risk: Risk) -> AcceptanceForm:
    """Filled with the acceptance that stands, for whoever wrote another at the same time."""
    told = accepted_of(risk, told_since(acting_person(), risk))
    if told.held is None:
        return AcceptanceForm(None)
    return AcceptanceForm(
        None, data={"accepted_by": told.held.accepted_by, "until": told.held.until, "reason": told.reason}
    )


@blueprint.route(f"{RISK}acceptance/end", methods=["GET", "POST"])
@needs(Permission.RISK_ACCEPT)
def end_of_acceptance(partnership: str, register: str, risk: str) -> Answer:
    found = the_risk(acting_person(), partnership, register, risk, Permission.RISK_ACCEPT)
    require_open(found)
    form = ReasonForm(data={"version": found.version})
    held = acceptance_of(found.id)
    holds = held is not None and acceptance_holds(held.until, held.ended_on, found.register.day)
    if not holds and not form.is_submitted():
        return already(found, "Nobody accepts this risk.")
    page = page_of(
        found,
        "End the acceptance of a risk",
        lambda: end_acceptance(
            acting_person(), found, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The acceptance is ended.",
        lambda _: ReasonForm(None),
        button="End it",
        words=[f"{held.accepted_by} accepts it no longer." if held else ""],
        is_dangerous=True,
    )
    return answer(form, page)


@blueprint.route(f"{RISK}closure", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def close(partnership: str, register: str, risk: str) -> Answer:
    found = the_risk(acting_person(), partnership, register, risk, Permission.RISK_WRITE)
    form = ClosureForm(data={"version": found.version, "closed_on": found.register.day})
    if not form.is_submitted():
        require_open(found)
    page = page_of(
        found,
        "Close a risk",
        lambda: close_risk(
            acting_person(),
            found,
            form.started_from,
            reason=form.reason.data or "",
            closed_on=form.closed_on.data,
            form_key=form.key,
        ),
        "The risk is closed.",
        lambda now: ClosureForm(None, data={"reason": now.closed_why, "closed_on": now.closed_on}),
        button="Close the risk",
        words=[LEAVES],
        is_dangerous=True,
    )
    return answer(form, page)


@blueprint.route(f"{RISK}reopening", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def reopen(partnership: str, register: str, risk: str) -> Answer:
    found = the_risk(acting_person(), partnership, register, risk, Permission.RISK_WRITE)
    form = ReasonForm(data={"version": found.version})
    require_open_register(found.register)
    if not found.is_closed and not form.is_submitted():
        return already(found, "This risk is open already.")
    page = page_of(
        found,
        "Open a risk again",
        lambda: reopen_risk(
            acting_person(), found, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The risk is open again.",
        lambda _: ReasonForm(None),
        button="Open it again",
        words=[f"It was closed: {found.closed_why}" if found.closed_why else ""],
    )
    return answer(form, page)
