"""Writing what an authority says about its part, and putting it right."""

from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import acts_for_another
from strategy_tracker.accounts.models import Person
from strategy_tracker.plans import operations, queries
from strategy_tracker.plans.forms import ProgressForm
from strategy_tracker.plans.models import Outcome, ProgressNote, Share
from strategy_tracker.plans.pages import effective_date, report_date
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, blueprint, the_part
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer


@blueprint.route(f"{PLAN}shares/<int:share>/outcomes/<int:outcome>/progress", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def record_progress(partnership: str, plan: str, share: int, outcome: int) -> Answer:
    person = acting_person()
    row: Share = the_part(person, Share, share, Permission.PROGRESS_WRITE, partnership, plan)
    about: Outcome = the_part(person, Outcome, outcome, Permission.PLAN_READ, partnership, plan)
    last = queries.last_note(about.id, row.id)
    values = {"version": last.id if last else 0, "as_at": report_date(row.plan, row.authority_id, person)}
    form = ProgressForm(data=values, before=last.status if last else None)

    def save() -> str:
        seen, key = form.started_from, form.key
        note = operations.record_progress(person, row, about, **form.said, seen=seen, form_key=key)
        return _why_out_of_sight(note, last)

    page = Page(
        row.plan.partnership,
        f"Report on {row.action.number} for {row.authority.short_name}",
        f"{base_of(row.plan)}actions/{row.action_id}",
        save,
        f"Your report on {row.action.number} is saved.",
        button="Save report",
        caption=row.action.text,
        template="plans/progress.html",
        theirs=lambda now: Theirs(_form_of(now), now.id, _author(now)),
        context=_context(person, row, about, last),
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}notes/<int:note>/correction", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def correct_progress(partnership: str, plan: str, note: int) -> Answer:
    person = acting_person()
    row: ProgressNote = the_part(person, ProgressNote, note, Permission.PROGRESS_WRITE, partnership, plan)
    form = ProgressForm(data=_values(row), before=row.status)
    action = row.share.action
    page = Page(
        row.plan.partnership,
        f"Correct the note on {action.number} for {row.share.authority.short_name}",
        f"{base_of(row.plan)}actions/{action.id}",
        lambda: _why_out_of_sight(operations.correct_progress(person, row, **form.said, form_key=form.key)),
        "The note is corrected. What it said before stays in the history.",
        button="Save correction",
        caption=action.text,
        template="plans/progress.html",
        theirs=lambda now: Theirs(_form_of(now), now.id, _author(now), f"{base_of(row.plan)}notes/{now.id}/correction"),
        context=_context(person, row.share, row.outcome, None),
    )
    return answer(form, page)


def _why_out_of_sight(note: ProgressNote, before: ProgressNote | None = None) -> str:
    """Why a note that is saved does not stand on the plan, where it would seem lost; "" where it stands there."""
    shown, as_at = effective_date(note.plan, None), clock.long_date(note.as_at)
    if note.as_at > shown:
        return f"It speaks of {as_at}, and the plan shows progress as at {clock.long_date(shown)}: it is not there yet."
    if before is not None and before.as_at > note.as_at:
        return f"It speaks of {as_at}. The note as at {clock.long_date(before.as_at)} is later, and still counts."
    return ""


def _context(person: Any, share: Share, outcome: Outcome, last: ProgressNote | None) -> dict[str, Any]:
    return {
        "share": share,
        "outcome": outcome,
        "timescale": outcome.timescale,
        "last": last,
        "last_author": _author(last) if last else "",
        "on_behalf": acts_for_another(person, Permission.PROGRESS_WRITE, share.place()),
    }


def _values(note: ProgressNote) -> dict[str, Any]:
    return {
        "status": note.status or "",
        "text": note.text,
        "reason": note.reason,
        "as_at": note.as_at,
        "version": note.id,
    }


def _form_of(note: ProgressNote) -> ProgressForm:
    return ProgressForm(None, data=_values(note))


def _author(note: ProgressNote) -> str:
    """Who wrote it, by name; "Import" where it was no person."""
    if note.person_id is None:
        return "Import"
    return str(Person.get_by_id(note.person_id).name)
