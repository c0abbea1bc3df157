"""Whose address counts, with a reverse proxy in front and without."""

from dataclasses import replace

import pytest
from flask import request

from strategy_tracker.app import create_app
from strategy_tracker.config import Settings

CLAIMED = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7", "X-Forwarded-Proto": "https"}
PROXY = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.mark.parametrize(
    ("base_url", "address", "secure"),
    [("https://plans.council.example", "203.0.113.7", True), ("http://127.0.0.1:8000", "127.0.0.1", False)],
)
def test_only_what_the_nearest_proxy_added_is_believed_and_only_under_https(
    settings: Settings, base_url: str, address: str, secure: bool
) -> None:
    app = create_app(replace(settings, base_url=base_url))
    seen = {}

    @app.after_request
    def look(response):
        seen["address"], seen["secure"] = request.remote_addr, request.is_secure
        return response

    answer = app.test_client().get("/health/live", headers=CLAIMED, environ_overrides=PROXY)
    assert seen == {"address": address, "secure": secure}
    assert ("Strict-Transport-Security" in answer.headers) == secure
