"""The pages on which a register is set up, kept and closed."""

from collections.abc import Mapping

from flask import redirect, render_template, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may, visible
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import authority_at
from strategy_tracker.errors import Forbidden
from strategy_tracker.history.queries import saved_by
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.operations.recording import require_open_register
from strategy_tracker.risks.operations.registers import add_register, close_register, edit_register
from strategy_tracker.risks.queries import registers_of
from strategy_tracker.risks.routes.blueprint import ALL, REGISTER, blueprint, the_register
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.page import address_of_scheme, may_own
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.settings_forms import NewRegisterForm, RegisterForm
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import Form

RHYTHM = "Other months between reviews move the next review of each risk that has no rhythm of its own."
SCHEME = (
    "Another scheme counts for the scores to come. Those that were given stay as they are, with their words; what is "
    "proposed at the next review of each you choose on the page that follows."
)


@blueprint.route(f"{ALL}add", methods=["GET", "POST"])
@needs(Permission.REGISTER_EDIT)
def add_a_register(partnership: str) -> Answer:
    person = acting_person()
    home = the_partnership(person, partnership, Permission.REGISTER_READ)
    owners = may_own(person, home)
    if not owners:
        raise Forbidden
    chosen = _chosen(owners)
    if chosen is None:
        return render_template("risks/whose.html", partnership=home, nav="risks", owners=owners)
    authority = authority_at(home, chosen[0]) if chosen[0] else None
    form, (schemes, registers) = NewRegisterForm(), _choices_for(person, home, authority)
    if not schemes:
        return render_template("risks/no_scheme.html", partnership=home, nav="risks")
    form.whose.choices = [chosen]
    del form.as_at  # a day is chosen once something is written
    form.offer(schemes, registers)
    base = f"/p/{home.slug}/risks/"

    def save() -> str:
        terms = form.terms(schemes, registers)
        added = add_register(person, home, authority, slug=form.address, terms=terms, form_key=form.key)
        return f"Add its first risk at {added.title}."

    page = Page(
        partnership=home,
        heading="Add a register",
        back=base,
        save=save,
        saved="The register is added.",
        button="Add the register",
        nav="risks",
        context={"words": (_who_sees(home, authority),)},
    )
    return answer(form, page)


def _chosen(owners: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Whose register is to be added, once that is said or there is but one; what may be chosen for it depends on it."""
    asked = request.values.get("whose")
    return owners[0] if len(owners) == 1 else next((one for one in owners if one[0] == asked), None)


def _who_sees(home: Partnership, authority: Authority | None) -> str:
    if authority is None:
        return f"Everybody in the {home.name} partnership will see the register and its risks."
    return (
        f"Everybody in the {home.name} partnership will see its title, who looks at it and its scheme. "
        f"Its risks are private to {authority.short_name} until they are shared or put forward."
    )


@blueprint.route(f"{REGISTER}settings", methods=["GET", "POST"])
@needs(Permission.REGISTER_EDIT)
def edit_a_register(partnership: str, register: str) -> Answer:
    person = acting_person()
    found = the_register(person, partnership, register, Permission.REGISTER_EDIT)
    require_open_register(found)
    schemes, registers = _choices_for(person, found.partnership, found.authority, found)
    form, before = RegisterForm(), found.scheme
    form.offer(schemes, registers)
    if form.title.raw_data is None:
        form.fill(found)
    base, saved = address_of_register(found), list[ScoringScheme]()
    may_close = may(person, Permission.REGISTER_CLOSE, found)
    closing = ((f"{base}closure", "Close the register"),) if may_close else ()

    def save() -> None:
        terms = form.terms(schemes, registers)
        edit_register(person, found, form.started_from, terms, form_key=form.key)
        saved.append(terms.scheme)

    page = Page(
        partnership=found.partnership,
        heading="Settings of the register",
        caption=found.title,
        back=base,
        save=save,
        saved="The settings are saved.",
        nav="risks",
        theirs=lambda row: _theirs(person, row),
        context={"words": (_who_sees(found.partnership, found.authority), SCHEME, RHYTHM), "states": closing},
    )
    shown = answer(form, page)
    return redirect(_mapping(before, saved[0])) if saved and saved[0].id != before.id else shown


def _mapping(before: ScoringScheme, chosen: ScoringScheme) -> str:
    """Where one says what the scores under the scheme before are proposed as."""
    return f"{address_of_scheme(chosen)}mapping?from={current_version(before).key}"


def _theirs(person: Acting, row: Register) -> Theirs:
    theirs = RegisterForm(formdata=None)
    theirs.offer(*_choices_for(person, row.partnership, row.authority, row))
    theirs.fill(row)
    return Theirs(theirs, row.version, saved_by(row))


def _choices_for(
    person: Acting, home: Partnership, authority: Authority | None, itself: Register | None = None
) -> tuple[list[ScoringScheme], list[Register]]:
    """The schemes and next levels that it may have: its authority's and the partnership's, and none round in a ring."""
    owners = None, authority.id if authority else None
    rows = visible(person, ScoringScheme).where(ScoringScheme.partnership == home, ScoringScheme.retired_at.is_null())
    schemes = sorted(rows, key=lambda row: (row.authority_id or 0, row.name.casefold(), row.id))
    registers = registers_of(person, home)
    up = {one.id: one.goes_to_id for one in registers}
    return (
        [one for one in schemes if one.authority_id in owners],
        [one for one in registers if one.authority_id in owners and not (itself and _leads_to(one.id, itself.id, up))],
    )


def _leads_to(start: int, end: int, up: Mapping[int, int | None]) -> bool:
    """Whether risks of one register come to another, or stand there already; `up` says where those of each go."""
    step: int | None = start
    while step is not None and step != end:
        step = up.get(step)
    return step == end


@blueprint.route(f"{REGISTER}closure", methods=["GET", "POST"])
@needs(Permission.REGISTER_CLOSE)
def close_a_register(partnership: str, register: str) -> Answer:
    person = acting_person()
    found = the_register(person, partnership, register, Permission.REGISTER_CLOSE)
    form = Form(data={"version": str(found.version)})
    if not form.is_submitted():
        require_open_register(found)
    words = (
        "It leaves the lists; its history and the reports in which it stands stay as they are.",
        "Before that, close its risks, and decline or return what was put forward to it.",
        "No other register may have it for its next level.",
    )
    page = Page(
        partnership=found.partnership,
        heading="Close this register?",
        caption=found.title,
        back=f"/p/{found.partnership.slug}/risks/",
        save=lambda: close_register(person, found, form.started_from, form_key=form.key),
        saved="The register is closed.",
        button="Close it",
        nav="risks",
        theirs=None,
        context={"words": words, "is_dangerous": True},
    )
    return answer(form, page)
