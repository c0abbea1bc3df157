"""The form of a new register offers what can be saved, and says who will see it."""

import pytest

from strategy_tracker.risks.models import Register
from tests.html_check import words
from tests.risks.making import a_register, a_scheme, five_by_five

ADD = "/p/west-kent/risks/add"


@pytest.fixture(autouse=True)
def of_everybody(database):
    a_register("sdc", "of-sdc", scheme=a_scheme("sdcs", five_by_five(), whose="sdc"))
    a_register("tmbc", "of-tmbc", scheme=a_scheme("tmbcs", five_by_five(), whose="tmbc"))
    a_register("", "of-all", scheme=a_scheme())


def offered(page, name: str) -> list[str]:
    return [option.attrib["value"] for option in page.all("select", id=name)[0].iter("option")]


def test_a_lead_is_offered_what_is_her_authoritys_and_the_partnerships(visitor_as):
    page = visitor_as("lead").get(ADD)
    assert offered(page, "scheme") == ["four-by-six", "tmbcs"]
    assert sorted(offered(page, "goes_to")) == ["", "of-all", "of-tmbc"]
    assert "Everybody in the West Kent partnership will see its title, who looks at it and its scheme." in page.words
    assert "Its risks are private to TMBC until they are shared or put forward." in page.words
    assert "Show the register as at" not in page.words


@pytest.mark.parametrize(
    ("whose", "schemes", "levels"),
    [
        ("Sevenoaks District Council", ["four-by-six", "sdcs"], ["", "of-all", "of-sdc"]),
        ("West Kent, the partnership", ["four-by-six"], ["", "of-all"]),
        ("Kent County Council", ["four-by-six"], ["", "of-all"]),
    ],
)
def test_whoever_may_for_several_says_first_for_whom(visitor_as, whose, schemes, levels):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(ADD)
    assert not page.all("select")
    page = coordinator.get(ADD + next(a.attrib["href"] for a in page.all("a") if words(a) == whose))
    assert (offered(page, "scheme"), sorted(offered(page, "goes_to"))) == (schemes, levels)
    coordinator.send(page, {"title": "The new one"})
    assert Register.get(Register.slug == "the-new-one").whose == whose.removesuffix(", the partnership")


def test_the_settings_offer_no_way_round_in_a_ring(visitor_as):
    top = Register.get(Register.slug == "of-tmbc")
    middle = a_register("tmbc", "middle", goes_to=top)
    a_register("tmbc", "low", goes_to=middle)
    page = visitor_as("lead").get("/p/west-kent/risks/middle/settings")
    assert sorted(offered(page, "goes_to")) == ["", "of-all", "of-tmbc"]
