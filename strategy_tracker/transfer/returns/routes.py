"""Returns on pages: handed out, sent in, checked, reported."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, session
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as Reply

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.clock import long_date
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound, Repeated
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import effective_date
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, the_plan
from strategy_tracker.transfer.back.clashes import FILE
from strategy_tracker.transfer.back.clashes import PLAN as PLANS
from strategy_tracker.transfer.containers import MAX_BYTES
from strategy_tracker.transfer.models import OfflineReturn
from strategy_tracker.transfer.out.kinds import WRITERS
from strategy_tracker.transfer.returns import operations
from strategy_tracker.transfer.returns.check import Checked
from strategy_tracker.transfer.returns.forms import ReturnForm, SendForm
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.conflicts import marked

blueprint = Blueprint("returns", __name__)
RETURNS = f"{PLAN}returns/"


@blueprint.record_once
def _allow_files(state: BlueprintSetupState) -> None:
    uploads = {*state.app.config.get("UPLOADS", ()), f"{state.name_prefix}.{state.name}.send_in".lstrip(".")}
    state.app.config["UPLOADS"] = uploads


@blueprint.route(RETURNS, methods=["GET", "POST"])
@needs(Permission.PLAN_READ)
def send_in(partnership: str, plan: str) -> str | Reply:
    """The returns that a person may fill in, and where they are sent in. Whoever reports for nobody is told so."""
    person, form = acting_person(), ReturnForm()
    row = the_plan(person, partnership, plan)
    if form.validate_on_submit():
        try:
            kept = _kept(person, row, form)
            return redirect(f"{base_of(row)}returns/{kept.id}")
        except Invalid as error:
            form.refuse(error.problems)
        except Repeated:
            last = operations.last_return(person, row, request.files["file"].filename or "")
            return redirect(f"{base_of(row)}returns/{last.id if last else ''}")
    whose = visible(person, Authority, Permission.PROGRESS_WRITE).where(Authority.partnership == row.partnership)
    return render_template(
        "returns/send_in.html",
        partnership=row.partnership,
        plan=row,
        base=base_of(row),
        nav="plan",
        form=form,
        authorities=list(whose.order_by(Authority.position, Authority.id)),
        errors=any(form.problems()),
    )


@blueprint.get(f"{RETURNS}<partner>.xlsx")
@needs(Permission.PROGRESS_WRITE)
def blank(partnership: str, plan: str, partner: str) -> Response:
    person = acting_person()
    row = the_plan(person, partnership, plan)
    authority = Authority.get_or_none(Authority.partnership == row.partnership, Authority.slug == partner)
    if authority is None:
        raise NotFound
    settings: Any = current_app.extensions["settings"]
    content = operations.blank_return(person, row, authority, settings.base_url)
    answer = Response(content, content_type=WRITERS["xlsx"][1])
    name = f"return-{row.partnership.slug}-{row.slug}-{authority.slug}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.route(f"{RETURNS}<int:filled>", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def check(partnership: str, plan: str, filled: int) -> str | Reply:
    """What will be reported. Keeps what is chosen; reports where the button says so and nothing was chosen anew."""
    person = acting_person()
    within = Plan.slug == plan, Partnership.slug == partnership
    try:
        row = operations.own_return(person, filled, *within)
    except NotFound:
        return _done(operations.own_return(person, filled, *within, reported=True))
    try:
        checked = operations.checked_return(row)
    except Invalid as refused:
        checked = Checked((), dict(refused.problems), (), 0, 0)
    form = SendForm()
    if not form.validate_on_submit():
        return _page(row, checked, form)
    sides = (FILE, PLANS)
    chosen = {clash.key: side for clash in checked.clashes if (side := request.form.get(f"clash-{clash.key}")) in sides}
    if chosen != operations.chosen_in(row):
        operations.choose(person, row, chosen)
    elif request.form.get("do") == "report":
        return _report(row, form)
    return redirect(f"{base_of(row.plan)}returns/{row.id}")


def _report(row: OfflineReturn, form: SendForm) -> Reply:
    try:
        operations.report_all(acting_person(), row, form.seen.data or "", form_key=form.key)
    except Conflict:
        flash("Somebody reported in the meantime. Look at what would be reported now, then send it.")
        return redirect(f"{base_of(row.plan)}returns/{row.id}")
    except Repeated:
        return _done(row)
    except Invalid as refused:
        flash(str(refused))
        return redirect(f"{base_of(row.plan)}returns/{row.id}")
    return _done(row)


def _done(row: OfflineReturn) -> Reply:
    """How the report of a return ends, however often it is sent."""
    base, (count, is_wrong) = base_of(row.plan), operations.reported_in(row)
    say_once(f"{count} report{'' if count == 1 else 's'} of {row.authority.short_name} from {row.filename} saved.")
    return redirect(f"{base}returns/" if is_wrong else f"{base}?authority={row.authority.slug}")


def say_once(words: str) -> None:
    """A notice, unless it waits to be shown already: of a form sent twice the second answer is seen."""
    if words not in [waiting for _, waiting in session.get("_flashes", ())]:
        flash(words)


def _kept(person: Any, row: Plan, form: ReturnForm) -> OfflineReturn:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": "Select the return that you filled in"})
    with file.stream:
        content: bytes = file.read(MAX_BYTES + 1)
    authority = operations.authority_in(person, row, content)
    try:
        return operations.keep_return(person, row, authority, file.filename, content, form_key=form.key)
    except Forbidden as refused:
        raise Invalid({"file": str(refused)}) from refused


def _page(row: OfflineReturn, checked: Checked, form: SendForm) -> str:
    form.seen.data = operations.digest_of(checked)
    shown = effective_date(row.plan, None)
    return render_template(
        "returns/check.html",
        partnership=row.plan.partnership,
        base=base_of(row.plan),
        nav="plan",
        filled=row,
        checked=checked,
        shown_as_at=long_date(shown),
        is_late=checked.as_at is not None and checked.as_at > shown,
        clashes=[(clash, *marked(clash.plan, clash.file)) for clash in checked.clashes],
        is_settled=all(clash.taken for clash in checked.clashes),
        form=form,
    )
