"""A register's page with 500 risks against the floor: the same rows by raw sqlite3, the same bytes by f-strings."""

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
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from bench.measure import line, processor_seconds
from bench.page import signed_in
from strategy_tracker import db
from strategy_tracker.app import create_app
from strategy_tracker.authorities.models import Authority
from strategy_tracker.config import Settings
from strategy_tracker.risks.models import Register, Response, Risk, Score
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.sample import loader

RUNS = 15
GOAL = 6
RISKS = (3, 500)
TEXT = r"((?:Risk|Response) text \d+(?: of \d+)?)"
"""What stands where a text of the database stands."""
#: What the page shows of the database, by table; `?` is the register.
SCORE = (
    "select s.risk_id, s.kind, s.impact, s.likelihood, s.impact_label, s.likelihood_label, s.band, s.band_name, "
    "s.tone, s.value, s.scheme_version_id from risk_score s where s.id in (select max(t.id) from risk_score t "
    "join risk r on r.id = t.risk_id where r.register_id = ? {} group by t.risk_id, t.kind)"
)
SELECTS = {
    "risk": "select id, slug, number, event, category, owner_kind, owner_name, is_opportunity, is_shared, reviewed_on, "
    "review_due_on, closed_on from risk where register_id = ? and closed_on is null order by number",
    "score": SCORE.format(""),
    "before": SCORE.format("and t.kind = 'current' and t.scored_on <= '2011-03-31'"),
    "response": "select p.risk_id, p.number, p.kind, p.text, p.state, p.owner_name from risk_response p "
    "join risk r on r.id = p.risk_id where r.register_id = ? and p.removed_at is null order by p.risk_id, p.number",
    "acceptance": "select a.risk_id, a.accepted_by, a.until from risk_acceptance a join risk r on r.id = a.risk_id "
    "where r.register_id = ? and a.ended_on is null",
    "escalation": "select e.risk_id, e.state, e.to_id from escalation e join risk r on r.id = e.risk_id "
    "where r.register_id = ? and e.state in ('nominated', 'accepted')",
}
TEXTS = {"risk": 3, "response": 3}


def report() -> Iterator[str]:
    """A line for each figure."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        app = create_app(Settings(database_url=f"sqlite:///{file}", secret_key="k" * 64, data_dir=Path(folder)))
        app.config["WTF_CSRF_ENABLED"] = False
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        with db.database.connection_context():
            db.migrate()
            loader.load(Path(folder) / "outbox")
            registers = {risks: add_register(risks) for risks in RISKS}
        client = signed_in(app.test_client())
        yield from figures(client, registers, file)


def figures(client: FlaskClient, registers: dict[int, int], file: Path) -> Iterator[str]:
    pages = {risks: f"/p/west-kent/risks/bench-{risks}/" for risks in registers}
    queries = {}
    for risks, address in pages.items():
        assert client.get(address).data.count(b'<tr id="r') == risks, "a row for each risk"
        with count_queries() as counted:
            client.get(address)
        queries[risks] = counted.count
    few, many = RISKS
    page = client.get(pages[many]).data
    floor = Floor(file, registers[many], page)
    assert floor.page() == page
    page_seconds = processor_seconds(lambda: client.get(pages[many]), RUNS)
    floor_seconds = processor_seconds(floor.page, RUNS)
    detail = f"page {page_seconds * 1000:.0f} ms, floor {floor_seconds * 1000:.1f} ms, {len(page) // 1024} KB"
    yield line(f"Register page of {many} risks / floor", page_seconds / floor_seconds, GOAL, detail=detail)
    detail = f"{queries[few]} for {few} risks, {queries[many]} for {many}"
    yield line("Register page, queries more for more risks", queries[many] - queries[few], 0, detail=detail)


class Floor:
    """The page's bytes in pieces, parted where a fetched text stands."""

    def __init__(self, file: Path, register_id: int, page: bytes) -> None:
        self.connection = sqlite3.connect(file)
        self.register_id = register_id
        self.pieces = re.split(TEXT, page.decode())

    def page(self) -> bytes:
        """Every row is fetched, and every text put in its place escaped."""
        fetched = {name: self.connection.execute(sql, (self.register_id,)).fetchall() for name, sql in SELECTS.items()}
        texts = {row[column]: escape(row[column]) for name, column in TEXTS.items() for row in fetched[name]}
        pieces = self.pieces
        shown = [f"{pieces[n]}{texts[pieces[n + 1]]}" for n in range(0, len(pieces) - 1, 2)]
        return f"{''.join(shown)}{pieces[-1]}".encode()


def add_register(risks: int) -> int:
    """A register of the officer's authority: each risk with three scores, one of before, and two responses. Its id."""
    whose = Authority.get(Authority.slug == officers_authority())
    version = SchemeVersion.select().join(ScoringScheme).where(ScoringScheme.partnership == whose.partnership).first()
    register = Register.create(
        partnership=whose.partnership,
        authority=whose,
        slug=f"bench-{risks}",
        title=f"Register of {risks}",
        scheme=version.scheme,
        as_at=dt.date(2011, 6, 30),
    )
    first = (Risk.select(Risk.id).order_by(Risk.id.desc()).scalar() or 0) + 1
    rows: dict[Any, list[dict[str, Any]]] = {Risk: [], Score: [], Response: []}
    for n in range(risks):
        rows[Risk].append(_risk(register, first + n, n))
        rows[Score] += _scores(version, first + n, n)
        for m in range(2):
            rows[Response].append(
                {"risk": first + n, "number": m + 1, "kind": "treat", "text": f"Response text {n} of {m}"}
            )
    for model, made in rows.items():
        for start in range(0, len(made), 200):
            model.insert_many(made[start : start + 200]).execute()
    return int(register.id)


def officers_authority() -> str:
    sample = loader.content()
    return next(each["authority"] for each in sample["people"] if each["role"] == "officer")


def _risk(register: Register, number: int, n: int) -> dict[str, Any]:
    day = dt.date(2010, 7, 1) + dt.timedelta(days=n % 300)
    words = {"event": f"Risk text {n}", "category": "Money", "owner_kind": "post", "owner_name": "Housing Manager"}
    days = {"opened_on": dt.date(2010, 7, 1), "reviewed_on": day, "review_due_on": day + dt.timedelta(days=90)}
    return {"id": number, "register": register, "slug": f"{number:08x}", "number": n + 1, **words, **days}


def _scores(version: SchemeVersion, risk: int, n: int) -> Iterator[dict[str, Any]]:
    """Inherent, target, and two current ones."""
    shape = version.shape
    for m, kind in enumerate(("inherent", "target", "current", "current")):
        impact, likelihood = (n + m) % len(shape.impact), (n // 3 + m) % len(shape.likelihood)
        cell, band = shape.cell(impact, likelihood), shape.band(impact, likelihood)
        yield {
            "risk": risk,
            "kind": kind,
            "scheme_version": version,
            "impact": impact,
            "likelihood": likelihood,
            "impact_label": shape.impact[impact].words,
            "likelihood_label": shape.likelihood[likelihood].words,
            "band": cell.band,
            "band_name": band.name,
            "tone": band.tone.value,
            "value": cell.value,
            "scored_on": dt.date(2010, 7, 1) if m < 3 else dt.date(2011, 5, 1),
            "recorded_at": dt.datetime.combine(dt.date(2011, 5, 1), dt.time()),
        }
