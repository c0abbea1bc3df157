"""The page of a person's calendar, and the calendar itself."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.calendars.dates import dates_of
from strategy_tracker.calendars.forms import AddressForm
from strategy_tracker.calendars.operations import digest_of, make_address, note_fetched, revoke_address
from strategy_tracker.calendars.queries import feed_with, standing_feed
from strategy_tracker.errors import NotFound, Repeated
from strategy_tracker.web.access import acting_person, public, signed_in

blueprint = Blueprint("calendars", __name__)


@blueprint.get("/calendar")
@signed_in
def show() -> str:
    return _page(AddressForm())


@blueprint.post("/calendar")
@signed_in
def make() -> str | AnyResponse:
    form = AddressForm()
    if not form.validate():
        return _page(form)
    try:
        token = make_address(acting_person(), form_key=form.key)
    except Repeated:
        flash("The address was made when you first sent this, and is shown once. Make a new one if you lost it.")
        return redirect("/calendar")
    return _page(AddressForm(formdata=None), f"{current_app.extensions['settings'].base_url}/calendars/{token}.ics")


@blueprint.post("/calendar/revoke")
@signed_in
def revoke() -> str | AnyResponse:
    form = AddressForm()
    if not form.validate():
        return _page(form)
    try:
        revoke_address(acting_person(), form_key=form.key)
    except Repeated:
        return redirect("/calendar")
    flash("The address is revoked. Calendar programs that used it get nothing more.")
    return redirect("/calendar")


@blueprint.get("/calendars/<token:token>.ics")
@public
def feed(token: str) -> Response:
    """The token is the authority: what the person may read now, and nothing where she holds no role any more."""
    from strategy_tracker.calendars.ical import calendar_of

    found = feed_with(digest_of(token))
    if found is None:
        raise NotFound
    note_fetched(found)
    settings = current_app.extensions["settings"]
    words = calendar_of(dates_of(found.person), settings.base_url, "Strategy Tracker")
    return Response(words, mimetype="text/calendar", headers={"Content-Disposition": 'inline; filename="dates.ics"'})


def _page(form: AddressForm, address: str = "") -> str:
    person = acting_person()
    partnerships = list(visible(person, Partnership))
    return render_template(
        "calendars/calendar.html",
        partnership=partnerships[0] if len(partnerships) == 1 else None,
        form=form,
        feed=standing_feed(person),
        address=address,
        webcal=f"webcal:{address.partition(':')[2]}",
    )
