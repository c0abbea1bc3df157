"""An authority's return to be checked: exceptions first, then everything, by objective. Frozen, without a request."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.authorities.models import Authority
from strategy_tracker.clock import long_date
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.queries import running_reopenings, standing_of
from strategy_tracker.quarters.rules import Verb, may_follow, why_closed
from strategy_tracker.reviews.returns import queries
from strategy_tracker.reviews.returns.board import StepView, step_view
from strategy_tracker.reviews.returns.figures import return_figures
from strategy_tracker.reviews.returns.rules import Exceptional, OutcomeFigure, Told
from strategy_tracker.reviews.returns.shapes import ReturnFigures, ShareFigure

HEADINGS = {
    Exceptional.MISSING: "Not reported",
    Exceptional.OFF_TRACK: "Off track",
    Exceptional.AT_RISK: "At risk",
    Exceptional.WORSE: "Worse than at the end of the last quarter",
    Exceptional.OVERDUE: "Overdue",
    Exceptional.MOVED: "Dates that changed in the quarter",
}


@dataclass(frozen=True)
class Answers:
    """A return with what this person may do to it. `why_not` says why she cannot write in it; empty where she can."""

    figures: ReturnFigures
    steps: tuple[StepView, ...]
    reopened: tuple[str, ...]
    why_not: str
    base: str
    may_write: bool
    may_submit: bool
    may_take_back: bool
    may_accept: bool
    may_send_back: bool
    may_reopen: bool
    is_own: bool

    @property
    def groups(self) -> list[tuple[str, list[ShareFigure]]]:
        """The exceptions by their kind, the most urgent first; a share stands once, under its most urgent."""
        return [
            (HEADINGS[kind], shares)
            for kind in Exceptional
            if (shares := [one for one in self.figures.exceptions if one.exceptions[0] is kind])
        ]

    def why(self, share: ShareFigure) -> list[str]:
        """What stands out of a share besides its status, each in words."""
        found = [f"Was {share.before}"] if Exceptional.WORSE in share.exceptions else []
        if share.is_silent and share.before != NOT_REPORTED:
            found.append(f"Last: {share.before}")
        found += dict.fromkeys(f"Overdue, due {one.when}" for one in share.outcomes if one.is_overdue)
        found += [f"{moved.old or 'No date'} became {moved.new or 'no date'}: {moved.reason}" for moved in share.moved]
        silent = sum(one.told is Told.MISSING for one in share.outcomes)
        if silent and len(share.outcomes) > 1:
            found.append(f"{silent} of {len(share.outcomes)} outcomes not reported")
        return found

    @property
    def objectives(self) -> list[tuple[ShareFigure, list[ShareFigure]]]:
        """Everything by objective; the first of a pair stands for its objective."""
        grouped = groupby(self.figures.shares, key=lambda one: one.objective_id)
        return [(rows[0], rows) for rows in (list(group) for _, group in grouped)]

    def address(self, share: ShareFigure, outcome: OutcomeFigure | None = None) -> str:
        """Where the share is read, or an outcome of it is reported on; a report that is there is corrected."""
        plan = f"{self.base}{share.plan}/"
        if outcome is None:
            return f"{plan}actions/{share.action_id}"
        if outcome.last is not None:
            return f"{plan}notes/{outcome.last.note_id}/correction"
        return f"{plan}shares/{share.share_id}/outcomes/{outcome.outcome_id}/progress"


def answers_of(quarter: Quarter, authority: Authority, person: Acting, today: dt.date) -> Answers:
    """The return as this person sees it."""
    figures = return_figures(quarter, authority)
    standing = standing_of(quarter, authority.id, today)
    is_reopened = None in standing.reopened_for
    here, partnership = Place(quarter.partnership_id, authority.id), Place(quarter.partnership_id)
    submits = allows(person, Permission.RETURN_SUBMIT, here)
    accepts = allows(person, Permission.RETURN_ACCEPT, partnership)

    def can(verb: Verb) -> bool:
        return may_follow(verb, figures.state, is_closed=quarter.is_closed, is_reopened=is_reopened)

    why_not = why_closed(standing, person.id, dated=False)
    return Answers(
        figures=figures,
        steps=tuple(step_view(row) for row in queries.steps_of(quarter.id, authority.id)),
        reopened=tuple(
            f"Open again for {row.person.name if row.person_id else 'everybody'} until {long_date(row.until)}"
            for row in running_reopenings(quarter.id, today)
            if row.of.authority_id == authority.id
        ),
        why_not=why_not,
        base=address_of(quarter.partnership.slug, "").removesuffix("/"),
        may_write=not why_not and allows(person, Permission.PROGRESS_WRITE, here),
        may_submit=submits and can(Verb.SUBMIT) and today >= quarter.opens_on and bool(figures.shares),
        may_take_back=submits and can(Verb.TAKE_BACK),
        may_accept=accepts and can(Verb.ACCEPT),
        may_send_back=accepts and can(Verb.SEND_BACK),
        may_reopen=quarter.is_closed and allows(person, Permission.QUARTER_EDIT, partnership),
        is_own=submits and not accepts,
    )
