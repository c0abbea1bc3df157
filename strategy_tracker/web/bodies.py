"""Request bodies that no browser makes."""

from flask import Flask, abort, request


def guard(app: Flask) -> None:
    """Refuses a form with a field that has no name, which the guard against forgery cannot read."""

    @app.before_request
    def refuse_nameless_fields() -> None:
        if request.method == "POST" and None in request.form:
            abort(400)
