"""What the forms about a risk share: their page, and the way back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import flash, redirect
from werkzeug.wrappers import Response

from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.history.queries import saved_by
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.forms import SeenForm
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.queries import current_score, is_own, reference
from strategy_tracker.web.access import acting_person
from strategy_tracker.web.editing import Page, Theirs
from strategy_tracker.web.forms import Form


def page_of(
    risk: Risk,
    heading: str,
    save: Callable[[], Any],
    saved: str,
    theirs: Callable[[Any], Form],
    *,
    button: str = "Save",
    back: str = "",
    action: str = "",
    also: Callable[[], Mapping[str, str]] | None = None,
    **context: Any,
) -> Page:
    """The page of a form about a risk. `theirs` fills the form from the row as somebody else saved it; `back` is the
    risk's page, or the end of its address; `also` is as in Page, and `context` for the template.
    """
    ref = reference(risk, own=is_own(acting_person(), risk.register))
    return Page(
        risk.register.partnership,
        heading,
        f"{address_of_risk(risk)}{back}",
        save,
        saved,
        caption=f"Risk {ref}: {risk.event}",
        button=button,
        nav="risks",
        template="risks/form.html",
        also=also,
        # History tells of what belongs to a risk as of the risk.
        theirs=lambda now: Theirs(theirs(now), now.version, saved_by(getattr(now, "risk", now)), action),
        context=context,
    )


def already(risk: Risk, words: str) -> Response:
    """Back to the risk, where what was asked for cannot be done as it stands."""
    flash(words)
    return redirect(address_of_risk(risk))


@contextmanager
def confirmed(form: SeenForm, risk: Risk, is_written: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Around a save that rests on what its page showed: where that changed meanwhile, it is shown anew and asked again.

    `is_written` says whether somebody else wrote what this form asks for; the page of two versions then shows that.
    """
    try:
        yield
    except Invalid as error:
        score = current_score(risk.id) if "score" in error.problems else None
        if score is not None:
            form.score.data = score.id
            form.version.data = form.version.data if is_written() else str(risk.version)
        raise
    except Conflict as error:
        now = error.current
        if is_written() or not isinstance(now, Risk):
            raise
        form.version.data = str(now.version)
        asked = "read what stands now, and send this again if it still holds"
        raise Invalid({"": f"{saved_by(now)} changed this risk meanwhile: {asked}"}) from None
