"""My work: what is hers across partnerships, reported on in one sitting."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.forms import MyWorkForm, sayings, without_place
from strategy_tracker.reviews.my_work import Work, work_of
from strategy_tracker.reviews.operations import Refused, Said, save_all
from strategy_tracker.reviews.rules import WHY, Need
from strategy_tracker.web import kept
from strategy_tracker.web.access import acting_person, signed_in

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/")
@signed_in
def my_work() -> str:
    person = acting_person()
    works = work_of(person)
    typed = kept.words()
    if typed is None:
        return _page(person, works, MyWorkForm(), [], [])
    return _page(person, works, MyWorkForm(typed), sayings(works, typed), [], without_place(works, typed))


@blueprint.post("/")
@signed_in
def save() -> str | Response:
    person, form = acting_person(), MyWorkForm()
    works = work_of(person)
    said, left = sayings(works, request.form), without_place(works, request.form)
    if not form.validate():
        return _page(person, works, form, said, [], left)
    saved, refused = save_all(person, said, form.form_key.data or "")
    if saved:
        flash(f"{len(saved)} report{' is' if len(saved) == 1 else 's are'} saved.")
    elif not refused and not left:
        flash("Nothing was filled in, so nothing was saved.")
    if not refused and not left:
        return redirect("/")
    return _page(person, work_of(person), form, [one.said for one in refused], refused, left)


def _page(
    person: Acting,
    works: Sequence[Work],
    form: MyWorkForm,
    said: Sequence[Said],
    refused: Sequence[Refused],
    left: Sequence[str] = (),
) -> str:
    partnerships = list(visible(person, Partnership).order_by(Partnership.name))
    kept_by = visible(person, Partnership, Permission.PEOPLE_READ).order_by(Partnership.name)
    return render_template(
        "reviews/my_work.html",
        nav="work",
        partnership=partnerships[0] if len(partnerships) == 1 else None,
        partnerships=partnerships,
        others=[] if partnerships else list(kept_by),
        works=works,
        form=form,
        said={one.entry.key: one for one in said},
        refused={one.said.entry.key: one.problems for one in refused},
        again={one.entry.key for one in said if one.is_touched},
        left=left,
        errors=bool(refused or left),
        summary=[(f"{field}-{one.said.entry.key}", words) for one in refused for field, words in one.problems.items()],
        why=WHY,
        reported=Need.REPORTED,
        statuses=[(status.value, status.value.capitalize()) for status in Status],
    )
