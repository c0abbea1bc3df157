"""What happens to a report: circulated, taken back, approved, published, corrected. Each is a noun of its own."""

from dataclasses import replace
from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.jobs.models import Job
from strategy_tracker.reports import discarding, operations
from strategy_tracker.reports.approval import could_approve, since_words
from strategy_tracker.reports.copies import FULL
from strategy_tracker.reports.discarding import why_not_discarded
from strategy_tracker.reports.forms import (
    ApprovalForm,
    CirculationForm,
    CorrectionForm,
    PublicationForm,
    TakingBackForm,
)
from strategy_tracker.reports.making import changed_since
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.pages import address_of
from strategy_tracker.reports.queries import (
    begun_correction,
    drafts_of,
    meetings_held,
    publishing_under_way,
    the_group,
)
from strategy_tracker.reports.routes.blueprint import REPORT, blueprint, out_of_turn, settings, the_report
from strategy_tracker.reports.rules import HAS_ONE, NOT_PUBLISHED, REFUSED, State, Step, can
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer


@blueprint.route(f"{REPORT}circulation", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def circulate(partnership: str, report: str) -> Answer:
    person = acting_person()
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    if away := out_of_turn(row, _why_not(row, Step.CIRCULATE)):
        return away
    form = CirculationForm(data={"version": row.version})
    names = [one.name for one in the_group(row.partnership_id) if one.id != person.id]
    who = ", ".join(names) or "nobody: the group has no other member yet"

    def save() -> None:
        operations.circulate(
            person,
            row,
            form.started_from,
            note=form.note.data or "",
            base_url=settings().base_url,
            form_key=form.key,
        )

    said = f"Draft {row.draft} is kept as it is now, and a mail with its address goes to {who}."
    page = _page(row, f"Circulate draft {row.draft}", save, "The draft is circulated.", "Circulate it", [said])
    return answer(form, page)


@blueprint.route(f"{REPORT}taking-back", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def take_back(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    if away := out_of_turn(row, _why_not(row, Step.TAKE_BACK)):
        return away
    form = TakingBackForm(data={"version": row.version})

    def save() -> None:
        operations.take_back(acting_person(), row, form.started_from, reason=form.reason.data or "", form_key=form.key)

    said = f"Draft {row.draft} stays to be read as it was. What you change is draft {row.draft + 1}."
    if row.state == State.APPROVED:
        said += " The approval ends: the group approves the new draft."
    page = _page(row, "Take the report back", save, "The report is a draft again.", "Take it back", [said])
    return answer(form, page)


@blueprint.route(f"{REPORT}discarding", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def discard(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    if away := out_of_turn(row, why_not_discarded(row)):
        return away
    form = TakingBackForm(data={"version": row.version})

    def save() -> None:
        discarding.discard(acting_person(), row, form.started_from, reason=form.reason.data or "", form_key=form.key)

    said = "Nobody in the group has had this draft. It goes from the list; the history keeps that it was there."
    page = _page(row, "Discard this draft", save, "The draft is discarded.", "Discard it", [said])
    return answer(form, replace(page, back=f"/p/{partnership}/reports/"))


@blueprint.route(f"{REPORT}approval", methods=["GET", "POST"])
@needs(Permission.REPORT_APPROVE)
def approve(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_APPROVE)
    if away := out_of_turn(row, _why_not(row, Step.APPROVE)):
        return away
    meetings = could_approve(row, meetings_held(row.partnership_id, clock.today()))
    form = ApprovalForm(data={"version": row.version, "meeting": _likely(row, meetings)})
    form.offer(meetings, since_words(row))

    def save() -> None:
        operations.approve(
            acting_person(),
            row,
            form.started_from,
            approved_on=form.approved_on.data,
            at=form.at.data or "",
            meeting=form.chosen(meetings),
            form_key=form.key,
        )

    said = f"The group approves draft {row.draft} as it was circulated. That is what is published."
    page = _page(row, "The group’s approval", save, "The approval is recorded.", "Record the approval", [said])
    return answer(form, page)


@blueprint.route(f"{REPORT}publication", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def publish(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    if (under_way := publishing_under_way(row)) is not None:
        return redirect(f"/p/{partnership}/jobs/{under_way.id}/")
    if away := out_of_turn(row, _why_not(row, Step.PUBLISH)):
        return away
    form = PublicationForm(data={"version": row.version})
    jobs: list[Job] = []

    def save() -> None:
        jobs.append(operations.ask_to_publish(acting_person(), row, form.started_from, form_key=form.key))

    page = _page(row, "Publish the report", save, "The report is being published.", "Publish it", _published(row))
    shown = answer(form, page)
    return redirect(f"/p/{partnership}/jobs/{jobs[0].id}/") if jobs and isinstance(shown, Response) else shown


@blueprint.route(f"{REPORT}correction", methods=["GET", "POST"])
@needs(Permission.REPORT_EDIT)
def correct(partnership: str, report: str) -> Answer:
    row = the_report(acting_person(), partnership, report, Permission.REPORT_EDIT)
    begun = begun_correction(row) is not None
    if away := out_of_turn(row, HAS_ONE if begun else "" if row.state == State.PUBLISHED else NOT_PUBLISHED):
        return away
    form = CorrectionForm()
    made: list[Report] = []

    def save() -> None:
        made.append(operations.begin_correction(acting_person(), row, why=form.why.data or "", form_key=form.key))

    said = (
        "What is published stays as it is, for ever. A corrected issue names it and says why, and is circulated, "
        "approved and published like any other. Then this one says at its top that it was replaced."
    )
    page = _page(row, "Mend a mistake", save, "The corrected issue is begun.", "Begin the corrected issue", [said])
    shown = answer(form, page)
    return redirect(address_of(made[0])) if made and isinstance(shown, Response) else shown


def _why_not(row: Report, step: Step) -> str:
    """Why the step leads nowhere from here; "" where it can be taken."""
    return "" if can(row.state, step) else f"{REFUSED[step]}; this report is {row.state}."


def _page(row: Report, heading: str, save: Any, saved: str, button: str, words: list[str]) -> Page:
    return Page(
        row.partnership,
        heading,
        address_of(row),
        save,
        saved,
        caption=row.title,
        button=button,
        nav="reports",
        template="reports/form.html",
        context={"words": words},
    )


def _likely(row: Report, meetings: list[Any]) -> str:
    """The meeting that reviewed the quarter, else the first one after it; "" where there was none."""
    of_quarter = [one for one in meetings if one.quarter_id == row.quarter_id]
    later = [one for one in meetings if row.quarter and one.held_on > row.quarter.period_to]
    return str((of_quarter or later[::-1])[0].id) if of_quarter or later else ""


def _published(row: Report) -> list[str]:
    frozen = (
        f"What the group approved, draft {row.draft}, is frozen for each of its readers: page, PDF and JSON, "
        "with their SHA-256. From then on they show the same for ever. There is no way back."
    )
    said = [frozen]
    kept = drafts_of(row.id, row.draft) if request.method != "POST" else []
    changed = changed_since(row, FULL, kept[0].content) if kept else []
    if changed:
        said.append(
            f"Since it was circulated, the tracker says other things in: {', '.join(changed)}. "
            "These are not published. To publish them, take the report back and circulate it again."
        )
    return said
