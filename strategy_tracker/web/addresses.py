"""Addresses that come from outside."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter


class Number(IntegerConverter):
    """An id: plain digits, no more of them than a database's largest."""

    regex = "[0-9]{1,19}"


class Token(BaseConverter):
    """A secret of 32 bytes, as it stands in an address."""

    regex = "[A-Za-z0-9_-]{43}"


class Name(BaseConverter):
    """A short address. What cannot be one is not there, whatever a database would make of it."""

    regex = "[a-z0-9-]{1,60}"


def init_app(app: Flask) -> None:
    """Before the routes are made."""
    app.url_map.converters.update({"int": Number, "default": Name, "string": Name, "token": Token})


def own_path(address: str | None) -> str:
    """The address if it is a path of this site, else the front page: no `//host`, no `/\\host`, no scheme."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return "/"
    if any(ord(character) < 33 for character in address) or "\\" in address:
        return "/"
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else "/"
