"""What every template may use, and the pages that belong to no feature."""

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, render_template

from strategy_tracker import clock
from strategy_tracker.web.access import public
from strategy_tracker.web.prose import inline, prose

blueprint = Blueprint("pages", __name__)


def init_app(app: Flask) -> None:
    """Dates as people write them, notes as paragraphs and lists, the style sheet under an address of its content."""
    app.jinja_env.globals["stylesheet"] = _address_of(Path(app.static_folder or "") / "app.css")
    app.jinja_env.filters.update(
        long_date=clock.long_date,
        short_date=clock.short_date,
        in_london=clock.in_london,
        prose=prose,
        inline=inline,
    )


def _address_of(file: Path) -> str:
    """A changed file has a changed address, so that no browser shows a new page in old clothes."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.exists() else "missing"
    return f"/static/{file.name}?v={digest}"


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
