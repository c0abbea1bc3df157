"""What everybody may read, without signing in and without a cookie."""

from flask import Response, g, render_template

from strategy_tracker import clock
from strategy_tracker.errors import NotFound
from strategy_tracker.reports.models import ReportIssue
from strategy_tracker.reports.queries import pdf_of, public_issue, replaced_by
from strategy_tracker.reports.routes.blueprint import blueprint
from strategy_tracker.web.access import public

PUBLIC = "/public/<partnership>/reports/<slug>"


@blueprint.get(f"{PUBLIC}/")
@public
def public_page(partnership: str, slug: str) -> str:
    found = _found(partnership, slug)
    new = replaced_by(found.report)
    is_there = new is not None and public_issue(partnership, new.slug, clock.today()) is not None
    return render_template(
        "reports/public.html", issue=found, address=f"/public/{partnership}/reports/", new=new if is_there else None
    )


@blueprint.get(f"{PUBLIC}.pdf")
@public
def public_pdf(partnership: str, slug: str) -> Response:
    answer = Response(pdf_of(_found(partnership, slug)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{partnership}-{slug}.pdf"'
    return answer


def _found(partnership: str, slug: str) -> ReportIssue:
    """Raises NotFound. What is found, anybody may keep for a while."""
    found = public_issue(partnership, slug, clock.today())
    if found is None:
        raise NotFound
    g.anybody_may_keep = True
    return found
