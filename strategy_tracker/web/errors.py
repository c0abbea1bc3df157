"""The domain's errors become status codes here and nowhere else."""

from typing import Any

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from strategy_tracker.db import AWAY
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound, TooManyAttempts
from strategy_tracker.web.sessions import RETRY_AFTER
from strategy_tracker.web.typed import words_of

SHOWN = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
log = structlog.get_logger("tracker.web")


def handle(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda _: page(404))
    app.register_error_handler(Forbidden, lambda error: page(403, message=str(error)))
    app.register_error_handler(Conflict, lambda _: page(409))
    app.register_error_handler(Invalid, lambda error: page(400, message=str(error)))
    app.register_error_handler(TooManyAttempts, _too_many)
    app.register_error_handler(CSRFError, lambda _: page(400))
    app.register_error_handler(HTTPException, _http)
    for away in AWAY:
        app.register_error_handler(away, _database_away)
    app.register_error_handler(Exception, _broken)


def page(status: int, message: str = "", headers: dict[str, str] | None = None) -> Response:
    """The plain page for a status, with what the request carried so that nothing typed is lost."""
    template = f"errors/{status if status in SHOWN else 400 if status < 500 else 500}.html"
    words = render_template(
        template, typed=_typed(status), message=message, request_id=g.get("request_id"), partnership=None
    )
    return make_response(words, status, headers or {})


def _typed(status: int) -> list[tuple[str, str]]:
    if request.method != "POST" or status in (411, 413):
        return []
    try:
        return words_of(request)
    except HTTPException:  # the body breaks off, so there are no words to give back
        return []


def _too_many(error: TooManyAttempts) -> Response:
    return page(429, message=str(error), headers={"Retry-After": str(error.wait)})


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return page(error.code)


def _database_away(error: Exception) -> Response:
    g.database_away = True
    log.error("database away", error=type(error).__name__, detail=str(error))
    return page(503, headers={"Retry-After": str(RETRY_AFTER)})


def _broken(error: Exception) -> Response:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    log.error("request failed", error=type(error).__name__, exc_info=error)
    return page(500)
