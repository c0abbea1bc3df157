"""Where the pages of quarters hang: what is not read is not there."""

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, may, require
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import authority_at
from strategy_tracker.errors import NotFound
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.web import kept

QUARTERS = "/p/<partnership>/quarters/"
QUARTER = f"{QUARTERS}<quarter>/"
RETURN = f"{QUARTER}returns/<partner>/"


def address_of(partnership: Partnership, quarter: Quarter | None = None, authority: str = "") -> str:
    """The calendar, one quarter's board, or an authority's return."""
    base = f"/p/{partnership.slug}/quarters/"
    if quarter is None:
        return base
    return f"{base}{quarter.slug}/returns/{authority}/" if authority else f"{base}{quarter.slug}/"


def the_calendar(person: Acting, slug: str, permission: Permission = Permission.QUARTER_READ) -> Partnership:
    """The partnership, for whoever may read its quarters. Raises NotFound for others, Forbidden."""
    found: Partnership = load(person, Partnership, Partnership.slug == slug, Permission.PARTNERSHIP_READ)
    if not may(person, Permission.QUARTER_READ, found):
        raise NotFound
    require(person, permission, found)
    return found


def the_quarter(
    person: Acting, partnership: str, quarter: str, permission: Permission = Permission.QUARTER_READ
) -> Quarter:
    found: Quarter = load(person, Quarter, Quarter.slug == quarter, permission, Partnership.slug == partnership)
    return found


def the_return(
    person: Acting, partnership: str, quarter: str, partner: str, permission: Permission = Permission.QUARTER_READ
) -> tuple[Quarter, Authority]:
    """A quarter with one of its authorities. Raises NotFound, and Forbidden where the authority is not hers."""
    row = the_quarter(person, partnership, quarter)
    authority = authority_at(row.partnership, partner)
    if authority is None:
        raise NotFound
    require(person, permission, authority)
    return row, authority


def turned_back(why: str, address: str) -> Response | None:
    """Back to where it stands with the sentence, before a form is shown that is only refused; None where `why` is "".

    What is sent the operations judge, and words that a session's end had kept are shown.
    """
    if not why or request.method == "POST" or kept.are_waiting():
        return None
    flash(f"{why}.")
    return redirect(address)
