"""Comments are read on the page of their action; here they are written, corrected and withdrawn."""

from typing import Any

from flask import Blueprint

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.errors import Forbidden, NotFound
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.comments import operations
from strategy_tracker.plans.comments.forms import CommentForm, form_for
from strategy_tracker.plans.comments.models import Comment
from strategy_tracker.plans.comments.queries import mentions_in, readers_of
from strategy_tracker.plans.comments.rules import Colleague
from strategy_tracker.plans.forms import Confirm
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, the_part
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer

blueprint = Blueprint("comments", __name__)
LONGEST_CAPTION = 160


@blueprint.route(f"{PLAN}actions/<int:action>/comments/new", methods=["GET", "POST"])
@needs(Permission.COMMENT_WRITE)
def add_comment(partnership: str, plan: str, action: int) -> Answer:
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.PLAN_READ, partnership, plan)
    if not may(person, Permission.COMMENT_READ, row):
        raise NotFound
    if not may(person, Permission.COMMENT_WRITE, row):
        raise Forbidden
    require_open(row.plan)
    form = form_for(_colleagues(person, row))

    def save() -> str:
        comment = operations.add_comment(person, row, text=form.text.data or "", named=form.chosen, form_key=form.key)
        return _nobody(row, comment.text)

    return answer(form, _page(row, "Add a comment", save, "The comment is added.", button="Add comment"))


@blueprint.route(f"{PLAN}comments/<int:comment>/correction", methods=["GET", "POST"])
@needs(Permission.COMMENT_WRITE)
def correct_comment(partnership: str, plan: str, comment: int) -> Answer:
    person = acting_person()
    row = _own(person, comment, partnership, plan)
    colleagues = _colleagues(person, row.action)
    form = _form(row, colleagues)

    def save() -> str:
        operations.correct_comment(
            person, row, form.started_from, text=form.text.data or "", named=form.chosen, form_key=form.key
        )
        return _nobody(row.action, row.text)

    page = _page(
        row.action,
        "Correct your comment",
        save,
        "The comment is corrected. What it said before can still be read.",
        button="Save correction",
        theirs=lambda now: Theirs(_form(now, colleagues, None), now.version, person.name),
        context={"withdraw": f"{base_of(row.plan)}comments/{row.id}/withdrawal"},
    )
    return answer(form, page)


@blueprint.route(f"{PLAN}comments/<int:comment>/withdrawal", methods=["GET", "POST"])
@needs(Permission.COMMENT_WRITE)
def withdraw_comment(partnership: str, plan: str, comment: int) -> Answer:
    person = acting_person()
    row = _own(person, comment, partnership, plan)
    form = Confirm(data={"version": row.version})
    page = Page(
        row.plan.partnership,
        "Withdraw your comment",
        _address(row.action),
        lambda: operations.withdraw_comment(person, row, form.started_from, form_key=form.key),
        "The comment is withdrawn.",
        caption=_caption(row.action),
        button="Withdraw comment",
        context={
            "words": [row.text, "Nobody will see its words any more, only that you withdrew a comment."],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


def _own(person: Acting, comment: int, partnership: str, plan: str) -> Comment:
    """The person's own comment, of a plan in which one may still write."""
    row: Comment = the_part(person, Comment, comment, Permission.COMMENT_WRITE, partnership, plan)
    if row.person_id != person.id or row.withdrawn_at is not None:
        raise Forbidden("Only who wrote a comment can correct or withdraw it.")
    require_open(row.plan)
    return row


def _page(action: Action, heading: str, save: Any, saved: str, **more: Any) -> Page:
    return Page(
        action.plan.partnership,
        heading,
        _address(action),
        save,
        saved,
        caption=_caption(action),
        template="comments/edit.html",
        **more,
    )


def _address(action: Action) -> str:
    return f"{base_of(action.plan)}actions/{action.id}#comments"


def _caption(action: Action) -> str:
    text = f"Action {action.number}: {action.text}"
    return text if len(text) <= LONGEST_CAPTION else f"{text[:LONGEST_CAPTION].rstrip()}…"


def _colleagues(person: Acting, action: Action) -> list[Colleague]:
    return [one for one in readers_of(action) if one.id != person.id]


def _form(row: Comment, colleagues: list[Colleague], *posted: Any) -> CommentForm:
    named = [str(mention.person_id) for mention in mentions_in([row.id])]
    return form_for(colleagues, *posted, text=row.text, named=named, version=row.version)


def _nobody(action: Action, text: str) -> str:
    """A sentence where an @name fits nobody, so that nobody waits for an answer; "" where each found somebody."""
    unknown = operations.unknown_names(action, text)
    return f"Nobody here is called {' or '.join(unknown)}, so nobody was told." if unknown else ""
