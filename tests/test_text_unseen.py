"""A text of which nothing would be seen is no text, wherever one is asked for."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.operations.escalations import decline_escalation
from strategy_tracker.risks.operations.risks import add_risk
from strategy_tracker.risks.rules import RiskWords
from strategy_tracker.text import normalise, one_line
from tests.risks.making import a_register, a_risk, put_forward

UNSEEN = [
    "\u200b",
    "\u200b \u200d",
    "\u00ad\n\u2060",
    "\ufeff",
    "\u2800",
    "\u3164",
    "\u202e",
    "\u034f",
    "\ufe0f",
    "\u00a0",
]


@pytest.mark.parametrize("typed", UNSEEN)
def test_what_shows_nothing_is_empty(typed):
    assert normalise(typed) == one_line(typed) == ""


@pytest.mark.parametrize("typed", ["a\u200db", "❤\ufe0f", "می\u200cخواهم", "0", "-"])
def test_what_shows_something_keeps_all_of_it(typed):
    assert normalise(typed) == typed


def test_a_name_that_shows_nothing_is_asked_for(database):
    with pytest.raises(Invalid, match="Enter what may happen"):
        add_risk(OPERATOR, a_register(), RiskWords("\u200b"))


def test_an_answer_that_shows_nothing_is_asked_for(database):
    waiting = put_forward(a_risk())
    with pytest.raises(Invalid, match="Say why it is declined"):
        decline_escalation(OPERATOR, waiting, waiting.version, words="\u200b")
