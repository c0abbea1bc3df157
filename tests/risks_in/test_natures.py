"""What others call a threat or an opportunity, how soon it may happen, when it was found, how often it is reviewed."""

import datetime as dt

import pytest

from strategy_tracker.risks.rules import Effectiveness, Proximity, ResponseKind
from strategy_tracker.transfer.risks_in.check import checked
from strategy_tracker.transfer.risks_in.drafts import Checked, RiskDraft
from strategy_tracker.transfer.risks_in.heads import Field, field_of, parse_mapping
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_in.values import controls_in, months_in, opportunity_in, proximity_in
from tests.risks.making import four_by_six
from tests.risks_in.files import csv_file

DAY = dt.date(2014, 10, 1)
HEADS = ("Id", "Description", "Impact", "Likelihood", "Response", "Owner")
ROW = ("1", "Grants stop", "3", "4", "Ask", "Manager")


def found_in(head: str, *cells: str, mapping: str = "") -> Checked:
    rows = [(str(number), *ROW[1:], cell) for number, cell in enumerate(cells, start=1)]
    file = register_in(csv_file(rows, (*HEADS, head)), parse_mapping([mapping] if mapping else []))
    return checked(file, four_by_six(), {}, day=DAY)


def first(head: str, *cells: str) -> RiskDraft:
    found = found_in(head, *cells)
    assert found.problems == {}
    return found.risks[0]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Threat or opportunity", Field.NATURE),
        ("Opportunity / Threat", None),
        ("Opportunity/threat", Field.NATURE),
        ("How soon", Field.PROXIMITY),
        ("Risk proximity", Field.PROXIMITY),
        ("Timeframe", Field.PROXIMITY),
        ("Timescale", Field.DUE),
        ("Date identified", Field.FOUND),
        ("Date raised", Field.FOUND),
        ("Identified on", Field.FOUND),
        ("Risk identified", Field.DESCRIPTION),
        ("Assumptions made", Field.ASSUMPTIONS),
        ("Review frequency", Field.RHYTHM),
        ("Next review", Field.REVIEW),
        ("Owner is a", Field.OWNER_KIND),
        ("Risk owner", Field.OWNER),
        ("What is in place", Field.CONTROLS),
        ("Controls in place", Field.RESPONSE),
        ("Linked to", Field.NONE),
    ],
)
def test_heads(words: str, field: Field | None) -> None:
    assert field_of(words) is field


@pytest.mark.parametrize("head", ["Kind", "Type"])
def test_a_column_of_kinds_is_of_what_its_cells_say(head: str) -> None:
    of_risk = found_in(head, "Threat", "Opportunity", "")
    assert [risk.is_opportunity for risk in of_risk.risks] == [False, True, False]
    of_response = found_in(head, "Transfer", "Tolerate", "")
    assert [risk.responses[0].kind for risk in of_response.risks[:2]] == [ResponseKind.TRANSFER, ResponseKind.TOLERATE]
    assert {risk.is_opportunity for risk in of_response.risks} == {False}


def test_a_column_of_other_kinds_is_passed_over_by_name_and_types_are_categories() -> None:
    file = register_in(csv_file([(*ROW, "Financial")], (*HEADS, "Kind")))
    assert file.passed_over == ("The file, not read: “Kind”",)
    assert first("Type", "Financial").category == "Financial"
    by_hand = found_in("Kind", "Financial", mapping="Kind=nature")
    assert list(by_hand.problems.values()) == ["“Financial” is neither a threat nor an opportunity"]


@pytest.mark.parametrize(
    ("words", "soon"),
    [
        ("Now", Proximity.NOW),
        ("Imminent", Proximity.NOW),
        ("within three months", Proximity.MONTHS),
        ("0-3 months", Proximity.MONTHS),
        ("Short term", Proximity.MONTHS),
        ("Next quarter", Proximity.MONTHS),
        ("Within a year", Proximity.YEAR),
        ("3 – 12 months", Proximity.YEAR),
        ("medium-term", Proximity.YEAR),
        ("< 12 months", Proximity.YEAR),
        ("Later than a year", Proximity.LATER),
        ("> 1 year", Proximity.LATER),
        ("12+ months", Proximity.LATER),
        ("Long term.", Proximity.LATER),
        ("2016", None),
        ("", None),
    ],
)
def test_how_soon(words: str, soon: Proximity | None) -> None:
    assert proximity_in(words) is soon


def test_how_soon_in_words_that_nobody_knows_is_left_out_and_said() -> None:
    risk = first("Proximity", "When the sun shines")
    assert risk.proximity is Proximity.NOT_SAID
    assert risk.warnings[-1].startswith("how soon is left out: “When the sun shines” is none of now, within three")


def test_the_day_on_which_it_was_found_counts_and_is_before_its_score() -> None:
    assert first("Date identified", "3 June 2014").opened_on == dt.date(2014, 6, 3)
    late = found_in("Date identified", "3 June 2015").problems
    assert list(late.values()) == ["The day on which it was found cannot be after the one of the import"]
    rows = [(*ROW, "3 June 2014", "1 May 2014")]
    found = checked(register_in(csv_file(rows, (*HEADS, "Found", "Last reviewed"))), four_by_six(), {}, day=DAY)
    assert list(found.problems.values()) == ["It cannot have been found after it was scored or reviewed"]


def test_how_often_and_when_next_may_both_be_said() -> None:
    rows = [(*ROW, "Every 5 months", "3 June 2015"), ("2", *ROW[1:], "30 months", "Monthly")]
    found = checked(register_in(csv_file(rows, (*HEADS, "Reviewed every", "Next review"))), four_by_six(), {}, day=DAY)
    assert (found.risks[0].review_months, found.risks[0].review_on) == (5, dt.date(2015, 6, 3))
    assert list(found.problems.values()) == ["It must be reviewed after 24 months at the latest"]
    assert months_in("every 5 months") == months_in("5 months") == 5
    assert "does not say after how many months" in str(found_in("Review cycle", "now and then").problems)


def test_what_is_in_place_is_divided_where_it_says_how_good_it_is() -> None:
    assert controls_in("Good: a policy\nNot tested: a plan\nin two lines") == [
        ("a policy", Effectiveness.GOOD),
        ("a plan\nin two lines", Effectiveness.NOT_TESTED),
    ]
    assert controls_in("A policy that is weak") == [("A policy that is weak", Effectiveness.NOT_TESTED)]
    assert controls_in("By law\nweak : checks") == [
        ("By law", Effectiveness.NOT_TESTED),
        ("checks", Effectiveness.WEAK),
    ]


def test_words_for_an_opportunity() -> None:
    assert [opportunity_in(words) for words in ("Opportunity", "upside", "Threat", "Negative risk", "T", "")] == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]
