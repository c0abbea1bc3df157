"""Timescales as they stand in the plans of councils, each with what may honestly be made of it."""

import pytest

from strategy_tracker.plans.timescales import timescale_of

DATES = {
    "By end of March 2011": "2011-03-31 month",
    "by the 31st of March 2011": "2011-03-31 day",
    "31st March, 2011": "2011-03-31 day",
    "March 31 2011": "2011-03-31 day",
    "June 30th, 2011": "2011-06-30 day",
    "31 Mar 11": "2011-03-31 day",
    "31-Mar-11": "2011-03-31 day",
    "31-03-2011": "2011-03-31 day",
    "31/3/11": "2011-03-31 day",
    "31.03.11": "2011-03-31 day",
    "30th June '11": "2011-06-30 day",
    "2011-03-31 00:00:00": "2011-03-31 day",
    "31/03/2011 00:00": "2011-03-31 day",
    "Monday 4 January 2027": "2027-01-04 day",
    "Weds 6 Jan 2027": "2027-01-06 day",
    "w/e 8 January 2027": "2027-01-08 day",
    "03/2011": "2011-03-31 month",
    "Jun-2011": "2011-06-30 month",
    "Mar/11": "2011-03-31 month",
    "Mar\N{NON-BREAKING HYPHEN}25": "2025-03-31 month",
    "Mar\N{EN DASH}25": "2025-03-31 month",
    "before the end of March 2011": "2011-03-31 month",
    "March 2011 at the latest": "2011-03-31 month",
    "up to March 2011": "2011-03-31 month",
    "Completed by March 2011": "2011-03-31 month",
    "To be delivered by March 2011": "2011-03-31 month",
    "Target date: 31/03/2011": "2011-03-31 day",
    "March 2011 (was December 2010)": "2011-03-31 month",
    "31 March 2011 (revised from 30 June 2010)": "2011-03-31 day",
    "April – June 2011": "2011-06-30 month",
    "Apr-Jun 2011": "2011-06-30 month",
    "April 2010 to March 2011": "2011-03-31 month",
    "From 1 April 2010 until 31 March 2011": "2011-03-31 day",
    "July/August 2010": "2010-08-31 month",
    "2010-2012": "2012-12-31 year",
    "Q3 25/26": "2025-12-31 quarter",
    "2025/26 Q4": "2026-03-31 quarter",
    "end of Q1 2025-26": "2025-06-30 quarter",
    "Qtr 3 2025/26": "2025-12-31 quarter",
    "2nd quarter 2025/26": "2025-09-30 quarter",
    "Third quarter of 2025/26": "2025-12-31 quarter",
    "Q1 – Q3 2025/26": "2025-12-31 quarter",
    "2010/11": "2011-03-31 day",
    "2010/2011": "2011-03-31 day",
    "2010 – 11": "2011-03-31 day",
    "FY 2010/11": "2011-03-31 day",
    "During 2010/11": "2011-03-31 day",
    "Year end 2010/11": "2011-03-31 day",
    "Year 1 (2010/11)": "2011-03-31 day",
    "2010/11 (Year 1)": "2011-03-31 day",
    "End 2011": "2011-12-31 year",
    "Mawrth 2026": "2026-03-31 month",
    "Erbyn diwedd Mawrth 2026": "2026-03-31 month",
    "1af Ebrill 2026": "2026-04-01 day",
    "Ebrill i Fehefin 2026": "2026-06-30 month",
    "Chwarter 3 2025/26": "2025-12-31 quarter",
}
RHYTHMS = (
    "Annually",
    "Annually by 31 March",
    "March each year",
    "Each spring",
    "Every 6 months",
    "6 monthly",
    "Termly",
    "At each meeting",
    "Ongoing – review March 2011",
    "March 2011 and ongoing",
    "Quarterly to March 2011",
    "Life of the plan",
    "Parhaus",
    "Yn flynyddol",
    "Bob chwarter",
)
CONDITIONS = (
    "TBC",
    "T.B.C.",
    "tba",
    "Within 6 months of approval",
    "On completion of the review",
    "After the May 2011 elections",
    "March 2011 – subject to funding",
    "When funding is available",
    "As needed",
    "As and when required",
    "On request",
    "I'w gadarnhau",
    "Yn amodol ar gyllid",
)
WORDS = (
    "ASAP",
    "Immediate",
    "Short term",
    "Autumn 2010",
    "Spring/Summer 2026",
    "Summer 2025 to Spring 2026",
    "Winter 2026/27",
    "Mid-2011",
    "early 2011",
    "Easter 2027",
    "w/c 4 January 2027",
    "Q2",
    "Q3 2025",
    "Q3 2025/27",
    "March",
    "31 March",
    "Mar 11",
    "mar 25",
    "3/11",
    "3/31/2011",
    "31 June 2011",
    "March 20111",
    "March 2011?",
    "March 2011 (provisional)",
    "circa March 2011",
    "prior to March 2011",
    "March 2011 onwards",
    "Start: April 2010",
    "Dec 2010 / Mar 2011",
    "June – March",
    "March 2011 – June 2010",
    "Complete",
    "Complete March 2011",
    "Completed March 2011",
    "Delivered June 2010",
    "Within 3 months",
    "Year 1",
    "N/A",
    "Gwanwyn 2026",
)


@pytest.mark.parametrize(("words", "expected"), DATES.items())
def test_words_that_set_a_date_are_that_date(words: str, expected: str) -> None:
    found = timescale_of(words)
    assert f"{found.due_on} {found.precision}" == expected
    assert found.words == words


@pytest.mark.parametrize(
    ("words", "kind"),
    [(words, kind) for kind, many in {"recurring": RHYTHMS, "condition": CONDITIONS}.items() for words in many]
    + [(words, "none") for words in WORDS],
)
def test_words_that_set_none_stay_words(words: str, kind: str) -> None:
    found = timescale_of(words)
    assert (found.kind, found.due_on, found.words) == (kind, None, words)


def test_long_words_cost_no_more_than_short_ones() -> None:
    for words in (")" * 9_000, "(" * 9_000, "- " * 4_000, "(was " * 1_800):
        assert timescale_of(words).due_on is None
