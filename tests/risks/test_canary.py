"""A private risk is nowhere: everything that others can fetch is byte for byte what it was before the risk was there.

What differs from one answer to the next by itself (tokens of forms, what is said once after a step) is taken out. A
route that is added is taken up by itself. So no list, count, search, document, file or feed can tell of the risk,
whatever it is that shows it.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from strategy_tracker import clock, db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.calendars.operations import make_address
from strategy_tracker.jobs.models import Mail
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import nominate_risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.risks import add_risk, close_risk, edit_risk, share_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import ResponseKind, RiskWords, ScoreKind
from strategy_tracker.web.sessions import COOKIE
from tests import builders
from tests.access.test_matrix import address_values, family
from tests.cast import person
from tests.reminders.making import sweep
from tests.reports.making import a_report
from tests.risk_ties.making import a_risk_link
from tests.risks.families import TOO_HIGH
from tests.risks.making import a_register, a_score
from tests.visitor import session_of

WORD = "Zeisig"
"""Stands in every text of the private risks, and nowhere else."""
NEW_EACH_TIME = re.compile(
    rb'name="(?:csrf_token|form_key)" value="[^"]*"|give this number: [0-9a-f]+|<div class="st-saved".*?</div>',
    re.DOTALL,
)
NOT_ASKED = ("static", "health.live", "health.ready")
SEARCHED = f"q={WORD}&owner={WORD}&category={WORD}"
EVERYWHERE = ("coordinator",)
"""On SQLite she asks for all that there is; else for what risks can be on, as the others do."""
ELSEWHERE = ("other lead", "viewer", "steering member")
OUTSIDE = ("provider", "outsider", None)
"""For whom there is neither the partnership nor anything in it: they ask for what stands outside."""
TOLD = {"coordinator", "steering member"}
TOUCHED = re.compile(r"/|/p/<partnership>/|.*(risk|search|history|calendars|reports).*")
"""What risks can be on."""
FOUND_ON = dt.date(2010, 8, 2)


@pytest.fixture
def found(app: Flask) -> dict[str, Any]:
    """What addresses name: a family of TMBC's, in whose register stands a risk that is shared."""
    rows = family(builders.action("1.2"), "tmbc", "officer")
    corporate = a_register("tmbc", "corporate", title="Corporate risks")
    inner = a_register("tmbc", "inner", title="Risks of housing", goes_to=corporate)
    quarter = ("2010-11-q2", 2, dt.date(2010, 10, 1), dt.date(2010, 12, 31))
    return rows | {
        "report": a_report(**dict(zip(("slug", "number", "first", "last"), quarter, strict=True))),
        "inner": inner,
        "token": make_address(person("coordinator")),
    }


def private_risks(found: dict[str, Any]) -> list[Risk]:
    """One in a register whose next level is the partnership's, one put forward inside the authority, one closed."""
    rows = [_private(found, register) for register in (found["register"], found["inner"], found["register"])]
    nominate_risk(OPERATOR, fresh(rows[1]), fresh(rows[1]).version, words=WORD)
    close_risk(OPERATOR, fresh(rows[2]), fresh(rows[2]).version, reason=WORD)
    return [fresh(row) for row in rows]


def _private(found: dict[str, Any], register: Any) -> Risk:
    owner = Owner(OwnerKind.POST, f"{WORD} Manager")
    words = RiskWords(f"{WORD} happens", WORD, WORD, WORD, owner, assumptions=WORD)
    risk = add_risk(person("lead"), register, words, opened_on=FOUND_ON)
    for kind in ScoreKind:
        impact, likelihood = TOO_HIGH
        a_score(fresh(risk), impact, likelihood, kind, by=person("lead"), reason=WORD, on=FOUND_ON)
    edit_risk(person("lead"), fresh(risk), fresh(risk).version, words)
    add_response(OPERATOR, fresh(risk), kind=ResponseKind.TREAT, text=WORD, owner=owner, due_on=clock.today())
    add_control(OPERATOR, fresh(risk), text=WORD)
    review_risk(person("lead"), fresh(risk), fresh(risk).version, note=WORD)
    until = clock.today() + dt.timedelta(days=60)
    accept_risk(person("lead"), fresh(risk), fresh(risk).version, accepted_by=WORD, until=until, reason=WORD)
    a_risk_link(fresh(risk), found["action"])
    return risk


def fresh(risk: Risk) -> Risk:
    return Risk.get_by_id(risk.id)


def addresses(app: Flask, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(rule, address) of everything that can be fetched, and of what can be searched for the word."""
    bound = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NOT_ASKED:
            continue
        if not set(rule.arguments) <= set(found):
            continue  # the test of the access matrix fails for a kind of id that no family has
        values = {name: found[name] for name in rule.arguments if isinstance(found[name], str)}
        values |= address_values(sorted(set(rule.arguments) - set(values)), found)
        with app.test_request_context():
            address = bound.build(rule.endpoint, values)
        yield rule.rule, address
        if TOUCHED.fullmatch(rule.rule) and (rule.rule.endswith("/") or "search" in rule.rule):
            yield rule.rule, f"{address}?{SEARCHED}"


def seen_by(app: Flask, who: str | None, asked: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """What one of the cast (None: nobody who is signed in) gets at each address."""
    client = app.test_client()
    if who is not None:
        db.database.connect(reuse_if_open=True)
        client.set_cookie(COOKIE, session_of(app, who))
    return {address: got(client, address) for address in asked}


def got(client: FlaskClient, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    if answer.mimetype == "text/html":
        return answer.status_code, b" ".join(NEW_EACH_TIME.sub(b"", answer.data).split())
    return answer.status_code, unpacked(answer.data)


def unpacked(data: bytes) -> bytes:
    """The parts of a spreadsheet or a Word file, so that what differs is seen."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return b"\n".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())


def differences(before: dict[str, tuple[int, bytes]], after: dict[str, tuple[int, bytes]]) -> list[str]:
    return [
        f"{address}: {status}, was {before[address][0]}{', and says it' if WORD.encode() in data else ''}"
        f" {first_difference(before[address][1], data)}"
        for address, (status, data) in after.items()
        if (status, data) != before[address]
    ]


def first_difference(one: bytes, other: bytes) -> str:
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(place - 60, 0) : place + 60]!r} / {other[max(place - 60, 0) : place + 60]!r}"


def letters(day: dt.date) -> dict[int, list[str]]:
    """What the reminders of a day say to each person; nothing of it stays."""
    with db.database.atomic() as attempt:
        sweep(day)
        said: dict[int, list[str]] = {}
        for mail in Mail.select().order_by(Mail.id):
            said.setdefault(mail.person_id, []).append(f"{mail.subject}\n{mail.text}\n{mail.html}")
        attempt.rollback()
    return said


Seen = dict[str, tuple[int, bytes]]


class World:
    """What each of the cast saw before the risks were there, and asks for again."""

    def __init__(self, app: Flask, found: dict[str, Any], *, is_whole: bool):
        self.app, self.found = app, found
        app.test_client().get(f"/calendars/{found['token']}.ics")  # its page says when it was fetched last
        everything = list(addresses(app, found))
        touched = [(rule, address) for rule, address in everything if TOUCHED.fullmatch(rule)]
        outside = [(rule, address) for rule, address in everything if "<partnership>" not in rule]
        whole = everything if is_whole else touched
        self.touched = {address for _, address in touched}
        self.before: dict[str | None, Seen] = {
            who: seen_by(app, who, [address for _, address in asked])
            for asked, cast in (
                (whole, EVERYWHERE),
                (touched, ELSEWHERE),
                (outside, OUTSIDE),
            )
            for who in cast
        }
        self.letters = self._letters()

    def _letters(self) -> dict[int, list[str]]:
        own = {person("officer").id, person("lead").id}
        soon = clock.today() + dt.timedelta(days=200)
        return {who: said for who, said in letters(soon).items() if who not in own}

    def changed_for(self, who: str | None, asked: Iterable[str] | None = None) -> list[str]:
        """What is another answer than before. What was refused as not hers to change she does not ask for again."""
        known = self.before[who]
        again = [address for address in asked or known if known[address][0] != 403]
        return [f"{who}: {one}" for one in differences(known, seen_by(self.app, who, again))]

    def changed(self) -> list[str]:
        letters = ["letters"] if self._letters() != self.letters else []
        return [one for who in self.before for one in self.changed_for(who)] + letters

    def hidden(self, risk: Risk) -> list[str]:
        """Every address of a risk."""
        rows = addresses(self.app, self.found | {"risk": risk, "register": risk.register})
        return [address for rule, address in rows if "<risk>" in rule]

    def telling(self, who: str, asked: Iterable[str]) -> int:
        """How many answers hold the word."""
        return sum(WORD.encode() in data for _, data in seen_by(self.app, who, asked).values())


@pytest.fixture
def world(app: Flask, found: dict[str, Any], database_url: str) -> Iterator[World]:
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
        yield World(app, found, is_whole=database_url.startswith("sqlite"))


def test_a_private_risk_is_nowhere_and_an_escalated_one_with_those_who_decide(world):
    risks = private_risks(world.found)
    wrong = world.changed()
    assert not wrong, "\n".join(wrong)
    for risk in risks:
        statuses = {
            status
            for who in (*EVERYWHERE, *ELSEWHERE)
            for status, _ in seen_by(world.app, who, world.hidden(risk)).values()
        }
        assert statuses == {404}
    plain = [address for address in world.touched if "?" not in address]
    assert world.telling("officer", plain) >= 2, "its own people read it"
    nominate_risk(OPERATOR, fresh(risks[0]), fresh(risks[0]).version, words=WORD)
    wrong = [one for who in ELSEWHERE if who not in TOLD for one in world.changed_for(who, world.touched)]
    assert not wrong, "\n".join(wrong)
    for who in TOLD:
        assert world.telling(who, plain) >= 2, who
    share_risk(OPERATOR, fresh(risks[0]), fresh(risks[0]).version)
    assert len(world.changed_for("viewer")) >= 2, "what is no longer private is found"
