"""The pages of a return's steps without words: each stands as a button elsewhere too."""

from collections.abc import Callable
from typing import Any, NamedTuple

from strategy_tracker.authorities.models import Authority
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.quarters.models import Quarter, Return
from strategy_tracker.quarters.rules import Verb
from strategy_tracker.reviews.quarters.places import address_of, turned_back
from strategy_tracker.reviews.returns import operations
from strategy_tracker.reviews.returns.figures import return_figures
from strategy_tracker.reviews.returns.forms import SeenForm, StepForm
from strategy_tracker.reviews.returns.keeping import seen_of
from strategy_tracker.web.access import acting_person
from strategy_tracker.web.editing import Answer, Page, answer
from strategy_tracker.web.forms import Form


class StepPage(NamedTuple):
    """`is_seen`: the step takes a return as its page showed it."""

    take: Callable[..., Return]
    heading: str
    done: str
    button: str
    is_seen: bool


PAGES = {
    Verb.SUBMIT: StepPage(operations.submit_return, "Submit the return", "is submitted", "Submit return", is_seen=True),
    Verb.TAKE_BACK: StepPage(
        operations.take_back_return, "Take the return back", "is open again", "Take return back", is_seen=False
    ),
    Verb.ACCEPT: StepPage(operations.accept_return, "Accept the return", "is accepted", "Accept return", is_seen=True),
}


def answer_of(verb: Verb, quarter: Quarter, authority: Authority, back: str = "") -> Answer:
    """The page of one step, or what pressing its button led to."""
    step, person = PAGES[verb], acting_person()
    back = back or address_of(quarter.partnership, quarter, authority.slug)
    if away := turned_back(operations.why_not_taken(verb, quarter, authority), back):
        return away
    figures = return_figures(quarter, authority)
    form = (SeenForm if step.is_seen else StepForm)(data={"version": figures.version, "seen": seen_of(figures)})

    def save() -> None:
        more = {"seen": form.seen.data or ""} if isinstance(form, SeenForm) else {}
        try:
            step.take(person, quarter, authority, form.started_from, form_key=form.key, **more)
        except Invalid as refused:
            if isinstance(form, SeenForm) and "seen" in refused.problems:
                form.seen.data = seen_of(return_figures(quarter, authority))
            raise

    page = Page(
        quarter.partnership,
        f"{step.heading} of {authority.short_name}",
        back,
        lambda: unless_quicker(form, authority, save),
        f"The return of {authority.short_name} {step.done}.",
        caption=quarter.words,
        button=step.button,
        nav="quarter",
    )
    return answer(form, page)


def unless_quicker(form: Form, authority: Authority, save: Callable[[], None]) -> None:
    """Where somebody did something first, the form comes back with its words and goes on from there."""
    try:
        save()
    except Conflict as conflict:
        now: Any = conflict.current
        if now is None:
            raise
        form.version.data = str(now.version)
        words = f"Somebody was quicker: the return of {authority.short_name} is {now.state} now"
        raise Invalid({"version": f"{words}. Look at it, and send this again if it still holds"}) from None
