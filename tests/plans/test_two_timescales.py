"""Of two who change a timescale at once the second sees both as exact as they were given."""

import pytest

from tests import builders
from tests.html_check import words

PLAN = "/p/west-kent/plans/2010-11/"


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (["", "10", "2010"], ["", "11", "2010"], ("October 2010", "November 2010")),
        (["", "", "2010"], ["31", "12", "2010"], ("2010", "31 December 2010")),
        (["", "10", "2010"], ["5", "10", "2010"], ("October 2010", "5 October 2010")),
    ],
)
def test_the_page_of_two_versions_has_no_day_that_nobody_gave(visitor_as, one, other, shown):
    first, second = visitor_as("coordinator"), visitor_as("coordinator")
    address = f"{PLAN}outcomes/{builders.outcomes(builders.action('1.1'))[0].id}/edit"
    pages = first.get(address), second.get(address)
    for visitor, page, boxes in ((first, pages[0], one), (second, pages[1], other)):
        fields = {"timescale_kind": "date", "due_on": boxes, "reason": "It moves"}
        answer = visitor.send(page, fields, button="Save", status=200 if visitor is first else 409)
    versions = answer.all("p", class_="vtext")
    assert [words(one).replace("only here: ", "") for one in versions] == list(shown)
