"""Timescales in words: dates where they are dates, and words where they are not."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.plans.rules import Precision, TimescaleKind
from strategy_tracker.plans.timescales import dates_in, timescale_of, timescale_within

DAY, MONTH, QUARTER, YEAR = Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR


@pytest.mark.parametrize(
    ("words", "due_on", "precision"),
    [
        ("30 June 2011", "2011-06-30", DAY),
        ("by 1st April 2012", "2012-04-01", DAY),
        ("12 th October 2010", "2010-10-12", DAY),
        ("30/09/2024", "2024-09-30", DAY),
        ("2.3.25", "2025-03-02", DAY),
        ("2024-09-30", "2024-09-30", DAY),
        ("December 2010", "2010-12-31", MONTH),
        ("Sept 2010", "2010-09-30", MONTH),
        ("Feb. 2024", "2024-02-29", MONTH),
        ("Mar-25", "2025-03-31", MONTH),
        ("Dec '10", "2010-12-31", MONTH),
        ("by end March 2011.", "2011-03-31", MONTH),
        ("To be completed by the end of March 2011", "2011-03-31", MONTH),
        ("Q3 2025/26", "2025-12-31", QUARTER),
        ("Q4 2024/25", "2025-03-31", QUARTER),
        ("quarter 1 2024-2025", "2024-06-30", QUARTER),
        ("by 2012", "2012-12-31", YEAR),
        ("2010/11", "2011-03-31", DAY),
    ],
)
def test_a_date_keeps_its_precision_and_its_words(words: str, due_on: str, precision: Precision) -> None:
    timescale = timescale_of(words)
    assert (timescale.kind, timescale.due_on, timescale.precision) == (
        TimescaleKind.DATE,
        dt.date.fromisoformat(due_on),
        precision,
    )
    assert timescale.words == words


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", "none"),
        ("soon", "none"),
        ("31 June 2011", "none"),
        ("before March 2011", "none"),
        ("from June 2010", "none"),
        ("December 2010 and March 2011", "none"),
        ("2010/12", "none"),
        ("Q3 2025", "none"),
        ("every quarter", "recurring"),
        ("Ongoing", "recurring"),
        ("on-going", "recurring"),
        ("At least once a month", "recurring"),
        ("Annually, from July 2010", "recurring"),
        ("TBC", "condition"),
        ("to be confirmed by the board", "condition"),
        ("Subject to funding, June 2011", "condition"),
        ("Once the protocol is adopted", "condition"),
    ],
)
def test_what_is_no_clear_date_stays_words(words: str, kind: str) -> None:
    timescale = timescale_of(words)
    assert (timescale.kind, timescale.due_on, timescale.words) == (kind, None, words)


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("Training organised by December 2010", "2010-12-31"),
        ("Each council to have a manual by the end of June 2011", "2011-06-30"),
        ("Format set up by June 2010; figures by Sept 2010", None),
        ("Contact all households every six months, by March 2010", None),
        ("Subject to funding, more bonds by June 2011", None),
        ("Policy developed (March 2011)", None),
        ("To commence from April 2010", None),
        ("Reviewed in 2010/11", None),
        ("", None),
    ],
)
def test_an_outcome_gives_a_date_only_where_it_clearly_sets_one(text: str, due_on: str | None) -> None:
    found = timescale_within(text).due_on
    assert (found.isoformat() if found else None) == due_on


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: dt.date) -> None:
    forms = (f"{day.day} {day:%B %Y}", f"{day:%d %b %Y}", f"{day:%d/%m/%Y}", day.isoformat())
    assert {timescale_of(form).due_on for form in forms} == {day}


@given(st.text(max_size=80))
def test_any_words_give_a_timescale_and_lose_nothing(words: str) -> None:
    timescale = timescale_of(words)
    assert timescale.words == " ".join(words.split())
    assert all(found.start < found.end for found in dates_in(words))
