"""Routes: the app registers `blueprint`."""

from flask import Blueprint

blueprint = Blueprint("transfer", __name__)
