"""The pages of packs: the list, one pack with its editions, and its form."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as Reply

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Repeated
from strategy_tracker.history.queries import saved_by
from strategy_tracker.jobs.models import Job
from strategy_tracker.reports.packs import operations
from strategy_tracker.reports.packs.forms import PackForm, offered, pack_form
from strategy_tracker.reports.packs.models import BoardPack
from strategy_tracker.reports.packs.pages import address_of, listed_packs, pack_page, standing_parts
from strategy_tracker.reports.packs.queries import (
    edition_of,
    last_job,
    parts_of,
    pdf_of,
    plans_to_choose,
    reports_to_choose,
)
from strategy_tracker.reports.packs.rules import Chosen
from strategy_tracker.risks.queries import registers_of
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import Form

blueprint = Blueprint("packs", __name__)
PACKS = "/p/<partnership>/packs/"
PACK = f"{PACKS}<int:pack>/"


@blueprint.get(PACKS)
@needs(Permission.REPORT_READ)
def list_packs(partnership: str) -> str:
    person = acting_person()
    here = the_partnership(person, partnership, Permission.REPORT_READ)
    may_edit = may(person, Permission.REPORT_EDIT, here)
    packs = listed_packs(person, here)
    return render_template("packs/list.html", partnership=here, nav="reports", packs=packs, may_edit=may_edit)


@blueprint.get(PACK)
@needs(Permission.REPORT_READ)
def show(partnership: str, pack: int) -> str:
    person = acting_person()
    row = the_pack(person, partnership, pack, Permission.REPORT_READ)
    page = pack_page(person, row)
    return render_template("packs/pack.html", partnership=row.partnership, nav="reports", page=page, form=Form())


@blueprint.route(f"{PACKS}new", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def add(partnership: str) -> Answer:
    person = acting_person()
    here = the_partnership(person, partnership, Permission.REPORT_EDIT)
    form = _form(person, here, [], {"audience": "board"})
    made: list[BoardPack] = []

    def save() -> None:
        made.append(operations.add_pack(person, here, form.details, form.chosen, form_key=form.key))

    page = _page(here, "Put a board pack together", f"/p/{partnership}/packs/", save, "The pack is saved.")
    shown = answer(form, page)
    return redirect(address_of(made[0])) if made and isinstance(shown, Reply) else shown


@blueprint.route(f"{PACK}edit", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def edit(partnership: str, pack: int) -> Answer:
    person = acting_person()
    row = the_pack(person, partnership, pack, Permission.REPORT_EDIT)
    form = _standing(person, row)

    def save() -> None:
        operations.edit_pack(person, row, form.started_from, form.details, form.chosen, form_key=form.key)

    def theirs(now: Any) -> Theirs:
        return Theirs(_standing(person, now, blank=True), now.version, saved_by(now))

    page = _page(row.partnership, "Parts, order and cover", address_of(row), save, "The pack is saved.", row, theirs)
    return answer(form, page)


@blueprint.post(f"{PACK}editions")
@needs(Permission.REPORT_EDIT)
def make(partnership: str, pack: int) -> Reply:
    """Has the PDF made, and leads to the page that says how far it is."""
    person, form = acting_person(), Form()
    row = the_pack(person, partnership, pack, Permission.REPORT_EDIT)
    if not form.validate_on_submit():
        flash("Nothing was asked for. Press the button again.")
        return redirect(address_of(row))
    job: Job | None
    try:
        job = operations.ask_for_pack(person, row, form_key=form.key)
    except Repeated:
        job = last_job(the_pack(person, partnership, pack, Permission.REPORT_EDIT))
    return redirect(f"/p/{partnership}/jobs/{job.id}/" if job else address_of(row))


@blueprint.get(f"{PACK}editions/<int:edition>.pdf")
@needs(Permission.REPORT_READ)
def pdf(partnership: str, pack: int, edition: int) -> Response:
    found = edition_of(acting_person(), partnership, pack, edition)
    reply = Response(pdf_of(found), mimetype="application/pdf")
    name = f"{partnership}-pack-{pack}-edition-{found.number}.pdf"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def the_pack(person: Acting, partnership: str, pack: int, permission: Permission) -> BoardPack:
    found: BoardPack = load(person, BoardPack, pack, permission, Partnership.slug == partnership)
    return found


def _standing(person: Acting, row: BoardPack, *, blank: bool = False) -> PackForm:
    names = ("title", "for_whom", "meeting", "meeting_on", "audience", "version")
    return _form(
        person,
        row.partnership,
        standing_parts(parts_of(row)),
        {name: getattr(row, name) for name in names},
        blank=blank,
    )


def _form(
    person: Acting, here: Partnership, chosen: list[Chosen], values: dict[str, Any], *, blank: bool = False
) -> PackForm:
    things = offered(reports_to_choose(person, here.id), plans_to_choose(person, here.id), registers_of(person, here))
    return pack_form(things, chosen, values, blank=blank)


def _page(
    here: Partnership, heading: str, back: str, save: Any, saved: str, row: BoardPack | None = None, theirs: Any = None
) -> Page:
    caption = row.title if row else ""
    return Page(
        here, heading, back, save, saved, caption=caption, nav="reports", template="packs/form.html", theirs=theirs
    )
