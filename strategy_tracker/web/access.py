"""Each route says what it needs; one that does not is refused at start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load
from strategy_tracker.accounts.models import Person
from strategy_tracker.accounts.queries import person_with_token
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.web import kept

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed in"


def needs(permission: Permission) -> Callable[[View], View]:
    """Declares the permission with which the view loads its row."""
    return _declare(permission)


def public(view: View) -> View:
    """Anybody may ask."""
    return _declare(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Any person who is signed in may ask; the view shows what is hers."""
    return _declare(SIGNED_IN)(view)


def declared(app: Flask, endpoint: str) -> str | Permission | None:
    """What a route needs; None where it says nothing."""
    return PUBLIC if endpoint == "static" else getattr(app.view_functions[endpoint], "needs", None)


def guard(app: Flask) -> None:
    """Sends whoever is not signed in to sign in, before a view or a form is reached."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_person)
    app.before_request(_require_sign_in)


def refuse_undeclared(app: Flask) -> None:
    """Raises RuntimeError for a route without a declared permission."""
    silent = sorted({rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None})
    if silent:
        raise RuntimeError(f"these routes declare no permission: {', '.join(silent)}")


def _person(token: str) -> Person | None:
    """Nobody where the database is away: the page that says so must not ask it again."""
    return None if g.get("database_away") else person_with_token(token)


def _declare(need: str | Permission) -> Callable[[View], View]:
    def mark(view: View) -> View:
        vars(view)["needs"] = need
        return view

    return mark


def _require_sign_in() -> Response | None:
    if request.endpoint is None or declared(current_app, request.endpoint) == PUBLIC:
        return None
    if current_user.is_authenticated:
        return None
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in", next=_own_address()))
    return _keep_words()


def _own_address() -> str:
    return request.full_path if request.query_string else request.path


def _keep_words() -> Response:
    kept.keep(request)
    return redirect(url_for("accounts.sign_in", next=_own_address()))


def acting_person() -> Any:
    """Who asks. Only in views that need a signed-in person."""
    person = g.get("_login_user")
    if person is None or not person.is_authenticated:
        abort(401)
    return person


def the_partnership(person: Acting, slug: str, permission: Permission = Permission.PARTNERSHIP_READ) -> Partnership:
    found: Partnership = load(person, Partnership, Partnership.slug == slug, permission)
    return found
