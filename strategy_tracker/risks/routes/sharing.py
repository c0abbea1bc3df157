"""Who reads a risk: shared, private again, put forward to the next level, taken back."""

from strategy_tracker.access.permissions import Permission
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import nominate_risk, way_up, withdraw_escalation
from strategy_tracker.risks.operations.recording import require_open
from strategy_tracker.risks.operations.risks import share_risk, unshare_risk
from strategy_tracker.risks.queries import escalations_of, reference
from strategy_tracker.risks.routes.blueprint import RISK, blueprint, the_register, the_risk
from strategy_tracker.risks.routes.forms import already, page_of
from strategy_tracker.risks.step_forms import (
    AskedForm,
    InsideNominationForm,
    NominationForm,
    PrivateForm,
    WithdrawalForm,
)
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, answer

AS_IT_STANDS = "as it stands now: its words, scores, responses, controls, who accepts it and until when."
BEFORE = "Reasons, notes and words from before stay with your authority."
KEPT = (
    "Taken back or declined, it is private again; but its name and score as they are now, and your words, stay in the"
    " steering group’s record."
)
STAYS = (
    "It will be private to your authority again. What you put forward stays in the steering group’s record: its name"
    " and score then, and your words."
)
STILL = (
    "Only the coordinator and the steering group will still read it, since it stands before them. Published reports"
    " that hold it keep it."
)
GONE = (
    "Nobody outside your authority will find it any more, in no list, count or search. Published reports that hold it"
    " keep it."
)
NUMBER = "The number by which they know it, {}, stays its own: no other risk is ever given it."


def _risk(partnership: str, register: str, risk: str) -> Risk:
    found = the_risk(acting_person(), partnership, register, risk, Permission.RISK_SHARE)
    require_open(found)
    return found


@blueprint.route(f"{RISK}sharing", methods=["GET", "POST"])
@needs(Permission.RISK_SHARE)
def share(partnership: str, register: str, risk: str) -> Answer:
    found = _risk(partnership, register, risk)
    form = AskedForm(data={"version": found.version})
    if found.is_shared and not form.is_submitted():
        return already(found, "This risk is shared already.")
    told = (
        f"Everybody in the {found.register.partnership.name} partnership will be able to read it from now on,"
        f" {AS_IT_STANDS} It can stand in the partnership’s reports."
    )
    page = page_of(
        found,
        "Share a risk with the partnership",
        lambda: share_risk(acting_person(), found, form.started_from, form_key=form.key),
        "The risk is shared.",
        lambda _: AskedForm(None),
        button="Share it",
        words=[told, BEFORE],
    )
    return answer(form, page)


@blueprint.route(f"{RISK}privacy", methods=["GET", "POST"])
@needs(Permission.RISK_SHARE)
def make_private(partnership: str, register: str, risk: str) -> Answer:
    found = _risk(partnership, register, risk)
    form = PrivateForm(data={"version": found.version})
    if not found.is_shared and not form.is_submitted():
        return already(found, "This risk is private already.")
    page = page_of(
        found,
        "Make a risk private again",
        lambda: unshare_risk(
            acting_person(), found, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The risk is private again.",
        lambda _: PrivateForm(None),
        button="Make it private",
        words=[STILL if found.is_raised else GONE, NUMBER.format(reference(found, own=False))],
        is_dangerous=True,
    )
    return answer(form, page)


@blueprint.route(f"{RISK}nomination", methods=["GET", "POST"])
@needs(Permission.RISK_SHARE)
def nominate(partnership: str, register: str, risk: str) -> Answer:
    found = _risk(partnership, register, risk)
    to, refusal = way_up(found)
    form = _nomination_form(found, to)
    if refusal and not form.is_submitted():
        return already(found, f"{refusal}.")

    def save() -> None:
        shown = the_register(acting_person(), partnership, form.to.data or "")
        share = bool("share" in form and form["share"].data)
        words = form.words.data or ""
        try:
            nominate_risk(acting_person(), found, form.started_from, shown, words=words, share=share, form_key=form.key)
        except Invalid:
            form.to.data = to.slug if to else ""
            raise

    page = page_of(
        found,
        f"Put a risk forward to “{to.title}”" if to else "Put a risk forward",
        save,
        "The risk is put forward.",
        lambda _: type(form)(None),
        button="Put it forward",
        words=_who_will_read(found, to) if to else [],
    )
    return answer(form, page)


def _nomination_form(risk: Risk, to: Register | None) -> NominationForm | InsideNominationForm:
    """Sharing is offered where it goes up to the partnership and is not shared yet."""
    offers = (
        to is not None and to.authority_id is None and not risk.is_shared and risk.register.authority_id is not None
    )
    form = (NominationForm if offers else InsideNominationForm)(data={"version": risk.version})
    if not form.is_submitted():
        form.to.data = to.slug if to else ""
    return form


def _who_will_read(risk: Risk, to: Register) -> list[str]:
    body = f" ({to.body})" if to.body else ""
    if to.authority_id is not None:
        return [f"It goes to “{to.title}”{body}, a register of your own authority: nobody outside reads it for that."]
    if risk.is_shared or risk.register.authority_id is None:
        return [f"It goes to “{to.title}”{body}. Everybody in the partnership reads it already."]
    readers = "the coordinator and the steering group will be able to read it"
    return [f"It goes to “{to.title}”{body}: {readers}, {AS_IT_STANDS}", BEFORE, KEPT]


def _running(risk: Risk) -> Escalation | None:
    return next(iter(escalations_of([risk.id]).get(risk.id, [])), None)


def _shown(risk: Risk, slug: str | None) -> Escalation | None:
    ever = escalations_of([risk.id], running=False).get(risk.id, [])
    return next((one for one in ever if one.slug == slug), None)


@blueprint.route(f"{RISK}withdrawal", methods=["GET", "POST"])
@needs(Permission.RISK_SHARE)
def withdraw(partnership: str, register: str, risk: str) -> Answer:
    """From where it stands highest now; what is sent means the one that was shown, whatever became of it."""
    found = _risk(partnership, register, risk)
    form = WithdrawalForm()
    one = _shown(found, form.escalation.data) if form.is_submitted() else _running(found)
    if one is None:
        return already(found, "This risk does not stand at the next level.")
    if not form.is_submitted():
        form.version.data, form.escalation.data = str(one.version), one.slug
    page = page_of(
        found,
        f"Take a risk back from “{one.to.title}”",
        lambda: withdraw_escalation(
            acting_person(), one, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The risk is taken back.",
        lambda _: WithdrawalForm(None),
        button="Take it back",
        words=[STAYS if one.to.authority_id is None and not found.is_shared else ""],
        is_dangerous=True,
    )
    return answer(form, page)
