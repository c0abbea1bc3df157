"""The verbs of a risk itself: added, edited, shared, closed, opened again."""

import datetime as dt
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import Problems, checked_owner, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.recording import hold, keep, record, require_open, require_open_register, said
from strategy_tracker.risks.operations.registers import MOST_MONTHS, random_slug
from strategy_tracker.risks.rules import RUNNING, RiskWords, months_later, next_number
from strategy_tracker.risks.schemes.checks import LONGEST_NAME
from strategy_tracker.risks.whole_register import last_said

LONGEST_EVENT = 500


def add_risk(
    person: Acting,
    register: Register,
    words: RiskWords,
    *,
    opened_on: dt.date | None = None,
    number: int | None = None,
    form_key: str | None = None,
) -> Risk:
    """A risk of the register, private where the register is an authority's. Raises Forbidden, Invalid.

    `number` None: the next one; a number that was given before is refused. `opened_on` None: the register's day.
    """
    require(person, Permission.RISK_WRITE, register)
    problems = Problems()
    columns = _columns(problems, words)
    day = opened_on or register.day
    problems.date("opened_on", "The day on which it was found", day)
    if day > register.day:
        problems.add("opened_on", f"The day on which it was found cannot be after {clock.long_date(register.day)}")
    problems.raise_if_any()
    with history.writing(person, form_key):
        require_open_register(hold(register))
        taken = [row[0] for row in Risk.select(Risk.number).where(Risk.register == register).tuples()]
        if number is not None and (number < 1 or number in taken):
            raise Invalid(
                {"number": f"The register has a risk {number} already" if number > 0 else "Numbers begin at 1"}
            )
        risk = Risk.create(
            register=register,
            slug=random_slug(),
            number=number or next_number(taken),
            opened_on=day,
            review_due_on=months_later(day, words.review_months or register.review_months),
            **columns,
        )
        keep(person, risk)
        record(person, risk, "risk added", after=said(risk))
    return risk


def edit_risk(person: Acting, risk: Risk, version: int, words: RiskWords, *, form_key: str | None = None) -> None:
    """New words; what it said stays in its history. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_WRITE, risk)
    require_open(risk)
    problems = Problems()
    changes = _columns(problems, words)
    problems.raise_if_any()
    if words.review_months != risk.review_months:
        months = words.review_months or risk.register.review_months
        changes |= {"review_due_on": months_later(risk.reviewed_on or risk.opened_on, months)}
    with history.writing(person, form_key):
        _save(person, risk, version, "risk edited", changes)


def share_risk(person: Acting, risk: Risk, version: int, *, form_key: str | None = None) -> None:
    """Everybody in the partnership may read it from now on. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_SHARE, risk)
    with history.writing(person, form_key):
        require_open(risk)
        if risk.is_shared:
            raise Invalid({"": "This risk is shared already"})
        hold(risk.register)
        save_versioned(risk, version, is_shared=True, told_at=clock.now(), **outer_number(risk))
        keep(person, risk)
        record(person, risk, "risk shared")


def unshare_risk(person: Acting, risk: Risk, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Private to its authority again; what was frozen in reports stays there. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_SHARE, risk)
    require_open(risk)
    why = checked_reason(reason, "Say why the others may no longer read it")
    told_at = risk.told_at if risk.is_raised else None
    with history.writing(person, form_key):
        if not risk.is_shared:
            raise Invalid({"": "This risk is private already"})
        _save(person, risk, version, "risk made private", {"is_shared": False, "told_at": told_at}, reason=why)


def close_risk(
    person: Acting,
    risk: Risk,
    version: int,
    *,
    reason: str,
    closed_on: dt.date | None = None,
    form_key: str | None = None,
) -> None:
    """Takes it out of every live view, with a reason. Raises Conflict, Forbidden, Invalid.

    A risk that stands at the next level is withdrawn or returned first: Invalid says so. The day lies between that on
    which something was said of it last and the register's (None).
    """
    require(person, Permission.RISK_WRITE, risk)
    why = checked_reason(reason, "Say why the risk is closed: it leaves every live view")
    day = closed_on or risk.register.day
    with history.writing(person, form_key):
        require_open(risk)
        _check_closing(risk, day)
        save_versioned(risk, version, closed_on=day, closed_why=why)
        if Escalation.select().where(Escalation.risk == risk, Escalation.state.in_(sorted(RUNNING))).exists():
            raise Invalid({"": "It stands at the next level: take it back, or ask for its return, and close it then"})
        keep(person, risk)
        record(person, risk, "risk closed", reason=why, after={"closed_on": day})


def reopen_risk(person: Acting, risk: Risk, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Live again, due for a review from today. Raises Conflict, Invalid, and Forbidden also in a closed register."""
    require(person, Permission.RISK_WRITE, risk)
    why = checked_reason(reason, "Say why the risk is opened again")
    changes = {"closed_on": None, "closed_why": "", "review_due_on": risk.register.day}
    with history.writing(person, form_key):
        require_open_register(hold(risk.register))
        if not risk.is_closed:
            raise Invalid({"": "This risk is open already"})
        _save(person, risk, version, "risk opened again", changes, reason=why)


def _check_closing(risk: Risk, day: dt.date) -> None:
    latest = risk.register.day
    # What the next level answers has the day of its own register, which may be a later one.
    earliest = min(last_said(Risk.id == risk.id) or latest, latest)
    if not earliest <= day <= latest:
        between = f"{clock.long_date(earliest)}, when something was said of it last, and {clock.long_date(latest)}"
        raise Invalid({"closed_on": f"The day must be between {between}"})


def outer_number(risk: Risk) -> dict[str, int]:
    """The column with the number by which others know what is shared, where it has none yet; after `hold`."""
    return _next(risk, "outer_number")


def raised_number(risk: Risk) -> dict[str, int]:
    """The same for those who decide at the next level: others' numbers do not skip for what they may not read."""
    return {} if risk.outer_number is not None else _next(risk, "raised_number")


def _next(risk: Risk, name: str) -> dict[str, int]:
    if getattr(risk, name) is not None or risk.register.authority_id is None:
        return {}
    column = getattr(Risk, name)
    query = Risk.select(column).where(Risk.register == risk.register, column.is_null(False))
    return {name: next_number([row[0] for row in query.tuples()])}


def _save(person: Acting, risk: Risk, version: int, verb: str, changes: dict[str, Any], **said: Any) -> None:
    before = {name: getattr(risk, name) for name in changes}
    save_versioned(risk, version, **changes)
    keep(person, risk)
    record(person, risk, verb, before=before, after=changes, **said)


def problems_with_words(words: RiskWords) -> dict[str, str]:
    """What adding or editing a risk would refuse in these."""
    problems = Problems()
    _columns(problems, words)
    return problems.found


def _columns(problems: Problems, words: RiskWords) -> dict[str, Any]:
    columns = {
        "event": problems.line("event", "What may happen", words.event, longest=LONGEST_EVENT),
        "cause": problems.text("cause", "The cause", words.cause, required=False),
        "effect": problems.text("effect", "The effect", words.effect, required=False),
        "category": problems.line("category", "The category", words.category, longest=LONGEST_NAME, required=False),
        **checked_owner(problems, words.owner),
        "proximity": words.proximity.value,
        "is_opportunity": words.is_opportunity,
        "assumptions": problems.text("assumptions", "The assumptions", words.assumptions, required=False),
        "review_months": words.review_months,
    }
    problems.marks(**{name: columns[name] for name in ("event", "cause", "effect", "assumptions")})
    if words.review_months is not None and not 1 <= words.review_months <= MOST_MONTHS:
        problems.add("review_months", f"Enter a number of months between 1 and {MOST_MONTHS}, or leave it empty")
    return columns
