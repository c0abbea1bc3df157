"""The plan as files to work in."""

from typing import Any

from flask import Blueprint, Response, current_app

from strategy_tracker.access.permissions import Permission
from strategy_tracker.plans.routes.blueprint import asked_date, asked_version, the_plan
from strategy_tracker.plans.routes.downloads import asked_authority
from strategy_tracker.transfer.out.files import file_of
from strategy_tracker.transfer.out.kinds import WRITERS
from strategy_tracker.web.access import acting_person, needs

blueprint = Blueprint("out", __name__)


def download(kind: str, partnership: str, plan: str) -> Response:
    """`?authority=` (one authority's part) and `?as_at=` as on the plan's page."""
    person = acting_person()
    row = the_plan(person, partnership, plan)
    authority = asked_authority(row)
    settings: Any = current_app.extensions["settings"]
    content = file_of(
        kind, person, row, authority=authority, as_at=asked_date(), base_url=settings.base_url, version=asked_version()
    )
    answer = Response(content, content_type=WRITERS[kind][1])
    name = "-".join(filter(None, (row.partnership.slug, row.slug, authority.slug if authority else "")))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _route(kind: str) -> None:
    @blueprint.get(f"/p/<partnership>/plans/<plan>.{kind}", endpoint=f"plan_{kind}")
    @needs(Permission.PLAN_READ)
    def plan_file(partnership: str, plan: str) -> Response:
        return download(kind, partnership, plan)


for ending in WRITERS:
    _route(ending)
