"""Ties of risks and registers to plans: made and undone. Reviews from the page of one's own work."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Conflict, Invalid, Repeated
from strategy_tracker.history.queries import events_of
from strategy_tracker.numbers import whole_number
from strategy_tracker.plans.forms import Confirm
from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.reviews.forms import MyWorkForm
from strategy_tracker.reviews.risks import agenda, operations, page, queries
from strategy_tracker.reviews.risks.forms import RegisterPlanForm, RiskLinkForm, matches, value_of
from strategy_tracker.reviews.risks.models import RegisterPlan, RiskLink
from strategy_tracker.reviews.routes import back_to_work, my_work
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.recording import require_open, require_open_register
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.queries import current_score, is_own, reference
from strategy_tracker.risks.routes.blueprint import REGISTER, RISK, the_register, the_risk
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer

blueprint = Blueprint("risk_ties", __name__)
OFFERING = agenda
"""Importing it offers what registers bring to agendas."""
NAV = "risks"
LINKS = f"{RISK}links/"


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    return {
        "risk_links": lambda risk: page.risk_links(_reader(), risk),
        "risks_about": lambda action_id, objective_id: page.risks_about(_reader(), action_id, objective_id),
        "plan_of_register": lambda register: page.plan_of_register(_reader(), register),
        "registers_of_plan": lambda plan_id: page.registers_of_plan(_reader(), plan_id),
    }


def _reader() -> Any:
    return current_user


@blueprint.route(f"{LINKS}add", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def link(partnership: str, register: str, risk: str) -> Answer:
    person = acting_person()
    row = the_risk(person, partnership, register, risk, Permission.RISK_WRITE)
    if request.method != "POST":
        require_open(row)
    home = row.register.partnership
    plans = queries.plans_of(person, home)
    form = RiskLinkForm(data={"plan": request.args.get("plan", "")})
    about = queries.plan_about(person, row.register)
    plan = next((one for one in plans if one.slug == form.plan.data), about or (plans[0] if plans else None))
    form.plan.data = plan.slug if plan else ""
    sought = request.args.get("words", "").strip()
    targets = queries.targets_in(person, plan) if plan else []
    found = [one for one in targets if matches(one, sought)]
    form.offer(targets, found)

    def save() -> None:
        chosen = next((one for one in targets if value_of(one) == form.what.data), None)
        if chosen is None:
            raise Invalid({"what": "Select an objective or an action"})
        operations.link_risk(person, row, chosen, form_key=form.key)

    context = {
        "plans": [(one.slug, plan_named(one)) for one in plans],
        "chosen": form.plan.data,
        "sought": sought,
        "targets": len(form.what.choices) > 1,
        "hint": _hint(len(found), sought),
        "here": f"{address_of_risk(row)}links/add",
    }
    return answer(
        form,
        Page(
            home,
            "Link this risk to an objective or action",
            f"{address_of_risk(row)}#links",
            save,
            "The risk is linked.",
            caption=_named(row),
            button="Link",
            nav=NAV,
            template="risk_ties/link.html",
            context=context,
        ),
    )


@blueprint.route(f"{LINKS}<risk_link>/removal", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def unlink(partnership: str, register: str, risk: str, risk_link: str) -> Answer:
    person = acting_person()
    within = (Risk.slug == risk, Register.slug == register, Partnership.slug == partnership)
    row: RiskLink = load(person, RiskLink, RiskLink.slug == risk_link, Permission.RISK_WRITE, *within)
    if request.method != "POST":
        require_open(row.risk)
    form = Confirm(data={"version": row.version})
    target = next(iter(queries.readable_targets(person, [row]).values()), None)
    about = f"{page.target_words(target)}: {page.target_text(target)}" if target else ""
    return answer(
        form,
        Page(
            row.risk.register.partnership,
            "Remove this link",
            f"{address_of_risk(row.risk)}#links",
            lambda: operations.unlink_risk(person, row, form.started_from, form_key=form.key),
            "The link is removed.",
            caption=_named(row.risk),
            button="Remove the link",
            nav=NAV,
            context={
                "words": [about, "The risk stays, and so does what it was linked to. The history keeps the link."],
                "is_dangerous": True,
            },
        ),
    )


@blueprint.route(f"{RISK}confirmation", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def confirm(partnership: str, register: str, risk: str) -> str | Response:
    """Reviewed, still valid: one button on the page of one's own work, in the form of the sitting."""
    person = acting_person()
    row = the_risk(person, partnership, register, risk, Permission.RISK_WRITE)
    if request.method == "GET":
        return my_work()
    form = MyWorkForm()
    problems: list[str] = []
    if form.validate():
        try:
            review_risk(person, row, _version(row), form_key=form.key)
            flash(f"Risk {row.number} is reviewed: its score still stands.")
        except Invalid as error:
            problems += error.problems.values()
        except Conflict:
            problems.append(_changed(row))
        except Repeated:
            return redirect("/")
    return back_to_work(person, problems or [words for _, words in form.problems()])


def _changed(risk: Risk) -> str:
    """What is said to whoever confirmed a risk as it was before."""
    score = current_score(risk.id)
    now = f", and its score is {score.words} now" if score else ""
    return f"Risk {risk.number} was changed meanwhile{now}: read it as it stands, then review it."


def _version(risk: Risk) -> int:
    """That of which the button was shown; 0, which no row has, where it was meddled with."""
    return whole_number(request.form.get(f"version-{risk.slug}")) or 0


@blueprint.route(f"{REGISTER}plan", methods=["GET", "POST"])
@needs(Permission.REGISTER_EDIT)
def plan_of_register(partnership: str, register: str) -> Answer:
    person = acting_person()
    row = the_register(person, partnership, register, Permission.REGISTER_EDIT)
    require_open_register(row)
    plans, tie = queries.plans_of(person, row.partnership), queries.tie_of(row)
    by_slug = {one.slug: one for one in plans}
    slugs = {one.id: one.slug for one in plans}
    form = RegisterPlanForm(data=_standing(tie, slugs))
    form.offer(plans)

    def theirs(other: RegisterPlan) -> Theirs:
        shown = RegisterPlanForm(formdata=None, data=_standing(other, slugs))
        shown.offer(plans)
        last = events_of("Register", [row.id]).first()
        return Theirs(shown, other.version, (last.name if last else None) or "Somebody else")

    def save() -> None:
        chosen = by_slug.get(form.plan.data or "")
        operations.set_plan(person, row, form.started_from, chosen, form_key=form.key)

    return answer(
        form,
        Page(
            row.partnership,
            "Which plan is this register about?",
            address_of_register(row),
            save,
            "The plan of the register is saved.",
            caption=row.title,
            nav=NAV,
            theirs=theirs,
        ),
    )


def _standing(tie: RegisterPlan | None, slugs: dict[int, str]) -> dict[str, Any]:
    if tie is None:
        return {"plan": "", "version": 0}
    return {"plan": slugs.get(tie.plan_id or 0, ""), "version": tie.version}


def _hint(count: int, sought: str) -> str:
    if not sought:
        return "Each objective, and each of its actions"
    return f"{count} match{'es' if count == 1 else ''} “{sought}”"


def _named(risk: Risk) -> str:
    """ "Risk 3: Partners give less money", by the number that its reader knows."""
    return f"Risk {reference(risk, own=is_own(acting_person(), risk.register))}: {risk.event}"
