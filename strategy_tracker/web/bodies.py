"""Request bodies that no browser makes."""

from flask import Flask, abort, request


def guard(app: Flask) -> None:
    """Refuses a body that comes in chunks, and a form with a field that has no name.

    A body that does not say its length would be cut off where it is too long, and half of it saved. A nameless field
    cannot be read by the guard against forgery.
    """

    @app.before_request
    def refuse_odd_bodies() -> None:
        if request.method != "POST":
            return
        if "Transfer-Encoding" in request.headers:
            abort(411)
        if None in request.form:
            abort(400)
