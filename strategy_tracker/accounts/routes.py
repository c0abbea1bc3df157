"""Signing in and out, and changing the password."""

from flask import Blueprint, flash, redirect, render_template, request, session
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from strategy_tracker.accounts import sign_in as signing_in
from strategy_tracker.accounts.forms import PasswordForm, SignInForm
from strategy_tracker.accounts.models import Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid, TooManyAttempts
from strategy_tracker.web.access import acting_person, public, signed_in
from strategy_tracker.web.addresses import own_path
from strategy_tracker.web.sessions import renew

blueprint = Blueprint("accounts", __name__)
READERS = (Role.COORDINATOR, Role.STEERING_MEMBER, Role.VIEWER)
"""Roles that see a partnership without reporting for an authority."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    goes_to = own_path(request.args.get("next"))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(goes_to)
    form = SignInForm()
    status, headers = 200, {}
    if form.validate_on_submit():
        try:
            person = signing_in.sign_in(form.email.data or "", form.password.data or "", request.remote_addr or "")
        except TooManyAttempts as error:
            form.refuse({"": str(error)})
            status, headers = 429, {"Retry-After": str(error.wait)}
        except Invalid as error:
            form.refuse(error.problems)
        else:
            begin_session(person)
            return redirect(front_page(person) if goes_to == "/" else goes_to)
    ended = getattr(session, "was_of", None) is not None or "kept" in session
    return render_template("accounts/sign_in.html", form=form, ended=ended), status, headers


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """Who left is remembered at this browser, so that words in another of its tabs are kept for her alone."""
    left = current_user.id if current_user.is_authenticated else session.get("left")
    logout_user()
    session.clear()
    if left is not None:
        session["left"] = left
        renew(session)
    return redirect("/sign-in")


@blueprint.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> Response | tuple[str, int, dict[str, str]]:
    person, form = acting_person(), PasswordForm()
    status, headers = 200, {}
    if form.validate_on_submit():
        try:
            signing_in.change_password(person, form.current.data or "", form.new.data or "", request.remote_addr or "")
        except TooManyAttempts as error:
            form.refuse({"": str(error)})
            status, headers = 429, {"Retry-After": str(error.wait)}
        except Invalid as error:
            form.refuse(error.problems)
        else:
            begin_session(person)
            flash("Your password is changed. You were signed out everywhere else.")
            return redirect("/")
    return render_template("accounts/password.html", form=form), status, headers


def front_page(person: Person) -> str:
    """My work for whoever reports for an authority; for others the overview, where there is just one."""
    if any(grant.role in (Role.OFFICER, Role.LEAD) for grant in person.grants):
        return "/"
    read = {grant.partnership_id for grant in person.grants if grant.role in READERS}
    return f"/p/{Partnership.get_by_id(read.pop()).slug}/" if len(read) == 1 else "/"


def begin_session(person: Person) -> None:
    kept = session.get("kept")
    session.clear()
    if kept:
        session["kept"] = kept
    session["person"] = person.id
    login_user(person)
    renew(session)
