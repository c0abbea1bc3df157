"""The way of every form: shown, checked, saved once, and given back with its words where it cannot be saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Conflict, Invalid, Repeated
from strategy_tracker.web import conflicts
from strategy_tracker.web.forms import Form

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Theirs:
    """What stands after somebody else saved: its form, its version, who saved it, and where the choice is posted."""

    form: Form
    version: int
    who: str = "Somebody else"
    action: str = ""


@dataclass(frozen=True)
class Page:
    """One form on its page.

    `save` does the one operation; where it returns words, they are said after `saved`. `also` finds what that would
    refuse, so that it is said at once with what the form itself refuses. `theirs` makes the other version out of a
    Conflict's row.
    """

    partnership: Partnership
    heading: str
    back: str
    save: Callable[[], Any]
    saved: str
    caption: str = ""
    button: str = "Save"
    nav: str = "plan"
    template: str = "plans/edit.html"
    also: Callable[[], Mapping[str, str]] | None = None
    theirs: Callable[[Any], Theirs] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)


def answer(form: Form, page: Page) -> Answer:
    """Shows the form, or saves and goes back. A form that was sent twice goes back as if it had been sent once."""
    if request.form.get("keep") == "theirs":
        flash("What was saved before stays. Yours was not saved.")
        return redirect(page.back)
    if not form.validate_on_submit():
        if form.is_submitted() and page.also is not None:
            form.refuse({name: words for name, words in page.also().items() if name in form and not form[name].errors})
        return _shown(form, page)
    try:
        more = page.save()
    except Invalid as error:
        form.refuse(error.problems)
        return _shown(form, page)
    except Conflict as error:
        if page.theirs is None or not _stands(error.current):
            raise
        return _two_versions(form, page, page.theirs(error.current))
    except Repeated:
        return redirect(page.back)
    flash(f"{page.saved} {more}" if isinstance(more, str) and more else page.saved)
    return redirect(page.back)


def _stands(row: Any) -> bool:
    return row is not None and getattr(row, "removed_at", None) is None


def _shown(form: Form, page: Page) -> str:
    return render_template(
        page.template, form=form, page=page, partnership=page.partnership, nav=page.nav, errors=any(form.problems()),
        **page.context,
    )  # fmt: skip


def _two_versions(form: Form, page: Page, theirs: Theirs) -> tuple[str, int]:
    return conflicts.page(
        form, theirs.form, theirs.version, theirs.who,
        page=page, partnership=page.partnership, nav=page.nav, action=theirs.action,
    )  # fmt: skip
