"""The partnership's abbreviations."""

from typing import Any

from flask import render_template

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load, may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans import operations, queries
from strategy_tracker.plans.forms import AbbreviationForm, Confirm
from strategy_tracker.plans.models import Abbreviation
from strategy_tracker.plans.routes.blueprint import blueprint
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, Theirs, answer

GLOSSARY = "/p/<partnership>/glossary"


@blueprint.get(GLOSSARY)
@needs(Permission.PARTNERSHIP_READ)
def glossary(partnership: str) -> str:
    person = acting_person()
    here = the_partnership(person, partnership)
    return render_template(
        "glossary/list.html",
        partnership=here,
        nav="glossary",
        entries=queries.abbreviations(here.id),
        may_edit=may(person, Permission.GLOSSARY_EDIT, here),
    )


@blueprint.route(f"{GLOSSARY}/new", methods=["GET", "POST"])
@needs(Permission.GLOSSARY_EDIT)
def add_abbreviation(partnership: str) -> Answer:
    person, form = acting_person(), AbbreviationForm()
    here = the_partnership(person, partnership, Permission.GLOSSARY_EDIT)

    def save() -> None:
        operations.add_abbreviation(
            person, here, short=form.short.data or "", meaning=form.meaning.data or "", form_key=form.key
        )

    page = Page(
        here, "Add an abbreviation", f"/p/{here.slug}/glossary", save, "The abbreviation is added.", nav="glossary"
    )
    return answer(form, page)


@blueprint.route(f"{GLOSSARY}/<int:entry>/edit", methods=["GET", "POST"])
@needs(Permission.GLOSSARY_EDIT)
def edit_abbreviation(partnership: str, entry: int) -> Answer:
    person = acting_person()
    row = _entry(person, partnership, entry)
    form = AbbreviationForm(data=_values(row))

    def save() -> None:
        operations.edit_abbreviation(
            person,
            row,
            form.started_from,
            short=form.short.data or "",
            meaning=form.meaning.data or "",
            form_key=form.key,
        )

    address = f"/p/{row.partnership.slug}/glossary"
    page = Page(
        row.partnership,
        f"Edit {row.short}",
        address,
        save,
        "The abbreviation is saved.",
        nav="glossary",
        theirs=lambda now: Theirs(AbbreviationForm(None, data=_values(now)), now.version, saved_by(now)),
        context={"remove": f"{address}/{row.id}/remove"},
    )
    return answer(form, page)


@blueprint.route(f"{GLOSSARY}/<int:entry>/remove", methods=["GET", "POST"])
@needs(Permission.GLOSSARY_EDIT)
def remove_abbreviation(partnership: str, entry: int) -> Answer:
    person = acting_person()
    row = _entry(person, partnership, entry)
    form = Confirm(data={"version": row.version})
    page = Page(
        row.partnership,
        f"Remove {row.short} from the glossary",
        f"/p/{row.partnership.slug}/glossary",
        lambda: operations.remove_abbreviation(person, row, form.started_from, form_key=form.key),
        f"{row.short} is removed.",
        button=f"Remove {row.short}",
        nav="glossary",
        context={"words": [row.meaning], "is_dangerous": True},
    )
    return answer(form, page)


def _entry(person: Any, partnership: str, number: int) -> Abbreviation:
    found: Abbreviation = load(person, Abbreviation, number, Permission.GLOSSARY_EDIT, Partnership.slug == partnership)
    return found


def _values(row: Abbreviation) -> dict[str, Any]:
    return {"short": row.short, "meaning": row.meaning, "version": row.version}
