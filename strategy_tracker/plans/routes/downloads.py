"""The plan as a document to keep or print."""

from typing import Any

from flask import Response, current_app, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authority_at
from strategy_tracker.errors import NotFound
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.routes.blueprint import asked_view, blueprint, the_plan
from strategy_tracker.web.access import acting_person, needs


@blueprint.get("/p/<partnership>/plans/<plan>.pdf")
@needs(Permission.PLAN_READ)
def plan_pdf(partnership: str, plan: str) -> Response:
    """`?authority=` (one authority's extract) and `?as_at=` as on the plan's page."""
    from strategy_tracker.plans import sections

    row = the_plan(acting_person(), partnership, plan)
    authority = asked_authority(row)
    settings: Any = current_app.extensions["settings"]
    content = sections.plan_pdf(
        sections.plan_document(asked_view(row), authority), folder=settings.data_dir / "documents"
    )
    answer = Response(content, mimetype="application/pdf")
    name = "-".join(filter(None, (row.partnership.slug, row.slug, authority.slug if authority else "")))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def asked_authority(plan: Plan) -> Authority | None:
    """The authority in `?authority=`, None where all are asked for. Raises NotFound for one that is no partner."""
    slug = request.args.get("authority")
    authority = authority_at(plan.partnership, slug) if slug else None
    if slug and authority is None:
        raise NotFound
    return authority
