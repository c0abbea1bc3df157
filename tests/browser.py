"""A real browser, signed in as one of the cast, on a server of the test's own."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from strategy_tracker.web.sessions import COOKIE
from tests.cast import person
from tests.visitor import session_of

CHROMIUM = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
"""The first that is there. Without windows a page and a key cost a third of what they cost with them."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--in-process-gpu",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, kept from calling anybody."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "The tests of pages need Chromium. Type: make test"
    return {"executable_path": found, "args": QUIET}


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the product, served from this process on a port that was free."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


PageAs = Callable[..., Page]


@pytest.fixture
def page_as(browser: Browser, app: Flask, live_server: str) -> Iterator[PageAs]:
    """`page_as("officer")`: her front page in a new browser session; None: an empty page, not signed in.

    Fails the test where the console showed an error, such as a breach of the content security policy.
    """
    from strategy_tracker.accounts.routes import front_page

    contexts, complaints = [], []

    def opened(who: str | None = None, *, javascript: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=live_server,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if _is_breach(line.type, line.text) else None)
        if who:
            context.add_cookies([{"name": COOKIE, "value": session_of(app, who), "url": live_server}])
            page.goto(front_page(person(who)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _is_breach(kind: str, text: str) -> bool:
    """An answer of 4xx is logged as an error too, and tests ask for those on purpose."""
    return kind == "error" and not text.startswith("Failed to load resource: the server responded with a status of 4")
