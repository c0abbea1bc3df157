"""The authorities of a partnership: added, and succeeded by others."""

from typing import Any

from flask import Blueprint, render_template

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import may, require
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import authorities_of, partners_of
from strategy_tracker.db import LARGEST_ID
from strategy_tracker.errors import NotFound
from strategy_tracker.people.operations import add_authority as add
from strategy_tracker.successions import operations
from strategy_tracker.successions.forms import AuthorityForm, succession_form
from strategy_tracker.successions.pages import endings_of, estate_of, taken_over
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer

blueprint = Blueprint("successions", __name__, url_prefix="/p/<partnership>/authorities")


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    return {"taken_over": taken_over, "endings_of": endings_of}


@blueprint.get("/")
@needs(Permission.PEOPLE_READ)
def authorities(partnership: str) -> str:
    person = acting_person()
    here = _partnership(person, partnership)
    return render_template(
        "authorities/list.html",
        partnership=here,
        nav="people",
        authorities=authorities_of(here.id),
        may_manage=may(person, Permission.AUTHORITY_MANAGE, here),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Permission.AUTHORITY_MANAGE)
def add_authority(partnership: str) -> Answer:
    person, form = acting_person(), AuthorityForm()
    here = _partnership(person, partnership)
    require(person, Permission.AUTHORITY_MANAGE, here)

    def save() -> None:
        said = [form[name].data or "" for name in ("slug", "name", "short", "nation")]
        add(person, here, *said, form_key=form.key)

    page = Page(here, "Add an authority", f"/p/{here.slug}/authorities/", save, "The authority is added.", nav="people")
    return answer(form, page)


@blueprint.route("/<int:authority>/succession", methods=["GET", "POST"])
@needs(Permission.AUTHORITY_MANAGE)
def succeed(partnership: str, authority: int) -> Answer:
    person = acting_person()
    here = _partnership(person, partnership)
    row = _authority(here, authority)
    require(person, Permission.AUTHORITY_MANAGE, row)
    estate = estate_of(row, person)
    others = [one for one in partners_of(here.id) if one.id != row.id]
    form = succession_form(estate, others, version=row.version)

    def save() -> str:
        first_day: Any = form.on.data
        choices = form.choices_made(estate, others)
        moved = operations.succeed(
            person,
            row,
            form.started_from,
            choices,
            on=first_day,
            reason=form.reason.data or "",
            approved_by=form.approved_by.data or "",
            form_key=form.key,
        )
        registers = f" {operations.counted(moved.registers)} under {choices.first.name}." if moved.registers else ""
        return f"{moved.shares} parts, {moved.leads} leads and {moved.people} roles moved.{registers}"

    page = Page(
        here,
        f"Who goes on with what {row.short_name} had",
        f"/p/{here.slug}/authorities/",
        save,
        f"{row.name} is succeeded.",
        button="Record it and move everything",
        nav="people",
        template="authorities/succession.html",
        caption=row.name,
        context={"authority": row, "estate": estate},
    )
    return answer(form, page)


def _partnership(person: Acting, slug: str) -> Partnership:
    """The partnership whose people this person may see; the administrator sees them without seeing its contents."""
    here = Partnership.get_or_none(Partnership.slug == slug)
    if here is None or not allows(person, Permission.PEOPLE_READ, Place(here.id)):
        raise NotFound
    return here


def _authority(here: Partnership, number: int) -> Authority:
    found = (
        Authority.get_or_none(Authority.id == number, Authority.partnership == here) if number <= LARGEST_ID else None
    )
    if found is None:
        raise NotFound
    return found
