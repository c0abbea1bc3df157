"""The verbs of a register."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from peewee import ModelSelect

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.checks import LONGEST_NAME, Problems, checked_slug
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.addresses import RESERVED
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.recording import hold, keep, record, require_open_register
from strategy_tracker.risks.queries import is_own
from strategy_tracker.risks.rules import months_later
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.retiring import require_not_retired
from strategy_tracker.risks.whole_register import last_said, leading_to, standing_there
from strategy_tracker.text import listed

MOST_TOP = 20
MOST_MONTHS = 24
MOST_NAMED = 8
"""What still stands in the way of closing a register: the rest is counted."""


@dataclass(frozen=True)
class RegisterTerms:
    """How a register is kept: see the columns of Register."""

    title: str
    scheme: ScoringScheme
    body: str = ""
    goes_to: Register | None = None
    top: int = 3
    review_months: int = 3
    as_at: dt.date | None = None


def random_slug() -> str:
    """Eight characters for an address from which nobody can tell what else there is."""
    return secrets.token_hex(4)


def add_register(
    person: Acting,
    home: Partnership,
    authority: Authority | None = None,
    *,
    slug: str,
    terms: RegisterTerms,
    form_key: str | None = None,
) -> Register:
    """A register of an authority, or of the partnership (None). Raises Forbidden, Invalid."""
    require(person, Permission.REGISTER_EDIT, authority or home)
    problems = Problems()
    slug = checked_slug(problems, slug)
    if terms.as_at is not None:
        problems.add("as_at", "Choose the day once something is written in the register")
    if slug in RESERVED:
        problems.add("slug", f"“{slug}” is the address of another page: choose another")
    columns = _columns(problems, home, authority, None, terms)
    with history.writing(person, form_key):
        require_not_retired(terms.scheme)
        _check_next(terms.goes_to)
        if Register.get_or_none(Register.partnership == home, Register.slug == slug):
            raise Invalid({"slug": f"There is a register with the address {slug} already"})
        register = Register.create(partnership=home, authority=authority, slug=slug, **columns)
        _record(person, register, "register added", after={"slug": slug, **_plain(columns)})
    return register


def edit_register(
    person: Acting, register: Register, version: int, terms: RegisterTerms, *, form_key: str | None = None
) -> None:
    """Another scheme counts for the scores to come; other months move the next reviews.

    Another next level is for what is put forward from then on: who reads what stands somewhere already stays the same.
    Raises Conflict, Forbidden, Invalid.
    """
    require(person, Permission.REGISTER_EDIT, register)
    problems = Problems()
    _check_day(person, problems, register, terms.as_at)
    columns = _columns(problems, register.partnership, register.authority, register, terms)
    before = _plain({name: getattr(register, name) for name in columns})
    with history.writing(person, form_key):
        require_open_register(hold(register))
        require_not_retired(terms.scheme)
        _check_next(terms.goes_to)
        save_versioned(register, version, **columns)
        if before["review_months"] != terms.review_months:
            _move_reviews(person, register)
        _record(person, register, "register edited", before=before, after=_plain(columns))


def _columns(
    problems: Problems, home: Partnership, authority: Authority | None, itself: Register | None, terms: RegisterTerms
) -> dict[str, Any]:
    authority_id = authority.id if authority else None
    columns = {
        "title": problems.line("title", "The register's title", terms.title),
        "scheme": terms.scheme,
        "body": problems.line("body", "Who looks at it", terms.body, longest=LONGEST_NAME, required=False),
        "goes_to": terms.goes_to,
        "top": terms.top,
        "review_months": terms.review_months,
        "as_at": terms.as_at,
    }
    if terms.scheme.partnership_id != home.id or terms.scheme.authority_id not in (None, authority_id):
        problems.add("scheme", "Choose a scheme of the partnership or of the authority itself")
    if terms.goes_to is not None and not _is_above(terms.goes_to, home, authority_id, itself):
        problems.add("goes_to", "Choose another register of the authority, or one of the partnership")
    if not 1 <= terms.top <= MOST_TOP:
        problems.add("top", f"Enter a number between 1 and {MOST_TOP}")
    if not 1 <= terms.review_months <= MOST_MONTHS:
        problems.add("review_months", f"Enter a number of months between 1 and {MOST_MONTHS}")
    problems.raise_if_any()
    return columns


def _check_day(person: Acting, problems: Problems, register: Register, day: dt.date | None) -> None:
    """A register is shown as at a day on which all that is written in it was said already."""
    if day == register.as_at:
        return
    if not is_own(person, register):
        problems.add("as_at", "Only those whose register it is choose the day as at which it is shown")
        return
    last = last_said(Risk.register == register)
    if day is not None and not (last or day) <= day <= clock.today():
        first = clock.long_date(last or clock.today())
        problems.add("as_at", f"Choose a day from {first}, the last on which something was written, to today")


def _is_above(other: Register, home: Partnership, authority_id: int | None, itself: Register | None) -> bool:
    """Whether risks may go up from here to there: inside the partnership, and never round in a ring."""
    if other.partnership_id != home.id or other.authority_id not in (None, authority_id):
        return False
    step: Register | None = other
    while step is not None:
        if itself is not None and step.id == itself.id:
            return False
        step = step.goes_to
    return True


def _check_next(goes_to: Register | None) -> None:
    if goes_to is not None and hold(goes_to).closed_at is not None:
        raise Invalid({"goes_to": "Choose a register that is in use: this one is closed"})


def _move_reviews(person: Acting, register: Register) -> None:
    for risk in _open_risks(register).where(Risk.review_months.is_null()):
        before, due_on = risk.review_due_on, months_later(risk.reviewed_on or risk.opened_on, register.review_months)
        if due_on != before:
            save_versioned(risk, risk.version, review_due_on=due_on)
            keep(person, risk)
            record(person, risk, "review planned", before={"due": before}, after={"due": due_on})


def _open_risks(register: Register) -> ModelSelect:
    return Risk.select().where(Risk.register == register, Risk.closed_on.is_null()).order_by(Risk.number)


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "id", value) for name, value in columns.items()}


def _record(person: Acting, register: Register, verb: str, **data: Any) -> None:
    history.record(person, register.partnership_id, verb, register, version=register.version, **data)


def close_register(person: Acting, register: Register, version: int, *, form_key: str | None = None) -> None:
    """Takes an emptied register out of the lists, so that nothing is added to it, or goes up to it, any more.

    Raises Conflict, Forbidden, and Invalid while a risk in it is open, while others' risks stand before it, and while
    the risks of another register go up to it. Whoever may not read all of its risks may not close it: the answer
    would tell of those.
    """
    require(person, Permission.REGISTER_CLOSE, register)
    with history.writing(person, form_key):
        require_open_register(hold(register))
        _check_emptied(register)
        save_versioned(register, version, closed_at=clock.now())
        _record(person, register, "register closed")


def _check_emptied(register: Register) -> None:
    problems = Problems()
    if numbers := [str(risk.number) for risk in _open_risks(register)]:
        problems.add("risks", f"Close each of its risks first: {_first(numbers)}")
    if standing := [f"“{one.event}”" for one in standing_there(register)]:
        problems.add("standing", f"Decline or return what was put forward to it first: {_first(standing)}")
    if below := [f"“{one.title}”" for one in leading_to(register)]:
        problems.add("below", f"Choose another next level first in the settings of {_first(below)}")
    problems.raise_if_any()


def _first(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed([*names[:MOST_NAMED], f"{more} more"] if more > 0 else names)
