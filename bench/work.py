"""An officer's page with 60 shares against the floor: its own statements by raw sqlite3, its bytes by f-strings."""

import datetime as dt
import logging
import re
import sqlite3
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from playhouse.test_utils import count_queries

from bench.measure import line, processor_seconds
from bench.page import TEXT, add_plan, signed_in
from strategy_tracker import db
from strategy_tracker.app import create_app
from strategy_tracker.config import Settings
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Status
from strategy_tracker.sample import loader

RUNS = 25
GOAL = 10
SHARES = (6, 60)
LAST_QUARTER = dt.date(2011, 3, 31)


def report() -> Iterator[str]:
    """A line for each figure."""
    counts = {}
    for shares in SHARES:
        with TemporaryDirectory() as folder:
            counts[shares], said = measured(shares, Path(folder))
    yield said
    few, many = SHARES
    detail = f"{counts[few]} for {few} shares, {counts[many]} for {many}"
    yield line("Officer's page, queries more for more shares", counts[many] - counts[few], 0, detail=detail)


def measured(shares: int, folder: Path) -> tuple[int, str]:
    """The number of queries of the page, and the line of its figure."""
    file = folder / "bench.db"
    app = create_app(Settings(database_url=f"sqlite:///{file}", secret_key="k" * 64, data_dir=folder))
    app.config["WTF_CSRF_ENABLED"] = False
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with db.database.connection_context():
        db.migrate()
        loader.load(folder / "outbox")
        Plan.update(state="closed").execute()
        add_plan(shares, LAST_QUARTER, (Status.ON_TRACK, Status.AT_RISK, Status.ONGOING))
    client = signed_in(app.test_client())
    page = client.get("/").data
    assert page.count(b"rep__grid") == shares, "one entry for each share"
    with count_queries() as counted:
        page = client.get("/").data
    floor = Floor(file, [record.msg for record in counted.get_queries()], page)
    assert floor.page() == page
    page_seconds = processor_seconds(lambda: client.get("/"), RUNS)
    floor_seconds = processor_seconds(floor.page, RUNS)
    detail = f"page {page_seconds * 1000:.0f} ms, floor {floor_seconds * 1000:.1f} ms, {len(page) // 1024} KB"
    return counted.count, line(
        f"Officer's page of {shares} shares / floor", page_seconds / floor_seconds, GOAL, detail=detail
    )


class Floor:
    """The page's bytes in pieces, parted where a fetched text stands.

    `statements` are all that the page asked of the database, with what they were asked with: the session, the person
    and what she may do, the layout's, and her work. As the product does for a request, it opens a connection, sets it
    up and closes it.
    """

    def __init__(self, file: Path, statements: list[tuple[str, Any]], page: bytes) -> None:
        self.file = file
        self.statements = statements
        self.setting_up = [f"pragma {name} = {value}" for name, value in db.PRAGMAS.items()]
        self.pieces = re.split(TEXT, page.decode())
        self.shown = frozenset(self.pieces[1::2])

    def page(self) -> bytes:
        """Every row is fetched, and every text put in its place escaped."""
        rows = self.rows()
        texts = {text: escape(text) for row in rows for text in row if text in self.shown}
        pieces = self.pieces
        shown = [f"{pieces[n]}{texts[pieces[n + 1]]}" for n in range(0, len(pieces) - 1, 2)]
        return f"{''.join(shown)}{pieces[-1]}".encode()

    def rows(self) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.file, isolation_level=None)
        for setting in self.setting_up:
            connection.execute(setting)
        found = [row for sql, given in self.statements for row in connection.execute(sql, given)]
        connection.close()
        return found
