"""The reminders of a quarter and each mail, for the coordinator; the days of the reminders, for all who work here."""

import datetime as dt
from typing import Any

from flask import Blueprint, render_template

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load, may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.quarters.places import QUARTER, address_of, the_calendar, the_quarter
from strategy_tracker.reviews.reminders import operations, queries
from strategy_tracker.reviews.reminders.forms import ReminderRuleForm
from strategy_tracker.reviews.reminders.models import ReminderPart
from strategy_tracker.reviews.reminders.page import Day, days_of, reminders_of
from strategy_tracker.reviews.reminders.stages import Rule, ruling
from strategy_tracker.reviews.returns.shapes import BoardFigures
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer

blueprint = Blueprint("reminders", __name__)
RULES = "/p/<partnership>/reminders"
NAV = "quarter"


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    return {"reminder_days": reminder_days}


def reminder_days(quarter: Quarter, board: BoardFigures) -> tuple[tuple[Day, ...], bool]:
    """For the board of a quarter: the dates, and whether its reader may read the mails."""
    return days_of(quarter, clock.today(), board), may(acting_person(), Permission.MAIL_READ, quarter)


@blueprint.get(f"{QUARTER}reminders")
@needs(Permission.MAIL_READ)
def of_quarter(partnership: str, quarter: str) -> str:
    row = the_quarter(acting_person(), partnership, quarter, Permission.MAIL_READ)
    return render_template(
        "reminders/quarter.html",
        partnership=row.partnership,
        nav=NAV,
        quarter=row,
        board=address_of(row.partnership, row),
        found=reminders_of(row, clock.today()),
    )


@blueprint.get(f"{RULES}/<int:reminder>")
@needs(Permission.MAIL_READ)
def mail(partnership: str, reminder: int) -> str:
    part: ReminderPart = load(
        acting_person(), ReminderPart, reminder, Permission.MAIL_READ, Partnership.slug == partnership
    )
    told = queries.items_of_part(part)
    quarter = next((row.quarter for row in told if row.quarter_id), None)
    return render_template(
        "reminders/mail.html",
        partnership=part.partnership,
        nav=NAV,
        part=part,
        told=told,
        quarter=quarter,
        board=address_of(part.partnership, quarter) if quarter else "",
    )


@blueprint.get(RULES)
@needs(Permission.QUARTER_READ)
def rules(partnership: str) -> str:
    person = acting_person()
    here = the_calendar(person, partnership)
    return render_template(
        "reminders/rules.html",
        partnership=here,
        nav=NAV,
        rule=_rule(here.id, clock.today()),
        kept=[(row, queries.as_rule(row)) for row in queries.rule_rows(here.id)],
        may_edit=may(person, Permission.QUARTER_EDIT, here),
    )


@blueprint.route(f"{RULES}/new", methods=["GET", "POST"])
@needs(Permission.QUARTER_EDIT)
def set_rule(partnership: str) -> Answer:
    person = acting_person()
    here = the_calendar(person, partnership, Permission.QUARTER_EDIT)
    rule = _rule(here.id, clock.today())
    form = ReminderRuleForm(
        data={
            "since": clock.today(),
            "days_before": ", ".join(str(day) for day in rule.before),
            "days_after": ", ".join(str(day) for day in rule.after),
        }
    )

    def save() -> None:
        operations.set_rule(
            person,
            here,
            since=form.since.data or clock.today(),
            days_before=form.days_before.data or "",
            days_after=form.days_after.data or "",
            reason=form.reason.data or "",
            form_key=form.key,
        )

    page = Page(
        here, "Change the reminder days", f"/p/{here.slug}/reminders", save, "The reminder days are set.", nav=NAV,
        context={"words": [WORKING_DAYS]},
    )  # fmt: skip
    return answer(form, page)


WORKING_DAYS = (
    "A day on a weekend or a bank holiday of the authority’s nation moves to the next working day. What was sent is "
    "not sent again."
)


def _rule(partnership_id: int, today: dt.date) -> Rule:
    return ruling(queries.rules_of([partnership_id])[partnership_id], today) or Rule()
