"""A round trip: a plan of 400 actions out as a file, and the preview of its import, with nothing to do."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import line, processor_seconds
from bench.page import add_plan
from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans.models import Plan
from strategy_tracker.sample import loader
from strategy_tracker.transfer.back.reading import draft_for
from strategy_tracker.transfer.operations import changes_for
from strategy_tracker.transfer.out.files import file_of
from strategy_tracker.transfer.out.kinds import WRITERS
from strategy_tracker.transfer.stored import known_authorities

ACTIONS, RUNS = 400, 3
GOAL = 2.0
"""Seconds of processor time."""


def report() -> Iterator[str]:
    """A line for each kind of file; the goal is the Excel workbook's."""
    with TemporaryDirectory() as folder:
        database = db.use(f"sqlite:///{Path(folder) / 'bench.db'}")
        with database.connection_context():
            db.migrate()
            loader.load(Path(folder) / "outbox")
            plan = Plan.get_by_id(add_plan(ACTIONS))
            for kind in WRITERS:
                taken = processor_seconds(lambda kind=kind: round_trip(plan, kind), RUNS)  # type: ignore[misc]
                yield line(f"{kind} of {ACTIONS} actions, out and back", taken, GOAL, " s")


def round_trip(plan: Plan, kind: str) -> None:
    """Raises AssertionError where something would change."""
    home = plan.partnership
    content = file_of(kind, OPERATOR, plan, authority=None, as_at=None, base_url="https://tracker.example")
    draft = draft_for(home, plan.slug, content, known_authorities(home.id))
    assert not draft.problems
    assert changes_for(OPERATOR, home, plan.slug, draft).is_nothing
