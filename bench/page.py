"""The plan page with 400 actions against the floor: the same rows by raw sqlite3, the same bytes by f-strings."""

import datetime as dt
import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from bench.measure import line, processor_seconds
from strategy_tracker import db
from strategy_tracker.app import create_app
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.config import Settings
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.sample import loader

RUNS = 15
GOAL = 6
ACTIONS = (3, 400)
DAY = dt.date(2011, 6, 30)
TEXT = r"((?:Action|Outcome|Note) text \d+(?: of \d+)?)"
"""What stands where a text of the database stands."""
#: What the page shows of the database, by table; `?` is the plan.
SELECTS = {
    "objective": "select id, number, title, lead_id from objective where plan_id = ? and removed_at is null",
    "action": "select a.id, a.objective_id, a.number, a.text, a.lead_id, a.owner_name from action a "
    "join objective o on o.id = a.objective_id where o.plan_id = ? and a.removed_at is null order by a.position",
    "outcome": "select c.id, c.action_id, c.text, c.timescale_kind, c.due_on, c.due_precision, c.timescale_words "
    "from outcome c join action a on a.id = c.action_id join objective o on o.id = a.objective_id where o.plan_id = ?",
    "share": "select s.id, s.action_id, s.authority_id, s.owner_name from share s "
    "join action a on a.id = s.action_id join objective o on o.id = a.objective_id where o.plan_id = ?",
    "note": "select n.share_id, n.outcome_id, n.as_at, n.status, n.text from progress_note n "
    "join outcome c on c.id = n.outcome_id join action a on a.id = c.action_id "
    "join objective o on o.id = a.objective_id where o.plan_id = ?",
}


def report() -> Iterator[str]:
    """A line for each figure."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        app = create_app(Settings(database_url=url, secret_key="k" * 64, data_dir=Path(folder)))
        app.config["WTF_CSRF_ENABLED"] = False
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        with db.database.connection_context():
            db.migrate()
            loader.load(Path(folder) / "outbox")
            plans = {actions: add_plan(actions) for actions in ACTIONS}
        client = signed_in(app.test_client())
        yield from figures(client, plans, Path(folder) / "bench.db")


def figures(client: FlaskClient, plans: dict[int, int], file: Path) -> Iterator[str]:
    pages = {actions: f"/p/west-kent/plans/bench-{actions}/" for actions in plans}
    queries = {}
    for actions, address in pages.items():
        client.get(address)
        with count_queries() as counted:
            client.get(address)
        queries[actions] = counted.count
    few, many = ACTIONS
    answer = client.get(pages[many])
    floor = Floor(file, plans[many], answer.data)
    assert floor.page() == answer.data
    page_seconds = processor_seconds(lambda: client.get(pages[many]), RUNS)
    floor_seconds = processor_seconds(floor.page, RUNS)
    detail = f"page {page_seconds * 1000:.0f} ms, floor {floor_seconds * 1000:.1f} ms, {len(answer.data) // 1024} KB"
    yield line(f"Plan page of {many} actions / floor", page_seconds / floor_seconds, GOAL, detail=detail)
    detail = f"{queries[few]} for {few} actions, {queries[many]} for {many}"
    yield line("Plan page, queries more for more actions", queries[many] - queries[few], 0, detail=detail)


class Floor:
    """The page's bytes in pieces, parted where a fetched text stands."""

    def __init__(self, file: Path, plan_id: int, page: bytes) -> None:
        self.connection = sqlite3.connect(file)
        self.plan_id = plan_id
        self.pieces = re.split(TEXT, page.decode())

    def page(self) -> bytes:
        """Every row is fetched, and every text put in its place escaped."""
        fetched = {name: self.connection.execute(sql, (self.plan_id,)).fetchall() for name, sql in SELECTS.items()}
        texts = {row[column]: escape(row[column]) for name, column in TEXTS.items() for row in fetched[name]}
        pieces = self.pieces
        shown = [f"{pieces[n]}{texts[pieces[n + 1]]}" for n in range(0, len(pieces) - 1, 2)]
        return f"{''.join(shown)}{pieces[-1]}".encode()


TEXTS = {"action": 3, "outcome": 2, "note": 4}


def add_plan(actions: int, said_on: dt.date = DAY, statuses: Sequence[Status] = tuple(Status)) -> int:
    """A plan with ten actions an objective, each with an outcome and three authorities' notes. Its id."""
    place = Partnership.get(Partnership.slug == "west-kent")
    days = {"period_from": dt.date(2010, 7, 1), "period_to": DAY, "as_at": DAY, "agreed_on": DAY}
    words = {"slug": f"bench-{actions}", "title": "Plan", "strategy": "Strategy", "state": "agreed"}
    plan = Plan.create(partnership=place, **words, **days)
    authorities = list(Authority.select().where(Authority.partnership == place).order_by(Authority.position).limit(3))
    rows: dict[Any, list[dict[str, Any]]] = {Objective: [], Action: [], Outcome: [], Share: [], ProgressNote: []}
    first = {model: (model.select(model.id).order_by(model.id.desc()).scalar() or 0) + 1 for model in rows}
    for n in range(actions):
        objective, action, outcome = first[Objective] + n // 10, first[Action] + n, first[Outcome] + n
        if n % 10 == 0:
            number = n // 10 + 1
            rows[Objective].append(
                {"id": objective, "plan": plan, "number": number, "title": "Aim", "position": number}
            )
        rows[Action].append(
            {
                "id": action,
                "objective": objective,
                "number": f"{n // 10 + 1}.{n % 10 + 1}",
                "text": f"Action text {n}",
                "owner_kind": "post",
                "owner_name": "Housing Needs Manager",
                "position": n,
            }
        )
        rows[Outcome].append({"id": outcome, "action": action, "text": f"Outcome text {n}", "position": 1})
        for m, authority in enumerate(authorities):
            share = first[Share] + n * 3 + m
            rows[Share].append({"id": share, "action": action, "authority": authority})
            said = {"text": f"Note text {n} of {m}", "status": statuses[(n + m) % len(statuses)].value}
            when = {"as_at": said_on, "recorded_at": dt.datetime.combine(said_on, dt.time())}
            rows[ProgressNote].append({"share": share, "outcome": outcome, **said, **when})
    for model, made in rows.items():
        for start in range(0, len(made), 500):
            model.insert_many(made[start : start + 500]).execute()
    return int(plan.id)


def signed_in(client: FlaskClient) -> FlaskClient:
    sample = loader.content()
    officer = next(each["email"] for each in sample["people"] if each["role"] == "officer")
    answer = client.post("/sign-in", data={"email": officer, "password": sample["password"]})
    assert answer.status_code == 302, answer.status
    return client
