"""Where the pages of reports hang, and what they ask of an address."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import NotFound
from strategy_tracker.plans.routes.blueprint import LONGEST_NUMBER
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.pages import address_of
from strategy_tracker.reports.queries import reports_of
from strategy_tracker.reports.reading import Asked
from strategy_tracker.reviews.meetings.papers import Readable, offer_paper_source

blueprint = Blueprint("reports", __name__)
REPORTS = "/p/<partnership>/reports/"
REPORT = f"{REPORTS}<report>/"


@blueprint.record_once
def _offer_papers(_: BlueprintSetupState) -> None:
    offer_paper_source(as_papers)


def as_papers(person: Acting, partnership: Partnership) -> list[Readable]:
    """The reports that a meeting can read."""
    return [Readable(address_of(row), row.title) for row in reports_of(person, partnership.id)]


def the_report(
    person: Acting, partnership: str, report: str, permission: Permission = Permission.REPORT_READ
) -> Report:
    found: Report = load(person, Report, Report.slug == report, permission, Partnership.slug == partnership)
    return found


def out_of_turn(row: Report, why: str) -> Response | None:
    """Back to the report with the sentence, before a form is filled in that cannot be saved; None where `why` is "".

    What is sent the operations judge: it may be sent twice, and its words are given back.
    """
    if not why or request.method == "POST":
        return None
    flash(why)
    return redirect(address_of(row))


def asked() -> Asked:
    """The copy in `?audience=`, `?authority=` and `?draft=`. Raises NotFound for a draft that is no number."""
    number = request.args.get("draft", "")
    if number and not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise NotFound
    audience, whose = request.args.get("audience", ""), request.args.get("authority", "")
    return Asked(audience, whose, int(number) if number else None)


def settings() -> Any:
    return current_app.extensions["settings"]
