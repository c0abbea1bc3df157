"""The close of a quarter, and one return that is open again after it until a day."""

import datetime as dt

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.access.scope import require
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.quarters.models import Quarter, Reopening, Return
from strategy_tracker.quarters.operations import checked_reason
from strategy_tracker.quarters.rules import Verb
from strategy_tracker.reviews.returns.figures import live_board, live_figures
from strategy_tracker.reviews.returns.operations import keep_step, row_of

LONGEST_OPEN = dt.timedelta(days=92)
"""How long a return may be open again: a quarter of a year, so that none is forgotten open."""


NOT_CLOSED = "The quarter is not closed: send the return back instead"


def why_not_closed(quarter: Quarter) -> str:
    """Why a quarter cannot be closed now; empty where it can."""
    if quarter.is_closed:
        return f"{quarter.words} is closed already"
    if clock.today() <= quarter.period_to:
        return f"The quarter runs until {clock.long_date(quarter.period_to)}: it can be closed from the day after"
    return ""


def close_quarter(person: Acting, quarter: Quarter, version: int, *, form_key: str | None = None) -> None:
    """Nothing more is taken for the quarter; each return keeps what it said then, whatever its state.

    Raises Conflict, and Invalid where the quarter has not ended or is closed already.
    """
    require(person, Permission.QUARTER_EDIT, quarter)
    if why := why_not_closed(quarter):
        raise Invalid({"version": why})
    with history.writing(person, form_key):
        save_versioned(quarter, version, closed_at=clock.now())
        history.record(
            person, quarter.partnership_id, "quarter closed", quarter, version=quarter.version, slug=quarter.slug
        )
        for one in live_board(quarter).returns:
            row = row_of(quarter, Authority.get_by_id(one.authority_id))
            keep_step(row, Verb.CLOSE, one, person, whole=True)


def reopen_return(
    person: Acting,
    quarter: Quarter,
    authority: Authority,
    *,
    until: dt.date | None,
    reason: str,
    who: Person | None = None,
    form_key: str | None = None,
) -> Reopening:
    """Lets an authority (or only `who` of it) write again in a closed quarter, up to and with a day. Raises Invalid."""
    require(person, Permission.QUARTER_EDIT, quarter)
    problems: dict[str, str] = {}
    why = checked_reason(reason, problems) or problems.setdefault("reason", "Say why the return is open again")
    today = clock.today()
    if until is None or not today <= until <= today + LONGEST_OPEN:
        last = clock.long_date(today + LONGEST_OPEN)
        problems["until"] = f"Choose a day from today up to {last}"
    if who is not None and who.id not in {one.id for one in writers_of(authority)}:
        problems["who"] = f"Choose somebody who reports for {authority.short_name}"
    if problems:
        raise Invalid(problems)
    with history.writing(person, form_key):
        row = row_of(quarter, authority)
        reopening = Reopening.create(
            of=row, person=who, until=until, reason=why, opened_by=person.id, opened_at=clock.now()
        )
        history.record(
            person, quarter.partnership_id, "return reopened", row,
            quarter=quarter.slug, authority=authority.id, until=until, reason=why, only=who.id if who else None,
        )  # fmt: skip
        now: Quarter = Quarter.get_by_id(quarter.id)
        if not now.is_closed:
            raise Invalid({"until": NOT_CLOSED})
        keep_step(row, Verb.REOPEN, live_figures(now, authority), person, note=why)
    return reopening


def end_reopenings(now: dt.datetime) -> int:
    """Notes of each reopening whose last day is over that it has ended; returns how many. Safe to run twice.

    Nobody writes after that day even where this never runs: it only tells the history.
    """
    today = clock.in_london(now).date()
    over = Reopening.select().where(Reopening.ended_at.is_null(), Reopening.until < today).order_by(Reopening.id)
    return sum(_end(row) for row in list(over))


def writers_of(authority: Authority) -> list[Person]:
    """Who reports for an authority, by name."""
    query = (
        Person.select()
        .join(Membership)
        .where(
            Membership.authority == authority,
            Membership.ended_at.is_null(),
            Membership.role.in_([Role.OFFICER, Role.LEAD]),
        )
        .distinct()
    )
    return list(query.order_by(Person.name, Person.id))


def _end(reopening: Reopening) -> bool:
    with history.writing(OPERATOR):
        ended = (
            Reopening.update(ended_at=clock.now(), version=Reopening.version + 1)
            .where(Reopening.id == reopening.id, Reopening.ended_at.is_null())
            .execute()
        )
        if not ended:
            return False
        row: Return = Return.reach().query.where(Return.id == reopening.of_id).get()
        quarter: Quarter = row.quarter
        history.record(
            OPERATOR, quarter.partnership_id, "reopening ended", row,
            quarter=quarter.slug, authority=row.authority_id, until=reopening.until,
        )  # fmt: skip
        keep_step(row, Verb.END_REOPENING, live_figures(quarter, row.authority), OPERATOR, whole=True)
    return True
