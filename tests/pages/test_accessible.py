"""Every page in Chromium: no rule of WCAG 2.2 A or AA broken, sound HTML, and nothing to push sideways on a phone."""

import datetime as dt

import pytest
from flask import request
from playwright.sync_api import Page, Response

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.roles import Role
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.people import operations
from strategy_tracker.plans.comments.operations import add_comment
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.web.errors import SHOWN
from strategy_tracker.web.errors import page as error_page
from tests import builders
from tests.addresses import is_private, reading
from tests.axe import assert_accessible
from tests.cast import partnership, person
from tests.evidence.making import a_file
from tests.html_check import digest_of, faults
from tests.links.making import a_link
from tests.milestones.making import a_milestone, edited

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""A browser sees the same pages on the other database; that they come there too, `tests/access` asks for everybody."""
NARROWEST = 320
"""Pixels: a desk of 1280 at 400 %."""
UNBROKEN = "https://www.example/" + "a-word-without-a-place-to-break" * 4
FOUND_RIGHT: set[str] = set()
"""Digests of the pages in which nothing was wrong; most are the same for another reader."""
TYPED_IN = "main form[method=post] :is(input[type=text], input[type=email], input[type=password], textarea)"
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        && !each.closest('.scroll'))
    .slice(0, 5).map(each => each.tagName + '.' + each.getAttribute('class')).join(' ')"""


def a_plan_of_everything() -> Action:
    """An action with every kind of outcome and note, and a share of every status in its plan; returned is the first."""
    plan = builders.a_plan("2012-13", title=f"A plan for {UNBROKEN}", as_at=builders.AS_AT)
    objective = builders.an_objective(plan, f"Keep {UNBROKEN} short", lead="tmbc")
    timescales = [
        Timescale.by(dt.date(2010, 7, 30)),
        Timescale.by(dt.date(2011, 9, 30), Precision.QUARTER),
        Timescale(TimescaleKind.CONDITION, words=f"Subject to {UNBROKEN}"),
        Timescale(TimescaleKind.RECURRING, words="Every quarter"),
    ]
    first = builders.an_action(
        objective,
        f"See {UNBROKEN}\n\n• one\n• two",
        owner=Owner(OwnerKind.PERSON, "Olive Officer"),
        outcomes=[("", timescales[0]), *((f"Outcome {n} of {UNBROKEN}", one) for n, one in enumerate(timescales))],
    )
    note = builders.a_note(first, "tmbc", Status.AT_RISK, f"Words\n\n• {UNBROKEN}", by=person("officer"))
    builders.a_note(first, "sdc", Status.OFF_TRACK, UNBROKEN, by=person("coordinator"))
    builders.operations.correct_progress(
        person("officer"), note, status=Status.DEFERRED, text=UNBROKEN, as_at=builders.AS_AT, reason=UNBROKEN
    )
    step = a_milestone(first, f"Reach {UNBROKEN}", of="tmbc")
    edited(step, person("officer"), due=timescales[1], reason=f"Wait for {UNBROKEN}")
    a_milestone(first, "Already reached", timescales[1])
    a_file(first, f"A picture of {UNBROKEN}", of="tmbc", by=person("officer"))
    for status in (*Status, None):
        action = builders.an_action(objective, f"Be {status}")
        builders.a_note(action, "tmbc", status, reason="A reason")
    a_link(first, action)
    builders.an_objective(plan, "Nothing to do yet")
    add_comment(person("coordinator"), first, text=f"Who reads {UNBROKEN}?", named=[person("officer").id])
    for who in ("officer", "lead"):
        add_comment(person(who), first, text=f"Not I\n\n• {UNBROKEN}", named=[person("coordinator").id])
    return first


def judged(page: Page, answer: Response | None) -> list[str]:
    """What is wrong with the page that is shown."""
    digest = digest_of(answer.text() if answer else page.content())
    if digest in FOUND_RIGHT:
        return []
    found = [f"{page.url}: {fault}" for fault in faults(answer.text())] if answer else []
    try:
        assert_accessible(page)
    except AssertionError as broken:
        found.append(str(broken))
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{page.url}: {wide} pixels too wide at {NARROWEST}: {page.evaluate(STICKS_OUT)}")
    page.set_viewport_size({"width": 1280, "height": 900})
    if not found:
        FOUND_RIGHT.add(digest)
    return found


def of_status(page: Page, address: str, status: int) -> list[str]:
    """What is wrong with a page, which is fetched before it is shown: what was right once is not shown again."""
    fetched = page.request.get(address)
    assert fetched.status == status, address
    if digest_of(fetched.text()) in FOUND_RIGHT:
        return []
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, address
    return judged(page, answer)


def test_every_page_as_the_coordinator_sees_it(app, page_as):
    addresses = reading(app, a_plan_of_everything(), "tmbc", "officer")
    page = page_as("coordinator")
    wrong = [fault for address in addresses.values() for fault in of_status(page, address, 200)]
    for more in (
        "/p/west-kent/plans/2012-13/?q=zzz",
        "/p/west-kent/plans/2012-13/?mine=1&status=set-aside&notes=whole",
        "/search?q=be",
        "/search?q=be&kind=actions&page=2",
        "/search?q=hippopotamus",
        "/search?q=%25",
    ):
        wrong += of_status(page, more, 200)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["officer", "viewer"])
def test_every_page_as_it_is_seen_by(app, page_as, who):
    addresses = reading(app, a_plan_of_everything(), "tmbc", "officer")
    page, wrong, seen = page_as(who), [], 0
    for endpoint, address in addresses.items():
        if is_private(app, endpoint) and page.request.get(address).status == 200:
            wrong += of_status(page, address, 200)
            seen += 1
    assert not wrong, "\n".join(wrong)
    assert seen >= 5


def test_what_a_lead_alone_may_do(app, page_as):
    addresses = reading(app, builders.action("1.2"), "tmbc", "officer", for_its_lead=True)
    page, wrong, seen = page_as("lead"), [], 0
    for address in addresses.values():
        if page.request.get(address).status == 200:
            wrong += of_status(page, address, 200)
            seen += 1
    assert not wrong, "\n".join(wrong)
    assert seen >= 5


def test_every_form_that_comes_back_with_what_is_wrong(app, page_as):
    page, wrong, refused = page_as("coordinator"), [], []
    for endpoint, address in reading(app, a_plan_of_everything(), "tmbc", "officer").items():
        page.goto(address)
        if not page.locator(TYPED_IN).count():
            continue
        page.locator(TYPED_IN).evaluate_all("fields => fields.forEach(each => each.value = '')")
        with page.expect_navigation():
            page.locator("main form[method=post] button[type=submit]").first.click()
        summary = page.locator(".govuk-error-summary")
        if not summary.count():
            continue
        refused.append(endpoint)
        # The focus is given when the page is drawn, which is after it is loaded.
        page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
        assert page.title().startswith("Error: "), endpoint
        for link in summary.locator("a").all():
            target = page.locator(link.get_attribute("href") or "")
            assert target.evaluate("each => each.matches('input, select, textarea')"), f"{endpoint}: no field to go to"
        wrong += [*(f"{endpoint}: {fault}" for fault in faults(page.content())), *judged(page, None)]
    assert not wrong, "\n".join(wrong)
    assert len(refused) >= 8, refused


def test_every_page_of_an_error(app, page_as, monkeypatch):
    def failing() -> str:
        return error_page(int(request.args["as"])).get_data(as_text=True)

    vars(failing)["needs"] = "public"
    monkeypatch.setitem(app.view_functions, "pages.cookies", failing)
    page = page_as("officer")
    wrong = [fault for status in sorted(SHOWN) for fault in of_status(page, f"/cookies?as={status}", 200)]
    assert not wrong, "\n".join(wrong)


def test_the_page_of_two_versions(app, page_as):
    entry = reading(app, builders.action("1.2"), "tmbc", "officer")["plans.edit_abbreviation"]
    first, second = page_as("coordinator"), page_as("coordinator")
    for page in (first, second):
        page.goto(entry)
    first.locator("[name=meaning]").fill(f"The first says {UNBROKEN}")
    first.get_by_role("button", name="Save").click()
    second.locator("[name=meaning]").fill("The second says otherwise")
    with second.expect_navigation() as sent:
        second.get_by_role("button", name="Save").click()
    assert sent.value.status == 409
    assert not judged(second, sent.value)


def test_every_page_of_a_partnership_that_begins(app, page_as):
    operations.add_partnership(OPERATOR, "new-vale", "New Vale")
    home = partnership("new-vale")
    operations.add_member(OPERATOR, home, None, Role.COORDINATOR, email=person("coordinator").email, name="Cora")
    page = page_as("coordinator")
    wrong = []
    for address in ("/", "/p/new-vale/", "/p/new-vale/glossary", "/p/new-vale/people/", "/p/new-vale/imports/"):
        wrong += of_status(page, address, 200)
    builders.a_plan("2012-13", of="new-vale", agreed=False)
    wrong += of_status(page, "/p/new-vale/", 200)
    wrong += of_status(page, "/p/new-vale/plans/2012-13/", 200)
    wrong += of_status(page, "/p/new-vale/plans/2012-13/?view=compare", 200)
    assert not wrong, "\n".join(wrong)


def test_what_may_be_read_without_signing_in(app, page_as):
    page = page_as()
    wrong = [fault for address in ("/sign-in", "/accessibility", "/privacy") for fault in of_status(page, address, 200)]
    assert not wrong, "\n".join(wrong)


def test_a_page_that_cannot_be_used_is_found_out(page_as):
    page = page_as()
    page.set_content(
        "<html lang=en><title>Plan</title><main><h1>Plan</h1><input><p style='width:1400px'>Wide</p></main>"
    )
    with pytest.raises(AssertionError, match="label") as found:
        assert_accessible(page)
    assert "too wide" in str(found.value)
