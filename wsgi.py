"""The server's door: `gunicorn wsgi:app`."""

import os

from strategy_tracker.app import create_app
from strategy_tracker.config import Settings
from strategy_tracker.server import serving

app = serving(create_app(Settings.from_environment(os.environ)))
