"""People who write through the served pages, and send again what got no answer."""

import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any

import html5lib
import pytest

from tests import builders
from tests.cast import CAST, PASSWORD
from tests.visitor import standing_values

NO_ANSWER = (OSError, HTTPException)


class Redirected(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as it is: it says that the save is done."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Writer:
    """One person at one form, who sends again what got no answer, under the same form key."""

    who: str
    base: str
    form: str
    answered: list[str] = field(default_factory=list)
    again: int = 0

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, Redirected)

    def sign_in(self) -> None:
        fields = self.fields_of("/sign-in") | {"email": CAST[self.who].email, "password": PASSWORD}
        assert self.send("/sign-in", fields) == 302

    def write(self, text: str) -> None:
        fields = self.fields_of(self.form) | {"status": "on track", "text": text, "reason": "It was thought done"}
        while self.send(self.form, fields) != 302:
            self.again += 1
        self.answered.append(text)

    def fields_of(self, path: str) -> dict[str, Any]:
        """What the page's form holds, asked for until there is an answer."""
        while True:
            with suppress(*NO_ANSWER), self.opener.open(self.base + path, timeout=10) as page:
                root = html5lib.parse(page.read(), namespaceHTMLElements=False, transport_encoding="utf-8")
                main = root.find(".//main")
                return standing_values(next(each for each in main.iter("form") if each.get("method") == "post"))
            time.sleep(0.02)

    def send(self, path: str, fields: dict[str, Any]) -> int:
        """The status of the answer; 0: there was none."""
        sent = urllib.parse.urlencode(fields, doseq=True).encode()
        try:
            with self.opener.open(self.base + path, sent, timeout=10) as answer:
                return pytest.fail(f"no redirect after saving at {path}: {answer.read()!r}")
        except urllib.error.HTTPError as answer:
            return answer.code if answer.code in (302, 503) else pytest.fail(f"{answer.code}: {answer.read()[:500]!r}")
        except NO_ANSWER:
            time.sleep(0.02)
            return 0


def writers(base: str) -> list[Writer]:
    """Four people, each with a form that nobody else writes to."""
    parts = [
        ("officer", "1.1", "tmbc", 0),
        ("lead", "1.2", "tmbc", 0),
        ("coordinator", "1.2", "tmbc", 1),
        ("other officer", "1.1", "sdc", 0),
    ]
    made = []
    for who, number, slug, place in parts:
        action = builders.action(number)
        share, outcome = builders.share(action, slug), builders.outcomes(action)[place]
        made.append(Writer(who, base, f"/p/west-kent/plans/2010-11/shares/{share.id}/outcomes/{outcome.id}/progress"))
    return made
