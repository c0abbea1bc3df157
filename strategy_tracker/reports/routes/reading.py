"""The list of reports, and one report with its files."""

from flask import Response, render_template

from strategy_tracker.access.permissions import Permission
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.pages import report_page, reports_page
from strategy_tracker.reports.reading import Reading, reading
from strategy_tracker.reports.routes.blueprint import REPORT, REPORTS, asked, blueprint, settings, the_report
from strategy_tracker.web.access import acting_person, needs, the_partnership


@blueprint.get(REPORTS)
@needs(Permission.REPORT_READ)
def list_reports(partnership: str) -> str:
    person = acting_person()
    here = the_partnership(person, partnership, Permission.REPORT_READ)
    return render_template("reports/list.html", partnership=here, nav="reports", page=reports_page(person, here))


@blueprint.get(REPORT)
@needs(Permission.REPORT_READ)
def show(partnership: str, report: str) -> str:
    person = acting_person()
    row = the_report(person, partnership, report)
    page = report_page(person, row, reading(person, row, asked()), settings().base_url)
    return render_template("reports/report.html", partnership=row.partnership, nav="reports", page=page)


@blueprint.get(f"{REPORTS}<report>.pdf")
@needs(Permission.REPORT_READ)
def pdf(partnership: str, report: str) -> Response:
    """A draft's is rendered and kept like a plan's; what was published is read."""
    row, found = _read(partnership, report)
    return _file(row, found, found.pdf(settings().data_dir / "documents"), "pdf", "application/pdf")


@blueprint.get(f"{REPORTS}<report>.json")
@needs(Permission.REPORT_READ)
def content(partnership: str, report: str) -> Response:
    row, found = _read(partnership, report)
    return _file(row, found, found.content.encode(), "json", "application/json")


def _read(partnership: str, report: str) -> tuple[Report, Reading]:
    person = acting_person()
    row = the_report(person, partnership, report)
    return row, reading(person, row, asked())


def _file(report: Report, found: Reading, content: bytes, ending: str, mimetype: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    draft = "" if found.issue is not None else f"-draft-{found.draft or report.draft}"
    name = f"{report.partnership.slug}-{report.slug}{found.copy.file}{draft}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
