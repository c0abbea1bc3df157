"""The timeline as a page and as PDF."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.plans.routes.blueprint import PLAN, asked_view, the_plan
from strategy_tracker.plans.timeline.page import timeline
from strategy_tracker.web.access import acting_person, needs

blueprint = Blueprint("timeline", __name__)


@blueprint.get(f"{PLAN}timeline")
@needs(Permission.PLAN_READ)
def page(partnership: str, plan: str) -> str:
    """`?as_at=` and `?version=` as on the plan's page."""
    row = the_plan(acting_person(), partnership, plan)
    query = f"?{request.query_string.decode()}" if request.query_string.isascii() and request.query_string else ""
    return render_template(
        "timeline/timeline.html",
        partnership=row.partnership,
        nav="plan",
        page=timeline(asked_view(row)),
        query=query,
    )


@blueprint.get("/p/<partnership>/plans/<plan>/timeline.pdf")
@needs(Permission.PLAN_READ)
def pdf(partnership: str, plan: str) -> Response:
    from strategy_tracker.plans import sections

    row = the_plan(acting_person(), partnership, plan)
    settings: Any = current_app.extensions["settings"]
    line = timeline(asked_view(row))
    answer = Response(sections.timeline_pdf(line, folder=settings.data_dir / "documents"), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.partnership.slug}-{row.slug}-timeline.pdf"'
    return answer
