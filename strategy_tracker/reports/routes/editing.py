"""A report's words, readers and sections; a new one; and who reads the public copies."""

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.documents.sections import offered
from strategy_tracker.history.queries import saved_by
from strategy_tracker.reports import operations
from strategy_tracker.reports.forms import NewReportForm, PublicReadingForm, ReportForm, SectionsForm, sections_form
from strategy_tracker.reports.making import arranged_sections
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.pages import address_of
from strategy_tracker.reports.queries import is_public, public_rules, quarters_without_report
from strategy_tracker.reports.routes.blueprint import REPORT, REPORTS, blueprint, out_of_turn, the_report
from strategy_tracker.reports.rules import NOT_A_DRAFT, State, wishes_of
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, Theirs, answer


@blueprint.route(f"{REPORTS}new", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def begin(partnership: str) -> Answer:
    """`?quarter=` chooses one beforehand."""
    person = acting_person()
    here = the_partnership(person, partnership, Permission.REPORT_EDIT)
    quarters = quarters_without_report(here.id, clock.today())
    form = NewReportForm(data={"quarter": request.args.get("quarter")})
    form.offer(quarters)
    made: list[Report] = []

    def save() -> None:
        chosen = next(one for one in quarters if one.slug == form.quarter.data)
        made.append(operations.begin_report(person, chosen, form_key=form.key))

    page = Page(
        here,
        "Begin a quarterly report",
        f"/p/{partnership}/reports/",
        save,
        "The report is begun. Write its summary, and circulate it when it is ready.",
        button="Begin the report",
        nav="reports",
        template="reports/form.html",
        context={"nothing": "" if quarters else "Every quarter that has begun has its report."},
    )
    shown = answer(form, page)
    return redirect(address_of(made[0])) if made and isinstance(shown, Response) else shown


@blueprint.route(f"{REPORT}edit", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def edit(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    if away := out_of_turn(row, "" if row.state == State.DRAFT else NOT_A_DRAFT):
        return away
    form = _form(row)

    def save() -> None:
        operations.edit_report(
            acting_person(),
            row,
            form.started_from,
            title=form.title.data or "",
            summary=form.summary.data or "",
            audiences=form.audiences.data or [],
            form_key=form.key,
        )

    page = Page(
        row.partnership,
        "Title, summary and readers",
        address_of(row),
        save,
        "The report is saved.",
        caption=row.title,
        nav="reports",
        template="reports/form.html",
        theirs=lambda now: Theirs(_form(now, None), now.version, saved_by(now)),
    )
    return answer(form, page)


@blueprint.route(f"{REPORT}sections", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def arrange(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    if away := out_of_turn(row, "" if row.state == State.DRAFT else NOT_A_DRAFT):
        return away
    form = _sections(row)

    def save() -> None:
        operations.arrange_sections(
            acting_person(), row, form.started_from, places=form.places, shown=form.shown, form_key=form.key
        )

    page = Page(
        row.partnership,
        "Sections and their order",
        address_of(row),
        save,
        "The sections are saved.",
        caption=row.title,
        nav="reports",
        template="reports/sections.html",
        theirs=lambda now: Theirs(_sections(now, blank=True), now.version, saved_by(now)),
    )
    return answer(form, page)


@blueprint.route(f"{REPORTS}public-reading", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def settle_public(partnership: str) -> Answer:
    person = acting_person()
    here = the_partnership(person, partnership, Permission.REPORT_EDIT)
    rules = public_rules(here.id)
    form = PublicReadingForm(data={"allowed": "yes" if is_public(here.id, clock.today()) else "no"})

    def save() -> None:
        since: Any = form.since.data
        operations.settle_public_reading(
            person,
            here,
            allowed=form.allowed.data == "yes",
            since=since,
            reason=form.reason.data or "",
            form_key=form.key,
        )

    page = Page(
        here,
        "Who may read public copies",
        f"/p/{partnership}/reports/",
        save,
        "It is settled.",
        nav="reports",
        template="reports/form.html",
        context={"rules": rules},
    )
    return answer(form, page)


def _form(row: Report, *posted: None) -> ReportForm:
    """`posted` None: of what stands, whatever was posted."""
    data = {
        "version": row.version,
        "title": row.title,
        "summary": row.summary,
        "audiences": wishes_of(row.audiences),
    }
    form = ReportForm(*posted, data=data)
    form.offer(is_public=is_public(row.partnership_id, clock.today()))
    return form


def _sections(row: Report, *, blank: bool = False) -> SectionsForm:
    titles = {one.key: one.title for one in offered()}
    return sections_form(arranged_sections(row), titles, row.version, blank=blank)
