"""The pages of scoring schemes: what they are, how they change, and what becomes of old scores."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import authority_at
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound, Repeated
from strategy_tracker.history.queries import saved_by
from strategy_tracker.risks.routes.blueprint import ALL, blueprint
from strategy_tracker.risks.routes.levels import bring_up
from strategy_tracker.risks.schemes.drafting import falling
from strategy_tracker.risks.schemes.forms import ChangedSchemeForm, NewSchemeForm, SchemeForm, mapping_form
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.operations import add_scheme, change_scheme, map_levels
from strategy_tracker.risks.schemes.page import (
    address_of_scheme,
    base_of,
    may_own,
    old_lines,
    old_versions,
    proposals,
    scheme_entries,
    scheme_page,
)
from strategy_tracker.risks.schemes.patterns import PATTERNS
from strategy_tracker.risks.schemes.queries import current_version, find_version, mapping_between
from strategy_tracker.risks.schemes.rules import Scheme, grid_of
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer

SCHEMES = f"{ALL}schemes/"
SCHEME = f"{SCHEMES}<scheme>/"
MOST_SAID = 3
"""How many cells a notice names; the form names all."""
MINE_AGAIN = "what was saved before stands on the scheme's page; yours is here, and becomes the version after it"


def the_scheme(
    person: Acting, partnership: str, scheme: str, permission: Permission = Permission.REGISTER_READ
) -> ScoringScheme:
    """Raises NotFound, Forbidden."""
    key, within = ScoringScheme.slug == scheme, Partnership.slug == partnership
    found: ScoringScheme = load(person, ScoringScheme, key, permission, within)
    return found


@blueprint.get(SCHEMES)
@needs(Permission.REGISTER_READ)
def schemes(partnership: str) -> str:
    person = acting_person()
    home = the_partnership(person, partnership, Permission.REGISTER_READ)
    entries, may_add = scheme_entries(person, home), bool(may_own(person, home))
    return render_template("risks/schemes/list.html", partnership=home, nav="risks", entries=entries, may_add=may_add)


@blueprint.route(f"{SCHEMES}add", methods=["GET", "POST"])
@needs(Permission.REGISTER_EDIT)
def add_a_scheme(partnership: str) -> Answer:
    person = acting_person()
    home = the_partnership(person, partnership, Permission.REGISTER_READ)
    owners = may_own(person, home)
    if not owners:
        raise Forbidden
    form = NewSchemeForm()
    form.whose.choices = owners
    pattern = request.args.get("pattern", "")
    if form.impact.raw_data is None and request.method == "GET":
        pattern = pattern if pattern in PATTERNS else next(iter(PATTERNS))
        form.fill(PATTERNS[pattern][1])

    def save(shape: Scheme) -> ScoringScheme:
        authority, name = authority_at(home, form.whose.data) if form.whose.data else None, form.name.data or ""
        return add_scheme(person, home, authority, slug=form.address, name=name, shape=shape, form_key=form.key)

    shown = {
        "partnership": home,
        "heading": "Add a scoring scheme",
        "button": "Save the scheme",
        "back": base_of(home),
        "patterns": [(slug, title, slug == pattern) for slug, (title, _) in PATTERNS.items()],
    }
    return _stepped(form, shown, save, lambda added: (f"“{added.name}” is added.", address_of_scheme(added)))


@blueprint.get(SCHEME)
@needs(Permission.REGISTER_READ)
def scheme(partnership: str, scheme: str) -> str:
    person = acting_person()
    found = the_scheme(person, partnership, scheme)
    number = request.args.get("version", "")
    version = _asked(person, found, number) if number else current_version(found)
    if version.scheme_id != found.id:
        raise NotFound
    page = scheme_page(person, found, version)
    return render_template("risks/schemes/scheme.html", partnership=found.partnership, nav="risks", page=page)


@blueprint.route(f"{SCHEME}change", methods=["GET", "POST"])
@needs(Permission.REGISTER_EDIT)
def change_a_scheme(partnership: str, scheme: str) -> Answer:
    person = acting_person()
    found = the_scheme(person, partnership, scheme, Permission.REGISTER_EDIT)
    now, form = current_version(found), ChangedSchemeForm()
    if form.impact.raw_data is None and request.method == "GET":
        form.fill(now.shape, found.name)
        form.version.data = str(found.version)

    def save(shape: Scheme) -> SchemeVersion:
        name, why = form.name.data or "", form.reason.data or ""
        return change_scheme(person, found, form.started_from, name=name, shape=shape, reason=why, form_key=form.key)

    back = address_of_scheme(found)
    shown = {
        "partnership": found.partnership,
        "heading": f"Change “{found.name}”",
        "button": f"Save version {now.number + 1}",
        "back": back,
        "number": now.number,
    }
    said = "Scores keep the version they were given under; choose here what is proposed at their next review."
    return _stepped(
        form,
        shown,
        save,
        lambda added: (f"Version {added.number} counts from now on. {said}", f"{back}mapping?from={added.number - 1}"),
    )


def _stepped(
    form: SchemeForm, shown: dict[str, Any], save: Callable[[Scheme], Any], after: Callable[[Any], tuple[str, str]]
) -> Answer:
    """Levels, then the table, then saved; whatever is wrong is shown in the step in which it is put right."""
    if request.method != "POST":
        return _shown(form, shown, is_table=form.is_second and form.are_lines_sound())
    if not form.are_lines_sound():
        return _shown(form, shown, is_table=False)
    if form.step not in ("save", "levels"):
        form.make_table(afresh=form.step == "again")
        return _shown(form, shown, is_table=True)
    shape, problems = form.given()
    form.refuse(problems)
    if problems or form.step == "levels":
        return _shown(form, shown, is_table=bool(problems))
    try:
        words, address = after(save(shape))
    except Invalid as error:
        form.refuse(error.problems)
        return _shown(form, shown, is_table=bool(form.wrong))
    except Conflict as error:
        now: Any = error.current
        if now is None:
            raise
        form.refuse({"": f"{saved_by(now)} changed the scheme while you wrote: {MINE_AGAIN}"})
        form.version.data = str(now.version)
        return _shown(form, shown, is_table=False), 409
    except Repeated:
        return redirect(shown["back"])
    flash(words)
    _say_falling(shape)
    return redirect(address)


def _say_falling(shape: Scheme) -> None:
    if odd := falling(shape):
        more = len(odd) - MOST_SAID
        flash(f"Look at the table again: {'; '.join(odd[:MOST_SAID])}{f'; and {more} more' if more > 0 else ''}.")


def _shown(form: SchemeForm, shown: dict[str, Any], *, is_table: bool) -> str:
    said = {"form": form, "nav": "risks", "errors": any(form.problems()), **shown}
    if not is_table:
        return render_template("risks/schemes/levels.html", **said)
    shape, _ = form.given()
    return render_template("risks/schemes/table.html", shape=shape, grid=grid_of(shape), odd=falling(shape), **said)


@blueprint.get(f"{SCHEME}mapping")
@needs(Permission.REGISTER_READ)
def mapping(partnership: str, scheme: str) -> Answer:
    person = acting_person()
    return _mapping(person, the_scheme(person, partnership, scheme))


@blueprint.post(f"{SCHEME}mapping")
@needs(Permission.REGISTER_EDIT)
def map_a_scheme(partnership: str, scheme: str) -> Answer:
    person = acting_person()
    return _mapping(person, the_scheme(person, partnership, scheme, Permission.REGISTER_EDIT))


def _mapping(person: Acting, found: ScoringScheme) -> Answer:
    now = current_version(found)
    lines = old_lines(person, found, now)
    offered = old_versions(found, lines)
    likely = sorted(offered, key=lambda one: not one.count)
    asked = request.args.get("from", "") or next((one.key for one in likely), "")
    back = address_of_scheme(found)
    shown = {"partnership": found.partnership, "nav": "risks", "scheme": found, "now": now, "offered": offered}
    if not asked:
        return render_template("risks/schemes/mapping.html", back=back, **shown)
    old = _asked(person, found, asked)
    if old.id == now.id or not found.may_follow(old.scheme):
        raise NotFound
    levels = mapping_between(old, now)
    form, address = mapping_form(old.shape, now.shape, levels), f"{back}mapping?from={asked}"
    bring_up(form, person, now)
    if form.validate_on_submit():
        try:
            map_levels(person, old, now, form.levels, form_key=form.key)
        except Invalid as error:
            form.refuse(error.problems)
        except Repeated:
            return redirect(address)
        else:
            flash("It is proposed so at the next review of each risk below. Their scores stay as they are.")
            return redirect(address)
    return render_template(
        "risks/schemes/mapping.html",
        **shown,
        old=old,
        form=form,
        errors=any(form.problems()),
        risks=proposals(person, lines, old, now, levels),
        may_edit=may(person, Permission.REGISTER_EDIT, found) and (found.retired_at is None or form.is_submitted()),
        address=address,
        back=back,
    )


def _asked(person: Acting, scheme: ScoringScheme, key: str) -> SchemeVersion:
    """The version that an address names. Raises NotFound, also for a scheme of another partnership."""
    found = find_version(person, scheme, key)
    if found is None:
        raise NotFound
    return found
