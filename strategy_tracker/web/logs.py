"""One JSON line a request, with an id that the error pages show too. No words that people typed, no names."""

import logging
import secrets
import sys
import time

import structlog
from flask import Flask, Response, g, request, session

log = structlog.get_logger("tracker.web")
SECRET_PLACES = ("/calendars/",)
"""Below these an address is itself the key to what it names."""


FACTS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def formatter() -> logging.Formatter:
    """The same JSON lines for what libraries log."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=FACTS,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )


def configure() -> None:
    """JSON lines to standard error, for the whole process."""
    structlog.configure(
        processors=[*FACTS, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def watch(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_finish)


def plain_path(path: str) -> str:
    """The path without a secret that stands in it."""
    place = next((each for each in SECRET_PLACES if path.startswith(each)), None)
    return path if place is None else f"{place}..."


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    if "began" not in g:
        return response
    response.headers["X-Request-ID"] = g.request_id
    if request.endpoint != "static":
        log.info(
            "request",
            method=request.method,
            path=plain_path(request.path),
            status=response.status_code,
            seconds=round(time.perf_counter() - g.began, 4),
            person=session.get("person"),
        )
    return response
