"""Risks come in on pages: upload, preview, confirm."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as Reply

from strategy_tracker.access.permissions import Permission
from strategy_tracker.errors import Conflict, Invalid, NotFound, Repeated
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.routes.blueprint import REGISTER, the_register
from strategy_tracker.transfer.containers import MAX_BYTES
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.keeping import was_sent
from strategy_tracker.transfer.returns.routes import say_once
from strategy_tracker.transfer.risks_in import operations
from strategy_tracker.transfer.risks_in.forms import KINDS, RisksChoicesForm, RisksFileForm
from strategy_tracker.transfer.risks_in.heads import Field
from strategy_tracker.transfer.risks_in.models import RiskImport
from strategy_tracker.transfer.risks_in.preview import Preview, preview_of
from strategy_tracker.transfer.risks_in.reading import document_in
from strategy_tracker.web.access import acting_person, needs

blueprint = Blueprint("risks_in", __name__)
IMPORT = f"{REGISTER}import"
MOST_IN_SUMMARY = 10


@blueprint.record_once
def _allow_files(state: BlueprintSetupState) -> None:
    uploads = {*state.app.config.get("UPLOADS", ()), f"{state.name_prefix}.{state.name}.upload".lstrip(".")}
    state.app.config["UPLOADS"] = uploads


@blueprint.route(IMPORT, methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def upload(partnership: str, register: str) -> str | Reply:
    person, form = acting_person(), RisksFileForm()
    here = the_register(person, partnership, register, Permission.RISK_WRITE)
    operations.require_taking(person, here)
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            content = _content(file)
            row = operations.keep_import(person, here, file.filename or "" if file else "", content, form_key=form.key)
            return redirect(_address(row))
        except Invalid as error:
            form.refuse(error.problems)
        except Repeated:
            last = operations.last_import(person, here, request.files["file"].filename or "")
            return redirect(_address(last) if last else f"{address_of_register(here)}import")
    return render_template(
        "transfer/risks_upload.html",
        partnership=here.partnership,
        nav="risks",
        register=here,
        base=address_of_register(here),
        form=form,
        kinds=KINDS,
        waiting=operations.waiting_for(person, here),
        errors=any(form.problems()),
    )


@blueprint.get(f"{IMPORT}/<int:incoming>/")
@needs(Permission.RISK_WRITE)
def preview(partnership: str, register: str, incoming: int) -> str | Reply:
    person, within = acting_person(), operations.within(partnership, register)
    try:
        row = operations.own_import(person, incoming, *within)
    except NotFound:
        return _done_already(operations.own_import(person, incoming, *within, applied=True))
    return _preview(row)


@blueprint.post(f"{IMPORT}/<int:incoming>/")
@needs(Permission.RISK_WRITE)
def choose(partnership: str, register: str, incoming: int) -> str | Reply:
    """Keeps the choices and shows what they lead to; imports where the button says so and nothing was chosen anew."""
    person, within = acting_person(), operations.within(partnership, register)
    try:
        row = operations.own_import(person, incoming, *within)
    except NotFound:
        return _done_already(operations.own_import(person, incoming, *within, applied=True), RisksChoicesForm())
    shown, form = preview_of(person, row), RisksChoicesForm()
    if not form.validate_on_submit():
        return _preview(row, form)
    before = operations.choices_of(row)
    day = form.day.data if form.day.data != row.register.day else None
    leaves = bool(form.leaves.data) if shown.asks_to_leave else before.leaves
    chosen = operations.Choices(_mapping(shown, before.mapping), leaves, day)
    if chosen != before:
        operations.choose(person, row, chosen)
        if request.form.get("do") == "import":
            flash("You changed how the file is to be understood. Look at the risks as they will be now, then import.")
    elif request.form.get("do") == "import":
        return _apply(row, form)
    return redirect(f"{_address(row)}#risks")


def _mapping(shown: Preview, before: Any) -> dict[str, Field]:
    """What was settled by hand: before, and now."""
    posted = {head: request.form.get(head.name, "") for head in shown.heads}
    settled = {
        plain(head.words): Field(code)
        for head, code in posted.items()
        if code in set(Field) and (head.by_hand or code != head.code)
    }
    return dict(before) | settled


def _apply(row: RiskImport, form: RisksChoicesForm) -> str | Reply:
    try:
        operations.apply_import(acting_person(), row, form.seen.data or "", form_key=form.key)
    except Conflict:
        flash("The register was changed in the meantime. Look at the risks as they will be now, then import.")
        return redirect(f"{_address(row)}#risks")
    except Repeated:
        return _done_already(row, form)
    except Invalid as refused:
        return _preview(row, refused=refused)
    return _done(row)


def _done(row: RiskImport) -> Reply:
    """How an import ends, however often its form is sent."""
    count = operations.added_by(row)
    private = "" if row.register.authority_id is None else f", private to {row.register.authority.short_name}"
    say_once(f"{count} risk{'' if count == 1 else 's'} added from {row.filename}{private}.")
    return redirect(address_of_register(row.register))


def _done_already(row: RiskImport, form: RisksChoicesForm | None = None) -> Reply:
    """The same where it is the same form again; from another window, that nothing is added now."""
    if form and was_sent(acting_person(), form.key):
        return _done(row)
    count = operations.added_by(row)
    new = f"{count} new risk{'' if count == 1 else 's'}"
    say_once(f"{row.filename} was imported already, with {new}: nothing was added again.")
    return redirect(address_of_register(row.register))


def _address(row: RiskImport) -> str:
    return f"{address_of_register(row.register)}import/{row.id}/"


def _content(file: Any) -> bytes:
    """The bytes of a file that can be read. Raises Invalid at the field."""
    if file is None or not file.filename:
        raise Invalid({"file": "Select the file of the risk register"})
    with file.stream:
        content: bytes = file.read(MAX_BYTES + 1)
    try:
        document_in(content)
    except Invalid as refused:
        raise Invalid({"file": "; ".join(refused.problems.values())}) from refused
    return content


def _choices_form(row: RiskImport) -> RisksChoicesForm:
    chosen = operations.choices_of(row)
    return RisksChoicesForm(None, data={"day": chosen.day or row.register.day, "leaves": chosen.leaves})


def _preview(row: RiskImport, form: RisksChoicesForm | None = None, refused: Invalid | None = None) -> str:
    shown = preview_of(acting_person(), row)
    if form is None:
        form = _choices_form(row)
        form.refuse(shown.questions)
    form.seen.data = shown.digest
    if not shown.asks_to_leave:
        del form["leaves"]
    places = (*shown.places, *(refused.problems.items() if refused and not shown.problems else ()))
    wrong = [*form.problems(), *_summary(places)]
    return render_template(
        "transfer/risks_preview.html",
        partnership=row.register.partnership,
        nav="risks",
        register=row.register,
        base=address_of_register(row.register),
        upload=row,
        preview=shown,
        faults=places,
        wrong=wrong,
        form=form,
        errors=bool(wrong),
    )


def _summary(places: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """What is wrong in the file, as (where on the page, words): the first few, and how many more the list holds."""
    lines = [(f"wrong-{number}", words) for number, (_, words) in enumerate(places, 1)]
    more = len(lines) - MOST_IN_SUMMARY
    return lines if more <= 0 else [*lines[:MOST_IN_SUMMARY], ("wrong", f"And {more:,} more, listed below")]
