"""A scheme that no register uses leaves the lists and the choices, and can be taken back."""

import datetime as dt

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.text import listed


def retire_scheme(person: Acting, scheme: ScoringScheme, version: int, *, form_key: str | None = None) -> None:
    """Its versions stay, with the scores that were given under them. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.REGISTER_EDIT, scheme)
    with history.writing(person, form_key):
        if _held(scheme).retired_at is not None:
            raise Invalid({"": "It is retired already"})
        using = Register.select(Register.title).where(Register.scheme == scheme, Register.closed_at.is_null())
        if titles := [f"“{row.title}”" for row in using.order_by(Register.title, Register.id)]:
            raise Invalid({"": f"Choose another scheme first in the settings of {listed(titles)}"})
        _save(person, scheme, version, "scheme retired", clock.now())


def take_back_scheme(person: Acting, scheme: ScoringScheme, version: int, *, form_key: str | None = None) -> None:
    """It can be chosen again. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.REGISTER_EDIT, scheme)
    with history.writing(person, form_key):
        if _held(scheme).retired_at is None:
            raise Invalid({"": "It is in use already"})
        _save(person, scheme, version, "scheme taken back", None)


def require_not_retired(scheme: ScoringScheme) -> None:
    """Whoever gives it to a register waits here for whoever retires it. Raises Invalid for one that is retired."""
    if _held(scheme).retired_at is not None:
        raise Invalid({"scheme": "Choose a scheme that is in use: this one is retired"})


def require_in_use(scheme: ScoringScheme) -> None:
    """Raises Invalid for a retired one: nothing is changed of it before it is taken back."""
    if _held(scheme).retired_at is not None:
        raise Invalid({"": "This scheme is retired: take it back before you change it"})


def _held(scheme: ScoringScheme) -> ScoringScheme:
    """As it stands once everybody before has let go of it."""
    ScoringScheme.update(version=ScoringScheme.version).where(ScoringScheme.id == scheme.id).execute()
    held: ScoringScheme = ScoringScheme.get_by_id(scheme.id)
    return held


def _save(person: Acting, scheme: ScoringScheme, version: int, verb: str, moment: dt.datetime | None) -> None:
    save_versioned(scheme, version, retired_at=moment)
    history.record(person, scheme.partnership_id, verb, scheme, version=scheme.version)
