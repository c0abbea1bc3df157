"""Whether the process lives, and whether it can serve."""

from flask import Blueprint, Response, jsonify

from strategy_tracker.db import database, pending_migrations
from strategy_tracker.web.access import public

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
@public
def live() -> Response:
    """The process answers; asks nothing of the database."""
    return jsonify(status="live")


@blueprint.get("/ready")
@public
def ready() -> tuple[Response, int]:
    """The database answers and its schema is current."""
    database.execute_sql("select 1")
    behind = pending_migrations()
    return jsonify(status="behind" if behind else "ready", pending_migrations=behind), 503 if behind else 200
