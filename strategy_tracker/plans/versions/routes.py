"""The versions of a plan, and what changed between two dates: as pages and as PDF."""

import datetime as dt
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of, effective_date, facts_of
from strategy_tracker.plans.routes.blueprint import PLAN, date_in, the_plan
from strategy_tracker.plans.versions.between import Between, between
from strategy_tracker.plans.versions.story import versions_told
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.conflicts import marked

blueprint = Blueprint("versions", __name__)
A_QUARTER = dt.timedelta(days=91)


@blueprint.get(f"{PLAN}versions")
@needs(Permission.PLAN_READ)
def versions(partnership: str, plan: str) -> str:
    row = the_plan(acting_person(), partnership, plan)
    return render_template(
        "versions/versions.html",
        partnership=row.partnership,
        nav="plan",
        facts=facts_of(row, effective_date(row, None)),
        base=address_of(row.partnership.slug, row.slug),
        versions=versions_told(row)[::-1],
    )


@blueprint.get(f"{PLAN}changes")
@needs(Permission.PLAN_READ)
def changes(partnership: str, plan: str) -> str:
    """`?from=` and `?to=`; a quarter up to the plan's date where they are missing or no dates."""
    row = the_plan(acting_person(), partnership, plan)
    page = _between(row)
    return render_template("versions/changes.html", partnership=row.partnership, nav="plan", page=page, marked=marked)


@blueprint.get("/p/<partnership>/plans/<plan>/changes.pdf")
@needs(Permission.PLAN_READ)
def changes_pdf(partnership: str, plan: str) -> Response:
    from strategy_tracker.plans import sections

    row = the_plan(acting_person(), partnership, plan)
    page = _between(row)
    settings: Any = current_app.extensions["settings"]
    answer = Response(
        sections.changes_pdf(row, page, folder=settings.data_dir / "documents"), mimetype="application/pdf"
    )
    name = f"{row.partnership.slug}-{row.slug}-changes-{page.first.isoformat()}-{page.last.isoformat()}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _between(plan: Plan) -> Between:
    last = date_in(request.args.get("to")) or effective_date(plan, None)
    return between(plan, date_in(request.args.get("from")) or last - A_QUARTER, last)
