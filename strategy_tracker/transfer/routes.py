"""A plan comes in on pages (upload, preview, confirm) and goes out as JSON."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as Reply

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load, visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.errors import Conflict, Invalid, NotFound, Repeated
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.routes.blueprint import asked_date, asked_version, the_plan
from strategy_tracker.plans.routes.downloads import asked_authority
from strategy_tracker.transfer import uploads
from strategy_tracker.transfer.back.clashes import FILE, PLAN
from strategy_tracker.transfer.changes import Kind
from strategy_tracker.transfer.containers import MAX_BYTES
from strategy_tracker.transfer.forms import KINDS, ChoicesForm, NewPlanChoicesForm, UploadForm
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.models import ImportDraft
from strategy_tracker.transfer.out.routes import blueprint as downloads
from strategy_tracker.transfer.plan_json import plan_as_json
from strategy_tracker.transfer.preview import Preview, checked_readable, preview_of
from strategy_tracker.transfer.returns.routes import blueprint as returns
from strategy_tracker.transfer.returns.routes import say_once
from strategy_tracker.transfer.risks_in.routes import blueprint as risks_in
from strategy_tracker.transfer.risks_out.routes import blueprint as risks_out
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.conflicts import marked

blueprint = Blueprint("transfer", __name__)
blueprint.register_blueprint(downloads)
blueprint.register_blueprint(returns)
blueprint.register_blueprint(risks_in)
blueprint.register_blueprint(risks_out)
MOST_IN_SUMMARY = 10
SIDES = (FILE, PLAN)
IMPORTS = "/p/<partnership>/imports/"


@blueprint.record_once
def _allow_files(state: BlueprintSetupState) -> None:
    state.app.config["UPLOADS"] = {*state.app.config.get("UPLOADS", ()), "transfer.upload"}


@blueprint.route(IMPORTS, methods=["GET", "POST"])
@needs(Permission.PLAN_IMPORT)
def upload(partnership: str) -> str | Reply:
    person, form = acting_person(), UploadForm()
    here = load(person, Partnership, Partnership.slug == partnership, Permission.PLAN_IMPORT)
    form.offer(authorities_of(here.id))
    form.offer_plans(visible(person, Plan).where(Plan.partnership == here).order_by(Plan.period_from.desc(), Plan.id))
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            content = _content(file)
            row = uploads.keep_upload(
                person, here, file.filename or "" if file else "", content, form.chosen, form_key=form.key
            )
            return redirect(f"/p/{here.slug}/imports/{row.id}/")
        except Invalid as error:
            form.refuse(error.problems)
        except Repeated:
            last = uploads.last_upload(person, here, request.files["file"].filename or "")
            return redirect(f"/p/{here.slug}/imports/{f'{last.id}/' if last else ''}")
    return render_template(
        "transfer/upload.html", partnership=here, nav="plan", form=form, kinds=KINDS, errors=any(form.problems())
    )


@blueprint.get(f"{IMPORTS}<int:upload>/")
@needs(Permission.PLAN_IMPORT)
def preview(partnership: str, upload: int) -> str | Reply:
    person = acting_person()
    try:
        row = uploads.own_upload(person, partnership, upload)
    except NotFound:
        return _done(uploads.own_upload(person, partnership, upload, applied=True))
    return _preview(row)


@blueprint.post(f"{IMPORTS}<int:upload>/")
@needs(Permission.PLAN_IMPORT)
def choose(partnership: str, upload: int) -> str | Reply:
    """Keeps the choices and shows what they lead to; imports where the button says so and nothing was chosen anew."""
    person = acting_person()
    try:
        row = uploads.own_upload(person, partnership, upload)
    except NotFound:
        return _done(uploads.own_upload(person, partnership, upload, applied=True))
    shown = preview_of(person, row)
    form, before = _choices_form(row, shown), _choices_form(row, shown, as_shown=True)
    if not form.validate_on_submit():
        return _preview(row, form)
    codes = {
        plain(head.words): code
        for head in shown.heads
        if (code := request.form.get(head.name, "")) in dict(head.options) and (head.by_hand or code != head.code)
    }
    kept, imports = uploads.chosen_in(row), request.form.get("do") == "import"
    settled = {clash.key: side for clash in shown.clashes if (side := request.form.get(f"clash-{clash.key}")) in SIDES}
    chosen = kept | form.chosen | {"map": codes, "clashes": settled}
    before_now = kept | before.chosen | {"map": kept.get("map") or {}, "clashes": kept.get("clashes") or {}}
    if chosen != before_now:
        uploads.choose(person, row, chosen)
    if chosen | {"reason": ""} != before_now | {"reason": ""}:
        if imports:
            flash("You changed how the file is to be understood. Look at what would change now, then import.")
    elif imports:
        return _apply(row, form)
    return redirect(f"/p/{row.partnership.slug}/imports/{row.id}/#changes")


def _apply(row: ImportDraft, form: ChoicesForm) -> str | Reply:
    try:
        uploads.apply_upload(acting_person(), row, form.seen.data or "", form_key=form.key)
    except Conflict:
        flash("The plan was changed in the meantime. Look at what would change now, then import.")
        return redirect(f"/p/{row.partnership.slug}/imports/{row.id}/#changes")
    except Repeated:
        return _done(row)
    except Invalid:
        return _preview(row)
    return _done(row)


def _done(row: ImportDraft) -> Reply:
    """How an import ends, however often its form is sent."""
    counts = ", ".join(f"{count} {kind}" for kind, count in uploads.counts_in(row).items())
    say_once(f"{row.filename} is imported: {counts}.")
    return redirect(f"/p/{row.partnership.slug}/plans/{uploads.chosen_in(row)['plan']}/")


@blueprint.get("/p/<partnership>/plans/<plan>.json")
@needs(Permission.PLAN_READ)
def plan_json(partnership: str, plan: str) -> Response:
    """`?authority=`, `?as_at=` and `?version=` as on the plan's page."""
    row = the_plan(acting_person(), partnership, plan)
    authority = asked_authority(row)
    content = plan_as_json(
        row, authority=authority.slug if authority else None, as_at=asked_date(), version=asked_version()
    )
    answer = Response(content, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.partnership.slug}-{row.slug}.json"'
    return answer


def _content(file: Any) -> bytes:
    """The bytes of a file that can be read. Raises Invalid at the field."""
    if file is None or not file.filename:
        raise Invalid({"file": "Select the file of the action plan"})
    with file.stream:
        content: bytes = file.read(MAX_BYTES + 1)
    checked_readable(content)
    return content


def _choices_form(row: ImportDraft, shown: Preview, *, as_shown: bool = False) -> ChoicesForm:
    """A new plan's title and period are asked for too. `as_shown`: as the page has it, whatever is posted."""
    chosen, choices = uploads.chosen_in(row), uploads.choices_of(row)
    is_new = not Plan.select().where(Plan.partnership == row.partnership_id, Plan.slug == chosen["plan"]).exists()
    authorities = authorities_of(row.partnership_id)
    values: dict[str, Any] = {
        "progress_of": choices.progress_of or "",
        "as_at": choices.as_at,
        "shares": list(choices.shares or (one.slug for one in authorities if one.ended_on is None)),
    }
    values["reason"] = choices.reason
    if is_new:
        first, last = shown.period or (None, None)
        values |= {"title": shown.title, "period_from": first, "period_to": last}
    kind = NewPlanChoicesForm if is_new else ChoicesForm
    form = kind(None, data=values) if as_shown else kind(data=values)
    form.offer(authorities)
    if is_new:
        del form["reason"]
    if shown.names_all:
        del form["shares"]
    form.leave_out(whose=not shown.asks_whose, when=not shown.asks_when)
    return form


def _preview(row: ImportDraft, form: ChoicesForm | None = None) -> str:
    person = acting_person()
    shown = preview_of(person, row)
    if form is None:
        form = _choices_form(row, shown)
        form.refuse(shown.questions)
    form.seen.data = shown.digest
    wrong = [*form.problems(), *_summary(shown)]
    return render_template(
        "transfer/preview.html",
        partnership=row.partnership,
        nav="plan",
        upload=row,
        plan_slug=uploads.chosen_in(row)["plan"],
        preview=shown,
        wrong=wrong,
        form=form,
        errors=bool(wrong),
        marked=lambda line: marked(line.old, line.new) if line.kind is Kind.CHANGED else (line.old, line.new),
        clashes=[(clash, *marked(clash.plan, clash.file)) for clash in shown.clashes],
        new=shown.of(Kind.NEW),
        changed=shown.of(Kind.CHANGED),
        gone=shown.of(Kind.GONE),
    )


def _summary(shown: Preview) -> list[tuple[str, str]]:
    """What is wrong in the file, as (where on the page, words): the first few, and how many more the list holds."""
    lines = [(f"wrong-{number}", words) for number, (_, words) in enumerate(shown.places, 1)]
    more = len(lines) - MOST_IN_SUMMARY
    return lines if more <= 0 else [*lines[:MOST_IN_SUMMARY], ("wrong", f"And {more:,} more, listed below")]
