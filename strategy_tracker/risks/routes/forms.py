"""What the forms about a risk share: their page, and the way back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect
from werkzeug.wrappers import Response

from strategy_tracker.history.queries import saved_by
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.queries import is_own, reference
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
