"""The board of a quarter, and each return: checked, handed in, accepted or sent back."""

import csv
import io

from flask import Blueprint, Response, jsonify, render_template

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.quarters.queries import neighbours, return_of, version_of
from strategy_tracker.quarters.rules import Verb
from strategy_tracker.reviews.quarters.places import QUARTER, RETURN, address_of, the_quarter, the_return, turned_back
from strategy_tracker.reviews.returns import closing, operations
from strategy_tracker.reviews.returns.answers import answers_of
from strategy_tracker.reviews.returns.board import board_of
from strategy_tracker.reviews.returns.figures import board_figures
from strategy_tracker.reviews.returns.forms import ReopenForm, SeenForm, SendBackForm, StepForm, TogetherForm
from strategy_tracker.reviews.returns.keeping import seen_of
from strategy_tracker.reviews.returns.steps import answer_of, unless_quicker
from strategy_tracker.reviews.returns.tables import COLUMNS, table_of
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer

blueprint = Blueprint("quarter_returns", __name__)
NAV = "quarter"


@blueprint.get(QUARTER)
@needs(Permission.QUARTER_READ)
def board(partnership: str, quarter: str) -> str:
    person = acting_person()
    row = the_quarter(person, partnership, quarter)
    shown = board_of(row, person, clock.today())
    before, after = neighbours(row)
    return render_template(
        "quarters/board.html",
        partnership=row.partnership,
        nav=NAV,
        quarter=row,
        base=address_of(row.partnership, row),
        board=shown,
        before=before,
        after=after,
        step_form=lambda figures: SeenForm(None, data={"version": figures.version, "seen": seen_of(figures)}),
        together=TogetherForm(None, data={"seen": " ".join(f"{id_}.{v}" for id_, v in shown.unexceptional)}),
    )


@blueprint.get(f"{QUARTER}figures.csv")
@needs(Permission.QUARTER_READ)
def figures_csv(partnership: str, quarter: str) -> Response:
    row = the_quarter(acting_person(), partnership, quarter)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS.values())
    writer.writerows(line.values() for line in table_of(board_figures(row), for_a_sheet=True))
    answer_ = Response("\ufeff" + stream.getvalue(), content_type="text/csv; charset=utf-8")
    answer_.headers["Content-Disposition"] = f'attachment; filename="returns-{row.slug}.csv"'
    return answer_


@blueprint.get(f"{QUARTER}figures.json")
@needs(Permission.QUARTER_READ)
def figures_json(partnership: str, quarter: str) -> Response:
    row = the_quarter(acting_person(), partnership, quarter)
    return jsonify(quarter=row.slug, period_from=row.period_from.isoformat(), period_to=row.period_to.isoformat(),
                   returns=list(table_of(board_figures(row))))  # fmt: skip


@blueprint.get(RETURN)
@needs(Permission.QUARTER_READ)
def check(partnership: str, quarter: str, partner: str) -> str:
    """The answers to be checked: for whoever hands the return in, and to be read by the others."""
    person = acting_person()
    row, authority = the_return(person, partnership, quarter, partner)
    answers = answers_of(row, authority, person, clock.today())
    return render_template(
        "quarters/return.html",
        partnership=row.partnership,
        nav=NAV,
        quarter=row,
        authority=authority,
        board=address_of(row.partnership, row),
        base=address_of(row.partnership, row, authority.slug),
        answers=answers,
        step_form=lambda: SeenForm(None, data={"version": answers.figures.version, "seen": seen_of(answers.figures)}),
    )


@blueprint.route(f"{RETURN}submission", methods=["GET", "POST"])
@needs(Permission.RETURN_SUBMIT)
def submit(partnership: str, quarter: str, partner: str) -> Answer:
    row, authority = the_return(acting_person(), partnership, quarter, partner, Permission.RETURN_SUBMIT)
    return answer_of(Verb.SUBMIT, row, authority)


@blueprint.route(f"{RETURN}taking-back", methods=["GET", "POST"])
@needs(Permission.RETURN_SUBMIT)
def take_back(partnership: str, quarter: str, partner: str) -> Answer:
    row, authority = the_return(acting_person(), partnership, quarter, partner, Permission.RETURN_SUBMIT)
    return answer_of(Verb.TAKE_BACK, row, authority)


@blueprint.route(f"{RETURN}acceptance", methods=["GET", "POST"])
@needs(Permission.RETURN_ACCEPT)
def accept(partnership: str, quarter: str, partner: str) -> Answer:
    row, authority = the_return(acting_person(), partnership, quarter, partner, Permission.RETURN_ACCEPT)
    return answer_of(Verb.ACCEPT, row, authority, address_of(row.partnership, row))


@blueprint.route(f"{RETURN}sending-back", methods=["GET", "POST"])
@needs(Permission.RETURN_ACCEPT)
def send_back(partnership: str, quarter: str, partner: str) -> Answer:
    person = acting_person()
    row, authority = the_return(person, partnership, quarter, partner, Permission.RETURN_ACCEPT)
    why_not = operations.why_not_taken(Verb.SEND_BACK, row, authority)
    if away := turned_back(why_not, address_of(row.partnership, row, authority.slug)):
        return away
    form = SendBackForm(data={"version": version_of(return_of(row.id, authority.id))})

    def save() -> None:
        note = form.note.data or ""
        operations.send_back_return(person, row, authority, form.started_from, note=note, form_key=form.key)

    name = authority.short_name
    page = Page(
        row.partnership,
        f"Send the return of {name} back",
        address_of(row.partnership, row),
        lambda: unless_quicker(form, authority, save),
        f"The return of {name} is sent back.",
        caption=row.words,
        button="Send back",
        nav=NAV,
    )
    return answer(form, page)


@blueprint.route(f"{QUARTER}acceptances", methods=["GET", "POST"])
@needs(Permission.RETURN_ACCEPT)
def accept_together(partnership: str, quarter: str) -> Answer:
    """Every submitted return without an exception, of those that the page showed."""
    person = acting_person()
    row = the_quarter(person, partnership, quarter, Permission.RETURN_ACCEPT)
    shown = board_of(row, person, clock.today())
    why_not = "" if shown.unexceptional else "There is no submitted return without an exception now: look at each"
    if away := turned_back(why_not, address_of(row.partnership, row)):
        return away
    form = TogetherForm(data={"seen": " ".join(f"{id_}.{version}" for id_, version in shown.unexceptional)})
    names = [one.short_name for one in shown.figures.returns if (one.return_id, one.version) in shown.unexceptional]

    def save() -> str:
        accepted = operations.accept_unexceptional(person, row, form.pairs, form_key=form.key)
        return f"{', '.join(accepted)}."

    page = Page(
        row.partnership,
        "Accept all returns without an exception",
        address_of(row.partnership, row),
        save,
        "Accepted:",
        caption=row.words,
        button="Accept them",
        nav=NAV,
        context={"words": [", ".join(names)]},
    )
    return answer(form, page)


@blueprint.route(f"{QUARTER}closure", methods=["GET", "POST"])
@needs(Permission.QUARTER_EDIT)
def close(partnership: str, quarter: str) -> Answer:
    person = acting_person()
    row = the_quarter(person, partnership, quarter, Permission.QUARTER_EDIT)
    if away := turned_back(closing.why_not_closed(row), address_of(row.partnership, row)):
        return away
    form = StepForm(data={"version": row.version})

    def save() -> None:
        closing.close_quarter(person, row, form.started_from, form_key=form.key)

    page = Page(
        row.partnership,
        "Close the quarter",
        address_of(row.partnership, row),
        save,
        f"{row.words} is closed.",
        caption=row.words,
        button="Close the quarter",
        nav=NAV,
        template="quarters/closure.html",
        context={"figures": board_figures(row), "base": address_of(row.partnership, row)},
    )
    return answer(form, page)


@blueprint.route(f"{RETURN}reopening", methods=["GET", "POST"])
@needs(Permission.QUARTER_EDIT)
def reopen(partnership: str, quarter: str, partner: str) -> Answer:
    person = acting_person()
    row, authority = the_return(person, partnership, quarter, partner, Permission.QUARTER_EDIT)
    why_not = "" if row.is_closed else closing.NOT_CLOSED
    if away := turned_back(why_not, address_of(row.partnership, row, authority.slug)):
        return away
    people = closing.writers_of(authority)
    form = ReopenForm()
    form.offer(authority.short_name, people)

    def save() -> None:
        closing.reopen_return(
            person,
            row,
            authority,
            until=form.until.data,
            reason=form.reason.data or "",
            who=form.chosen(people),
            form_key=form.key,
        )

    page = Page(
        row.partnership,
        f"Open the return of {authority.short_name} again",
        address_of(row.partnership, row, authority.slug),
        save,
        "The return is open again. It closes by itself after the last day.",
        caption=row.words,
        button="Open it again",
        nav=NAV,
        context={"words": [f"{authority.name} can add and correct reports in this quarter until a day."]},
    )
    return answer(form, page)
