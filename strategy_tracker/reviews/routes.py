"""My work: what is hers across partnerships, reported on in one sitting."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.plans.comments import operations as comments
from strategy_tracker.plans.comments.models import Mention
from strategy_tracker.reviews.decisions.queries import open_decisions_of
from strategy_tracker.reviews.forms import MyWorkForm, sayings, without_place
from strategy_tracker.reviews.my_work import Work, parted, work_of
from strategy_tracker.reviews.named import named
from strategy_tracker.reviews.operations import Refused, Said, save_all
from strategy_tracker.reviews.options import options
from strategy_tracker.reviews.risks.work import risk_work_of
from strategy_tracker.reviews.rules import WHY, Need
from strategy_tracker.web import kept
from strategy_tracker.web.access import acting_person, needs, signed_in

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


@blueprint.route("/p/<partnership>/mentions/<int:mention>/seen", methods=["GET", "POST"])
@needs(Permission.COMMENT_READ)
def deal_with(partnership: str, mention: int) -> str | Response:
    """The button stands in the form of the sitting: what was typed into that comes back, not saved."""
    person = acting_person()
    row: Mention = load(
        person, Mention, mention, Permission.COMMENT_READ, Mention.person == person.id, Partnership.slug == partnership
    )
    if request.method == "GET":
        return my_work()
    if comments.deal_with(person, row):
        flash("The comment is off your work. It still stands on its action.")
    return back_to_work(person)


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


def back_to_work(person: Acting, problems: Sequence[str] = ()) -> str | Response:
    """After a button that stands in the form of the sitting: what was typed into that comes back, not saved."""
    works = work_of(person)
    said, left = sayings(works, request.form), without_place(works, request.form)
    if problems or left or any(one.is_touched for one in said):
        return _page(person, works, MyWorkForm(), said, [], left, problems)
    return redirect("/")


def _page(
    person: Acting,
    works: Sequence[Work],
    form: MyWorkForm,
    said: Sequence[Said],
    refused: Sequence[Refused],
    left: Sequence[str] = (),
    problems: Sequence[str] = (),
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
        named=named(person),
        decided=open_decisions_of(person, clock.today()),
        risky=risk_work_of(person),
        form=form,
        said={one.entry.key: one for one in said},
        refused={one.said.entry.key: one.problems for one in refused},
        again={one.entry.key for one in said if one.is_touched},
        left=left,
        errors=bool(refused or left or problems),
        summary=[
            *(("", words) for words in problems),
            *((f"{field}-{one.said.entry.key}", words) for one in refused for field, words in one.problems.items()),
        ],
        why=WHY,
        reported=Need.REPORTED,
        parted=parted,
        options=options,
    )
