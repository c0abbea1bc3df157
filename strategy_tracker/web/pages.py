"""What every template may use, and the pages that belong to no feature."""

from flask import Blueprint, Flask, render_template

from strategy_tracker import clock
from strategy_tracker.web.access import public
from strategy_tracker.web.prose import prose

blueprint = Blueprint("pages", __name__)


def init_app(app: Flask) -> None:
    """Dates as people write them, and notes as paragraphs and lists."""
    app.jinja_env.filters.update(
        long_date=clock.long_date, short_date=clock.short_date, in_london=clock.in_london, prose=prose
    )


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("statements/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    return render_template("statements/privacy.html")


@blueprint.get("/cookies")
@public
def cookies() -> str:
    return render_template("statements/cookies.html")
