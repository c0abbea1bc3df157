"""Junk in addresses and queries: refused or passed over, never a fault of the server."""

import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.addresses import reading

PLAN = "/p/west-kent/plans/2010-11/"
NAMES = ("q", "authority", "status", "objective", "overdue", "not_reported", "mine", "as_at", "as-at", "notes", "next")
MINDED = (
    "a\0b",
    "%_%",
    "'",
    '"; drop table plan; --',
    "\\",
    "x" * 10_000,
    "0001-01-01",
    "9999-12-31",
    "1e999",
    "🙂",
)
"""What one database may mind and another not."""
JUNK = (
    *MINDED,
    "\0",
    "%",
    "_",
    "9999-99-99",
    "2011-02-29",
    "-1",
    "１",
    "<script>",
    "../../../../etc/passwd",
    "a\r\nX-Evil: 1",
    "\u202eevil\u2066",
    "e\u0301" * 300,
    "[]",
    "{{7*7}}",
)
NUMBERS = ("0", "-1", "2147483648", "9223372036854775808", "9" * 5000, "1.0", "1e3", "+1", "0x1", " ", "１", "٣", "1_0")
FINE = {200, 302, 400, 404}


@pytest.fixture
def client(app, visitor_as, documents_unset):
    return visitor_as("coordinator", check=False).client


def files() -> list[str]:
    return [f"{PLAN[:-1]}.json", f"{PLAN[:-1]}.pdf"]


def test_every_address_bears_every_junk_in_every_parameter(app, client, database_url):
    addresses = [*reading(app, builders.action("1.2"), "tmbc", "officer").values(), *files()]
    wrong = []
    for address in addresses:
        for junk in JUNK if database_url.startswith("sqlite") else MINDED:
            answer = client.get(f"{address}?{urlencode([(name, junk) for name in NAMES])}")
            if answer.status_code not in FINE or "X-Evil" in answer.headers:
                wrong.append(f"{answer.status_code} at {address} with {junk[:20]!r}")
    assert not wrong, "\n".join(wrong)


QUERIES = ("%", "%ff%fe", "a=%ed%a0%80", "=&&==", "q", "q[]=1&q[]=2", "q=1&q=2&as_at=x&as_at=y")


def test_a_query_that_is_none_is_passed_over(client):
    for query in QUERIES:
        for address in ("/", PLAN, *files()):
            assert client.get(f"{address}?{query}").status_code == 200, query


def test_a_number_that_no_row_has_is_404(app, client):
    for rule in app.url_map.iter_rules():
        pattern = rule.rule.replace("<partnership>", "west-kent").replace("<plan>", "2010-11")
        for number in NUMBERS if "<int:" in pattern else ():
            address = re.sub("<int:.*?>", quote(number), pattern)
            for method in rule.methods & {"GET", "POST"}:
                status = client.open(address, method=method, data={"csrf_token": "x"}).status_code
                assert status in {404, 405} or (method, status) == ("POST", 400), f"{status} at {method} {address}"


SLUGS = ("%00", "..", "%2e%2e", "%F0%9F%99%82", "a" * 10_000, "west-kent'--", "WEST-KENT", "%ff")


def test_a_name_that_no_place_has_is_404(client):
    for slug in SLUGS:
        for place in (f"{slug}/", f"{slug}/people/", f"west-kent/plans/{slug}/", f"west-kent/plans/{slug}.pdf"):
            assert client.get(f"/p/{place}").status_code == 404, place


@pytest.mark.parametrize(
    ("day", "shown"), [("2012-02-29", "29 February 2012"), ("2011-02-29", None), ("1900-02-28", None)]
)
def test_the_as_at_date_is_one_that_there_is(client, day, shown):
    for name in ("as_at", "as-at"):
        words = client.get(f"{PLAN}?{name}={day}").text
        assert (shown or "As at <b>") in words
        assert shown or "February" not in words


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from(NAMES[:-1]), st.text(max_size=60)))
def test_whatever_is_asked_of_the_plan_it_answers(client, query):
    for address in (PLAN, f"{PLAN}actions/1", "/p/west-kent/"):
        sent = urlencode(query, errors="surrogatepass")
        assert client.get(f"{address}?{sent}").status_code == 200
