"""The steps of a return: submitted, taken back, sent back, accepted. Each is a row, an event and a version."""

from collections.abc import Collection
from dataclasses import dataclass

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, acts_for_another
from strategy_tracker.access.scope import place_of, require
from strategy_tracker.authorities.models import Authority
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Conflict, Invalid, NotFound
from strategy_tracker.history.chain import canonical
from strategy_tracker.quarters.models import Quarter, Return, ReturnStep
from strategy_tracker.quarters.queries import return_of, standing_of
from strategy_tracker.quarters.rules import TRANSITIONS, ReturnState, Verb, may_follow
from strategy_tracker.reviews.returns.figures import board_figures, return_figures
from strategy_tracker.reviews.returns.keeping import changed_since, to_keep
from strategy_tracker.reviews.returns.shapes import ReturnFigures
from strategy_tracker.text import normalise, problem_with_marks

LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Step:
    """One step to be taken: `version` is that of the return which the person was shown (1: none is there yet).

    `seen` is what its page showed (`keeping.seen_of`); None where nothing was shown.
    """

    verb: Verb
    quarter: Quarter
    authority: Authority
    version: int
    note: str = ""
    on_behalf: bool = False
    seen: str | None = None


def submit_return(
    person: Acting,
    quarter: Quarter,
    authority: Authority,
    version: int,
    *,
    seen: str | None = None,
    form_key: str | None = None,
) -> Return:
    """Hands the return in, by a lead or on the authority's behalf; warnings never keep anybody from it.

    Raises Invalid before the quarter opens, with what must be mended, and where it says something else than was seen;
    Conflict where somebody was quicker.
    """
    require(person, Permission.RETURN_SUBMIT, authority)
    on_behalf = acts_for_another(person, Permission.RETURN_SUBMIT, place_of(authority))
    step = Step(Verb.SUBMIT, quarter, authority, version, on_behalf=on_behalf, seen=seen)
    with history.writing(person, form_key):
        return _take(person, step)


def take_back_return(
    person: Acting, quarter: Quarter, authority: Authority, version: int, *, form_key: str | None = None
) -> Return:
    """Opens a submitted return again, as long as it is not accepted. Raises Conflict, Invalid."""
    require(person, Permission.RETURN_SUBMIT, authority)
    on_behalf = acts_for_another(person, Permission.RETURN_SUBMIT, place_of(authority))
    step = Step(Verb.TAKE_BACK, quarter, authority, version, on_behalf=on_behalf)
    with history.writing(person, form_key):
        return _take(person, step)


def send_back_return(
    person: Acting, quarter: Quarter, authority: Authority, version: int, *, note: str, form_key: str | None = None
) -> Return:
    """Back to the authority, with a note that says what to mend. Raises Conflict, Invalid."""
    require(person, Permission.RETURN_ACCEPT, authority)
    words = normalise(note)
    if not words:
        raise Invalid({"note": f"Say what {authority.short_name} should mend"})
    if wrong := problem_with_marks(words):
        raise Invalid({"note": wrong})
    if len(words) > LONGEST_NOTE:
        raise Invalid({"note": f"The note must be {LONGEST_NOTE:,} characters or fewer; it has {len(words):,}"})
    with history.writing(person, form_key):
        return _take(person, Step(Verb.SEND_BACK, quarter, authority, version, words))


def accept_return(
    person: Acting,
    quarter: Quarter,
    authority: Authority,
    version: int,
    *,
    seen: str | None = None,
    form_key: str | None = None,
) -> Return:
    """Takes a submitted return as it is. Raises Conflict, Invalid: also where it says something else than was seen."""
    require(person, Permission.RETURN_ACCEPT, authority)
    with history.writing(person, form_key):
        return _take(person, Step(Verb.ACCEPT, quarter, authority, version, seen=seen))


def accept_unexceptional(
    person: Acting, quarter: Quarter, seen: Collection[tuple[int, int]], *, form_key: str | None = None
) -> list[str]:
    """Accepts every submitted return without an exception, of those that were seen: (return's id, its version).

    Returns the short names of their authorities. Raises Invalid where there is none.
    """
    require(person, Permission.RETURN_ACCEPT, quarter)
    with history.writing(person, form_key):
        history.record(person, quarter.partnership_id, "returns accepted together", quarter)
        wanted = [
            one
            for one in board_figures(quarter).in_state(ReturnState.SUBMITTED)
            if not one.exceptions and (one.return_id, one.version) in seen
        ]
        if not wanted:
            raise Invalid({"seen": "No submitted return is without an exception now. Look at each, then accept it"})
        for one in wanted:
            _take(person, Step(Verb.ACCEPT, quarter, Authority.get_by_id(one.authority_id), one.version))
    return [one.short_name for one in wanted]


def why_not_taken(verb: Verb, quarter: Quarter, authority: Authority) -> str:
    """Why a return does not take a step now, before anything in it is looked at; empty where it does."""
    state = standing_of(quarter, authority.id, clock.today()).state
    if state not in TRANSITIONS[verb][0]:
        return f"The return of {authority.short_name} is {state}"
    if why := _why_closed(verb, quarter, authority, state):
        return why
    return _why_not_due(quarter, return_figures(quarter, authority)) if verb is Verb.SUBMIT else ""


def row_of(quarter: Quarter, authority: Authority) -> Return:
    """The return's row, made where nothing has happened to it yet. Inside a transaction."""
    if authority.partnership_id != quarter.partnership_id:
        raise NotFound
    found = return_of(quarter.id, authority.id)
    if found is None:
        Return.insert(quarter=quarter, authority=authority).on_conflict_ignore().execute()
        found = return_of(quarter.id, authority.id)
    if found is None:
        raise Conflict(None)
    return found


def keep_step(
    row: Return,
    verb: Verb,
    figures: ReturnFigures,
    person: Acting,
    *,
    note: str = "",
    on_behalf: bool = False,
    whole: bool = False,
) -> ReturnStep:
    """Adds the row that says what happened, with what the return said at that moment: its counts, or the `whole`."""
    return ReturnStep.create(
        of=row,
        verb=verb,
        at=clock.now(),
        person=person.id,
        on_behalf=on_behalf,
        note=note,
        figures=canonical(to_keep(figures) if whole else figures.summary),
    )


def _take(person: Acting, step: Step) -> Return:
    """Inside the transaction. What the step hangs on is asked after its event: that holds the partnership's chain, so
    that no note is written and no quarter closed in between."""
    row = row_of(step.quarter, step.authority)
    before = ReturnState(row.state)
    sources, state = TRANSITIONS[step.verb]
    if before not in sources and row.version == step.version:
        raise Invalid({"state": f"The return of {step.authority.short_name} is {before}: look at it again"})
    save_versioned(row, step.version, state=state)
    history.record(
        person,
        step.quarter.partnership_id,
        f"return {step.verb}",
        row,
        version=row.version,
        quarter=step.quarter.slug,
        authority=step.authority.id,
        before={"state": before},
        after={"state": state},
        note=step.note,
        on_behalf=step.on_behalf,
    )
    now: Quarter = Quarter.get_by_id(step.quarter.id)
    if why := _why_closed(step.verb, now, step.authority, before):
        raise Invalid({"state": why})
    figures = return_figures(now, step.authority)
    if step.seen is not None and (changed := changed_since(figures, step.seen)):
        raise Invalid({"seen": f"{changed}. Look at it, and send this again if it still holds"})
    if step.verb is Verb.SUBMIT:
        _require_submittable(now, figures)
    keep_step(row, step.verb, figures, person, note=step.note, on_behalf=step.on_behalf, whole=now.is_closed)
    return row


def _why_closed(verb: Verb, quarter: Quarter, authority: Authority, state: ReturnState) -> str:
    standing = standing_of(quarter, authority.id, clock.today())
    if may_follow(verb, state, is_closed=standing.is_closed, is_reopened=None in standing.reopened_for):
        return ""
    return f"{quarter.words} is closed. The coordinator can open the return again until a date"


def _why_not_due(quarter: Quarter, figures: ReturnFigures) -> str:
    if clock.today() < quarter.opens_on:
        return f"Returns can be submitted from {clock.long_date(quarter.opens_on)}"
    if not figures.shares:
        return f"{figures.short_name} has no part in a plan of this quarter: there is nothing to submit"
    return ""


def _require_submittable(quarter: Quarter, figures: ReturnFigures) -> None:
    if why := _why_not_due(quarter, figures):
        raise Invalid({"state": why})
    if figures.problems:
        raise Invalid(
            {
                f"problem-{number}": f"{problem.share.number}: {problem.words[:1].lower()}{problem.words[1:]}"
                for number, problem in enumerate(figures.problems, start=1)
            }
        )
