"""Routes: the app registers `blueprint`."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__)
