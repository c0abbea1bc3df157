"""A worker."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from strategy_tracker.jobs.models import Job

Handler = Callable[[Job], dict[str, Any]]
Sweep = Callable[[dt.datetime], object]
