"""Somebody who visits the pages without a browser: follows addresses, fills in forms, and finds every page sound."""

from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HTMLParser, document_fromstring
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from strategy_tracker.web.sessions import COOKIE
from tests.cast import CAST, PASSWORD, person
from tests.html_check import assert_sound, words

PRESSED = {"submit", "image", "button", "reset"}
SWITCHES = ("checked", "selected", "disabled", "multiple", "readonly")
"""Attributes without a value, to which this parser gives their name."""


class Answer:
    """What came back: the status, the headers, and the page or the bytes."""

    def __init__(self, response: TestResponse):
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.address = response.request.full_path.rstrip("?")

    @cached_property
    def root(self) -> Element:
        """The page's elements, by a parser that is quick and sees no fault; `assert_sound` has one that does."""
        root = document_fromstring(self.response.text, parser=HTMLParser(remove_comments=True))
        for field in root.iter("input", "option", "select", "textarea", "button"):
            for name in SWITCHES:
                if field.attrib.get(name) == name:
                    field.attrib[name] = ""
        return root

    @property
    def html(self) -> str:
        return self.response.text

    @property
    def data(self) -> bytes:
        return self.response.data

    @cached_property
    def words(self) -> str:
        """What a person reads in the body, spaces collapsed."""
        body = self.root.find("body")
        assert body is not None
        return words(body)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and attributes; `class_` asks for one class among several."""
        wanted = attributes.pop("class_", None)
        return [
            each
            for each in self.root.iter(tag)
            if all(each.attrib.get(name) == value for name, value in attributes.items())
            and (wanted is None or wanted in each.attrib.get("class", "").split())
        ]

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [words(line) for box in self.all("div", class_="govuk-error-summary") for line in box.iter("li")]

    def form(self, *, action: str | None = None, button: str | None = None) -> Element:
        """The form with this action or button; else the only one in main that is sent by post."""
        main = self.root.find(".//main")
        forms = list(self.root.iter("form") if action or main is None else main.iter("form"))
        if action is not None:
            forms = [each for each in forms if each.attrib.get("action", self.address) == action]
        if button is not None:
            forms = [each for each in forms if any(words(one) == button for one in each.iter("button"))]
        if len(forms) > 1:
            forms = [each for each in forms if each.attrib.get("method", "get").lower() == "post"] or forms
        assert len(forms) == 1, f"{len(forms)} such forms at {self.address}"
        return forms[0]


class Visitor:
    """One browser's worth of cookies. Every page is checked as it comes, unless `check` is off."""

    def __init__(self, app: Flask, *, check: bool = True):
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.check = check

    def get(self, address: str, *, status: int = 200, follow: bool = True, **options: Any) -> Answer:
        """Fetches; fails unless the status is the one that is named."""
        return self._judged(self.client.get(address, follow_redirects=follow, **options), status)

    def post(
        self,
        address: str,
        fields: dict[str, Any] | None = None,
        *,
        status: int = 200,
        follow: bool = True,
        **options: Any,
    ) -> Answer:
        """Sends fields as they are; `send` fills in a form that was fetched."""
        return self._judged(self.client.post(address, data=fields or {}, follow_redirects=follow, **options), status)

    def send(
        self,
        page: Answer,
        fields: dict[str, Any] | None = None,
        *,
        action: str | None = None,
        button: str | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> Answer:
        """Fills in a form of the page and sends it; what is not named in `fields` goes as it stands."""
        form = page.form(action=action, button=button)
        values = standing_values(form) | (fields or {})
        address = form.attrib.get("action") or page.address
        if form.attrib.get("method", "get").lower() == "get":
            return self.get(address, query_string=values, status=status, follow=follow)
        options = {"content_type": "multipart/form-data"} if "multipart" in form.attrib.get("enctype", "") else {}
        return self.post(address, values, status=status, follow=follow, **options)

    def sign_in(self, who: str) -> "Visitor":
        """Signs one of the cast in, without the form, which has tests of its own."""
        self.client.set_cookie(COOKIE, session_of(self.app, who))
        return self

    def sign_in_by_form(self, who: str, *, password: str = PASSWORD) -> "Visitor":
        """Signs one of the cast in as people do."""
        page = self.get("/sign-in")
        answer = self.send(page, {"email": CAST[who].email, "password": password}, follow=False, status=302)
        assert answer.headers["Location"]
        return self

    def _judged(self, response: TestResponse, status: int) -> Answer:
        assert response.status_code == status, (
            f"{response.status_code} at {response.request.path}:\n{response.text[:2000]}"
        )
        if self.check and response.mimetype == "text/html" and response.data and not 300 <= status < 400:
            assert_sound(response.text)
        return Answer(response)


def session_of(app: Flask, who: str) -> str:
    """The name of a new session of one of the cast, begun by the product's own hands, for a browser's cookie."""
    from strategy_tracker.accounts.routes import begin_session

    with app.test_request_context("/sign-in") as context:
        answer = Response()
        begin_session(person(who))
        assert context.session is not None
        app.session_interface.save_session(app, context.session, answer)
    return answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]


def standing_values(form: Element) -> dict[str, Any]:
    """What a browser would send if nobody touched the form and pressed no named button."""
    values: dict[str, Any] = {}
    for field in form.iter():
        name = field.attrib.get("name")
        if not name or "disabled" in field.attrib:
            continue
        if field.tag == "textarea":
            _add(values, name, (field.text or "").removeprefix("\n"))
        elif field.tag == "select":
            _add_selected(values, name, field)
        elif field.tag == "input" and field.attrib.get("type") not in PRESSED:
            if field.attrib.get("type") in ("checkbox", "radio") and "checked" not in field.attrib:
                continue
            if field.attrib.get("type") != "file":
                _add(values, name, field.attrib.get("value", ""))
    return values


def _add_selected(values: dict[str, Any], name: str, select: Element) -> None:
    options = list(select.iter("option"))
    chosen = [each for each in options if "selected" in each.attrib]
    if not chosen and "multiple" not in select.attrib:
        chosen = options[:1]
    for option in chosen:
        _add(values, name, option.attrib.get("value", words(option)))


def _add(values: dict[str, Any], name: str, value: str) -> None:
    if name in values:
        before = values[name]
        values[name] = [*(before if isinstance(before, list) else [before]), value]
    else:
        values[name] = value
