"""What all others can fetch and are sent, before private risks are there and after: the world that must not change.

What differs from one answer to the next by itself (tokens of forms, what is said once after a step) is taken out. A
route that is added is taken up by itself.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from strategy_tracker import clock, db
from strategy_tracker.calendars.operations import make_address
from strategy_tracker.jobs.models import Mail
from strategy_tracker.reviews.reminders.models import ReminderPart
from strategy_tracker.risks.models import Register
from strategy_tracker.web.sessions import COOKIE
from tests.access.test_matrix import address_values
from tests.cast import CAST, person
from tests.reminders.making import sweep
from tests.visitor import session_of

WORD = "Zeisig"
"""Stands in every text of the private risks, and nowhere else."""
HOME = {"officer", "lead"}
OTHERS = (*(who for who in CAST if who not in HOME), None)
"""Everybody else, and (None) somebody who is not signed in."""
STRANGERS = ("provider", "administrator", "outsider", "foreign lead", "foreign coordinator", "nobody", None)
"""For whom there is neither the partnership nor anything in it: they ask for what stands outside, and for registers."""
READERS = ("coordinator", "steering member", "other officer", "viewer")
"""One of each way of reading what is not one's own: on PostgreSQL they ask for all."""
THOROUGH = "coordinator"
"""Asks for everything that there is, on SQLite; else for what risks can be on, as the others do."""
TOUCHED = re.compile(r"/|/p/<partnership>/|.*(risk|search|history|calendars|reports|packs|actions/<int:action>$).*")
"""What risks can be on. Spreadsheets are made from what stands in the JSON, and left to her."""
SPREADSHEETS = (".xlsx", ".ods", ".csv")
REGISTERS = re.compile(r".*/risks/<register>(/|\.pdf)")
DAYS = range(1, 29)
"""Days from now on which the reminders are written, among them those on which its own people are told."""
NEW_EACH_TIME = re.compile(
    rb'name="(?:csrf_token|form_key)" value="[^"]*"|give this number: [0-9a-f]+|<div class="st-saved".*?</div>',
    re.DOTALL,
)
NOT_ASKED = ("static", "health.live", "health.ready")
SEARCHED = f"q={WORD}&owner={WORD}&category={WORD}"
SEARCHABLE = re.compile(r".*(search|history|/risks/|/risks/<register>/)")

Seen = dict[str, tuple[int, bytes]]
Letters = dict[str, list[str]]


def addresses(app: Flask, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(rule, address) of everything that can be fetched, and of what can be searched for the word."""
    bound = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NOT_ASKED or not set(rule.arguments) <= set(found):
            continue  # the test of the access matrix fails for a kind of id that no family has
        for named in every_register(rule.arguments, found):
            values = {name: named[name] for name in rule.arguments if isinstance(named[name], str)}
            values |= address_values(sorted(set(rule.arguments) - set(values)), named)
            with app.test_request_context():
                address = bound.build(rule.endpoint, values)
            yield rule.rule, address
            if SEARCHABLE.fullmatch(rule.rule):
                yield rule.rule, f"{address}?{SEARCHED}"


def is_asked_by(who: str | None, rule: str, *, is_whole: bool) -> bool:
    if who in STRANGERS:
        return "<partnership>" not in rule or REGISTERS.fullmatch(rule) is not None
    if is_whole and who == THOROUGH:
        return True
    return TOUCHED.fullmatch(rule) is not None and not rule.endswith(SPREADSHEETS)


def every_register(names: Iterable[str], found: dict[str, Any]) -> list[dict[str, Any]]:
    """An address that names a register and nothing in it is asked of every register."""
    if set(names) != {"partnership", "register"}:
        return [found]
    rows = Register.reach().query.where(Register.partnership == found["partnership"]).order_by(Register.id)
    return [found | {"register": register} for register in rows]


def seen_by(app: Flask, who: str | None, asked: Iterable[str]) -> Seen:
    """What one of the cast (None: nobody who is signed in) gets at each address."""
    client = app.test_client()
    if who is not None:
        db.database.connect(reuse_if_open=True)
        client.set_cookie(COOKIE, session_of(app, who))
    return {address: got(client, address) for address in asked}


def got(client: FlaskClient, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    if answer.mimetype in ("text/html", "application/pdf"):
        return answer.status_code, b" ".join(NEW_EACH_TIME.sub(b"", answer.data).split())
    return answer.status_code, unpacked(answer.data)


def unpacked(data: bytes) -> bytes:
    """The parts of a spreadsheet or a Word file, so that what differs is seen."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return b"\n".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())


def differences(before: Seen, after: Seen) -> list[str]:
    return [
        f"{address}: {status}, was {before[address][0]}{', and says it' if WORD.encode() in data else ''}"
        f" {first_difference(before[address][1], data)}"
        for address, (status, data) in after.items()
        if (status, data) != before[address]
    ]


def first_difference(one: bytes, other: bytes) -> str:
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(place - 60, 0) : place + 60]!r} / {other[max(place - 60, 0) : place + 60]!r}"


def letters() -> Letters:
    """What each of the cast is sent on each of the days, and the coordinator's copies of that; nothing of it stays."""
    said: Letters = {who: [] for who in (*CAST, "copies")}
    by_id = {person(who).id: who for who in CAST}
    for days in DAYS:
        with db.database.atomic() as attempt:
            sweep(clock.today() + dt.timedelta(days))
            for mail in Mail.select().order_by(Mail.id):
                said[by_id[mail.person_id]].append(f"{days}: {mail.subject}\n{mail.text}\n{mail.html}")
            copies = ReminderPart.select().order_by(ReminderPart.id)
            said["copies"] += [f"{days}: {part.subject}\n{part.text}" for part in copies]
            attempt.rollback()
    return said


class World:
    """What everybody else saw and was sent before the risks were there, and asks for again."""

    def __init__(self, app: Flask, found: dict[str, Any], *, is_whole: bool):
        self.app, self.found, self.is_whole = app, found, is_whole
        self.before = {who: self._seen(who) for who in (OTHERS if is_whole else READERS)}
        self.letters = letters()

    def _seen(self, who: str | None) -> Seen:
        """With a calendar of her own, whose page says when it was fetched last: so it is fetched before."""
        token = make_address(person(who)) if who else ""
        self.app.test_client().get(f"/calendars/{token}.ics")
        rows = addresses(self.app, self.found | {"token": token})
        return seen_by(self.app, who, [one for rule, one in rows if is_asked_by(who, rule, is_whole=self.is_whole)])

    def changed_for(self, who: str | None) -> list[str]:
        """What is another answer than before, where there was one: who is answered at all, the access matrix asks."""
        known = self.before[who]
        again = seen_by(self.app, who, [address for address in known if known[address][0] == 200])
        return [f"{who}: {one}" for one in differences(known, again)]

    def told_by_mail(self) -> set[str]:
        """Who is sent something else than before; "copies" are what the coordinator keeps of the mails to others."""
        now = letters()
        assert all(any(WORD in one for one in now[who]) for who in now if now[who] != self.letters[who])
        return {who for who in now if now[who] != self.letters[who]}

    def telling(self, who: str, asked: Iterable[str]) -> int:
        """How many answers hold the word."""
        return sum(WORD.encode() in data for _, data in seen_by(self.app, who, asked).values())
