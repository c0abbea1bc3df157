"""The page of the search: hostile words are harmless, nothing leaks, and there is always a way on."""

from urllib.parse import urlencode

import pytest

from strategy_tracker.accounts.models import Membership
from strategy_tracker.plans.comments.operations import add_comment
from tests import builders
from tests.cast import STARTED, partnership, person
from tests.html_check import words
from tests.journeys.hands import Hands

SCRIPT = "<script>alert(1)</script>"


def asked(visitor, q: str, **more):
    return visitor.get(f"/search?{urlencode({'q': q} | more)}")


def found(page) -> list[str]:
    return [words(one) for place in page.all("ol", class_="found") for one in place.iter("li")]


def test_the_words_are_marked_and_stay_in_the_box(visitor_as):
    page = asked(visitor_as("officer"), "advice OFFICE")
    assert [words(one) for one in page.all("mark")] == ["Advice", "offices"]
    assert page.all("input", id="q")[0].attrib["value"] == "advice OFFICE"
    assert "1 result" in page.words
    assert page.headers["Cache-Control"] == "no-store"


def test_every_result_leads_to_where_its_words_stand(visitor_as):
    officer = visitor_as("officer")
    for q in ("homelessness", "loans", "advice", "2010"):
        for link in asked(officer, q).root.findall(".//main//ol//a"):
            officer.get(link.attrib["href"])


@pytest.mark.parametrize(
    "q",
    [
        "%",
        "_",
        "\\",
        "'",
        '"',
        "\0",
        "a\0b",
        "' or 1=1 --",
        '"; drop table plan; --',
        "NEAR(a b)",
        "a* OR b:c ^d -e",
        "a & b | !c <-> d",
        "x" * 10_000,
        "a " * 5_000,
        SCRIPT,
        "{{ 7*7 }}",
        "\u202eevil\u2066",
        "e\u0301" * 60,
        "🙂",
        "１",
        "%%%s%(a)s",
    ],
)
def test_hostile_words_are_harmless(visitor_as, q):
    page = asked(visitor_as("officer"), q)
    assert not page.all("script")
    assert page.all("input", id="q")


def test_script_in_what_is_found_is_shown_as_words(visitor_as):
    add_comment(person("officer"), builders.action(), text=f"Zymurgy {SCRIPT} & <mark>")
    page = asked(visitor_as("officer"), "zymurgy script mark")
    assert not page.all("script")
    assert f"Zymurgy {SCRIPT} & <mark>" in page.words
    assert [words(one) for one in page.all("mark")] == ["Zymurgy", "script", "script", "mark"]


def test_too_much_and_nothing_are_said(visitor_as):
    officer = visitor_as("officer")
    assert "Search for 200 characters or fewer" in asked(officer, "x" * 201).words
    assert "Enter a word or a number" in asked(officer, "%").words
    assert "Words in quotation marks" in officer.get("/search").words
    nothing = asked(officer, "hippopotamus")
    assert "Nothing that you may see has this word." in nothing.words
    assert nothing.all("a", href="/p/west-kent/")
    nothing = asked(officer, "hippopotamus pump")
    assert "all of these words" in nothing.words


@pytest.mark.parametrize("who", ["viewer", "partnership viewer", "outsider", "provider", "nobody"])
def test_the_page_of_what_one_may_not_see_is_the_page_of_what_there_is_not(visitor_as, who):
    add_comment(person("officer"), builders.action(), text="Zymurgy")
    visitor = visitor_as(who)
    secret, absent = asked(visitor, "zymurgy"), asked(visitor, "nothing")
    assert secret.words == absent.words
    assert asked(visitor, "protocol").words == absent.words


def test_a_place_that_is_foreign_is_answered_as_one_that_is_not_there(visitor_as):
    officer = visitor_as("officer")
    pages = [asked(officer, "advise", **{"in": place}) for place in ("east-fen", "nowhere", "\0", "../x")]
    assert len({page.words for page in pages}) == 1
    assert "Advise people" in pages[0].words


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "1e9", "９", "9" * 400, ""])
def test_a_page_that_there_is_not_is_a_page_that_there_is(visitor_as, page):
    assert "Advise people" in asked(visitor_as("officer"), "advise", page=page).words


def test_somebody_of_two_partnerships_chooses_one(visitor_as):
    Membership.create(
        person=person("officer"), role="steering-member", partnership=partnership("east-fen"), started_at=STARTED
    )
    officer = visitor_as("officer")
    everywhere = asked(officer, "keep")
    assert {"East Fen", "West Kent"} == {one for one in ("East Fen", "West Kent") if one in " ".join(found(everywhere))}
    here = asked(officer, "keep", **{"in": "east-fen"})
    assert all("East Fen" in one for one in found(here))
    assert found(here)
    assert asked(officer, "advise", **{"in": "east-fen"}).all("a", href="/search?q=advise")


def test_the_box_stands_on_every_page_of_those_who_are_signed_in(visitor_as):
    officer = visitor_as("officer")
    for address in ("/", "/p/west-kent/", "/p/west-kent/plans/2010-11/", "/password"):
        assert officer.get(address).all("form", action="/search"), address
    nobody = visitor_as()
    assert nobody.get("/sign-in").all("form", action="/search") == []
    assert (
        "/sign-in?next=/search?q%3Dpump" in nobody.get("/search?q=pump", status=302, follow=False).headers["Location"]
    )


@pytest.mark.parametrize("width", [1280, 375])
def test_by_keyboard_from_any_page_to_what_was_looked_for(page_as, width):
    hands = Hands(page_as("officer", javascript=False, width=width))
    if width < 800:
        hands.follow("Search")
        hands.write("Words or a number", "vacant")
    else:
        hands.write("Search everything you may see", "vacant")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    assert "The post is vacant" in hands.read()
    assert hands.page.locator("mark").all_inner_texts() == ["vacant"]
