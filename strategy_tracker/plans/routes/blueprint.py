"""Where the pages of plans hang, and what their templates may use."""

import datetime as dt
from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import load, visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import NotFound
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.filters import STATUS_CHOICES
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.versions.view import View, view_of
from strategy_tracker.quarters.calendar import calendar_of
from strategy_tracker.web.marks import MARKS

blueprint = Blueprint("plans", __name__)
LONGEST_NUMBER = 6
WRITING = frozenset({Permission.PLAN_EDIT, Permission.STRUCTURE_EDIT, Permission.SHARE_EDIT, Permission.PROGRESS_WRITE})
"""What a closed plan no longer lets anybody do in it."""
PLAN = "/p/<partnership>/plans/<plan>/"


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    return {"marks": MARKS, "status_choices": STATUS_CHOICES, "navigation": navigation}


def navigation(partnership: Partnership) -> dict[str, Any]:
    """What the person may go to in this partnership: its people, its quarter, its newest plan (an agreed one first)."""
    person: Any = current_user
    if not person.is_authenticated:
        return {}
    plans = list(
        visible(person, Plan)
        .select(Plan.slug, Plan.state, Plan.period_from, Plan.period_to)
        .where(Plan.partnership == partnership)
        .order_by(Plan.state != "agreed", Plan.period_from.desc(), Plan.id.desc())
        .tuples()
    )
    planned = [(first, last) for _, state, first, last in plans if state != "draft"]
    return {
        "plan": plans[0][0] if plans else None,
        "quarter": _quarter(person, partnership, planned),
        "meetings": allows(person, Permission.MEETING_READ, Place(partnership.id)),
        "people": allows(person, Permission.PEOPLE_READ, Place(partnership.id)),
        "reports": allows(person, Permission.REPORT_READ, Place(partnership.id)),
        "risks": allows(person, Permission.REGISTER_READ, Place(partnership.id)),
        "overview": allows(person, Permission.PARTNERSHIP_READ, Place(partnership.id)),
        "jobs": allows(person, Permission.JOB_MANAGE, Place(partnership.id)),
    }


def _quarter(person: Acting, partnership: Partnership, planned: list[tuple[dt.date, dt.date]]) -> str | None:
    """What follows "quarters/" in the address of the current one; the calendar for who makes it where there is none."""
    here = Place(partnership.id)
    if not allows(person, Permission.QUARTER_READ, here):
        return None
    current = calendar_of(partnership.id).current_on(clock.today(), planned)
    if current is not None:
        return f"{current.slug}/"
    return "" if allows(person, Permission.QUARTER_EDIT, here) else None


def the_plan(
    person: Acting,
    partnership: str,
    plan: str,
    permission: Permission = Permission.PLAN_READ,
    *,
    even_closed: bool = False,
) -> Plan:
    """The plan with this short address. Raises Forbidden, also for a form of a closed plan unless `even_closed`."""
    found: Plan = load(person, Plan, Plan.slug == plan, permission, Partnership.slug == partnership)
    _require_open(found, permission, even_closed)
    return found


def the_part(
    person: Acting,
    model: Any,
    number: int,
    permission: Permission,
    partnership: str,
    plan: str,
    *,
    even_closed: bool = False,
) -> Any:
    """An objective, action, outcome, share or note of this very plan. Raises Forbidden as for the plan itself."""
    found = load(person, model, number, permission, Plan.slug == plan, Partnership.slug == partnership)
    _require_open(found, permission, even_closed)
    return found


def _require_open(row: Any, permission: Permission, even_closed: bool) -> None:
    """So that nobody fills in a form that cannot be saved. What is sent the operations judge: it may be sent twice."""
    if permission in WRITING and not even_closed and request.method != "POST":
        require_open(row if isinstance(row, Plan) else row.plan)


def base_of(plan: Plan) -> str:
    return address_of(plan.partnership.slug, plan.slug)


def asked_view(plan: Plan) -> View:
    """The state of the plan in `?version=` and `?as_at=`. Raises NotFound for a version that is not there."""
    return view_of(plan, asked_date(), asked_version())


def asked_version() -> int | None:
    """The number in `?version=`; None where none is asked for. Raises NotFound for what is no number."""
    number = request.args.get("version") or ""
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise NotFound
    return int(number)


def asked_date() -> dt.date | None:
    """The date in `?as_at=` or `?as-at=`; None where it is missing or no date between 1990 and 2100."""
    return date_in(request.args.get("as_at") or request.args.get("as-at"))


def date_in(given: str | None) -> dt.date | None:
    """A date between 1990 and 2100 in ISO form; None where it is missing or no such date."""
    try:
        day = dt.date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None
