"""The reverse proxy that stands in front where people come by https, which this server does not speak itself."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from strategy_tracker.config import Settings


def trust(app: Flask, settings: Settings) -> None:
    """Takes the visitor's address and scheme from what the nearest proxy added; what came before it may be made up.

    Without https there is no proxy, and such headers are a visitor's own claim.
    """
    if settings.is_secure:
        vars(app)["wsgi_app"] = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)
