"""What heads, statuses, titles and names are taken for."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.owners import OwnerKind
from strategy_tracker.plans.rules import Status
from strategy_tracker.transfer.answerable import answerable_in
from strategy_tracker.transfer.heads import meaning_of, meaning_of_code
from strategy_tracker.transfer.statuses import status_in_column, status_said
from strategy_tracker.transfer.titles import period_in, titles_in
from tests.transfer.files import AUTHORITIES


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("No", "number"),
        ("Ref.", "number"),
        ("Action No", "number"),
        ("Objective", "objective"),
        ("Strategic Priority", "objective"),
        ("Action", "action"),
        ("Key actions required", "action"),
        ("What we will do", "action"),
        ("Measurable Outcomes/Timescales", "outcome"),
        ("How will we know?", "outcome"),
        ("Success measure", "outcome"),
        ("By when?", "timescale"),
        ("When will it be done by?", "timescale"),
        ("Finish", "timescale"),
        ("Revised target date", "revised"),
        ("What action will we take to achieve this?", "action"),
        ("Action / Project", "action"),
        ("Where are we now?", "progress"),
        ("Erbyn pryd / By when", "timescale"),
        ("Diweddariad / Update Medi 2025", "progress@2025-09-30"),
        ("Q1 RAG 2024/25", "status@2024-06-30"),
        ("Target date", "timescale"),
        ("Lead", "lead"),
        ("Lead authority", "lead"),
        ("Lead officer", "owner"),
        ("Action owner", "owner"),
        ("By whom", "owner"),
        ("RAG", "status"),
        ("Progress status", "status"),
        ("Progress to\n30 June 2011", "progress@2011-06-30"),
        ("Update October 2024", "progress@2024-10-31"),
        ("Progress Q2 2024/25", "progress@2024-09-30"),
        ("TMBC progress", "progress:tmbc"),
        ("Progress – Tonbridge & Malling, 31 March 2025", "progress:tmbc@2025-03-31"),
        ("Status (Sevenoaks)", "status:sdc"),
    ],
)
def test_a_head_is_known_by_its_meaning(head: str, code: str) -> None:
    meaning = meaning_of(head, AUTHORITIES)
    assert meaning is not None
    assert meaning.code == code
    assert meaning_of_code(code) is not None


@pytest.mark.parametrize("head", ["Budget", "Comments", "Progress and status", "Resources", "x" * 200, "Who knows"])
def test_a_head_that_says_nothing_certain_is_left_to_people(head: str) -> None:
    assert meaning_of(head, AUTHORITIES) is None


@given(st.text(max_size=100))
def test_any_head_has_a_meaning_or_none(head: str) -> None:
    meaning = meaning_of(head, AUTHORITIES)
    assert meaning is None or meaning_of_code(meaning.code) is not None


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("On going", Status.ONGOING),
        ("On going process", Status.ONGOING),
        ("Ongoing on an annual basis", Status.ONGOING),
        ("Achieved – subject to annual review", Status.ACHIEVED),
        ("Achieved and on going. More to come", Status.ACHIEVED_AND_ONGOING),
        ("Deferred at present", Status.DEFERRED),
        ("Action deferred and carried forward into the next strategy", Status.CARRIED_FORWARD),
        ("Completed.", Status.ACHIEVED),
        ("No longer required", Status.STOPPED),
        ("Not started", Status.NOT_STARTED),
    ],
)
def test_progress_that_opens_with_a_status_has_it(words: str, status: Status) -> None:
    assert status_said(words) is status


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Not achieved",
        "Achieved in part",
        "Achieved, but not in two districts",
        "This is an on going process",
        "Ongoing problems with staffing",
        "The draft was carried forward by the group",
        "Proposals deferred pending the review",
        "All written to",
        "Green",
    ],
)
def test_a_status_is_never_guessed(words: str) -> None:
    assert status_said(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Green", (Status.ON_TRACK, True)),
        ("a", (Status.AT_RISK, True)),
        ("RED", (Status.OFF_TRACK, True)),
        ("Complete", (Status.ACHIEVED, True)),
        ("Complete and on-going", (Status.ACHIEVED_AND_ONGOING, True)),
        ("", (None, True)),
        ("n/a", (None, True)),
        ("Purple", (None, False)),
    ],
)
def test_a_status_column_says_what_it_says(words: str, expected: tuple[Status | None, bool]) -> None:
    assert status_in_column(words) == expected


def test_every_status_is_known_by_its_own_name() -> None:
    assert [status_in_column(status.value)[0] for status in Status] == list(Status)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Action Plan for the period July 2010 – June 2011", "2010-07-01", "2011-06-30"),
        ("1 April 2024 to 31 March 2026", "2024-04-01", "2026-03-31"),
        ("October - March 2025", "2024-10-01", "2025-03-31"),
        ("Delivery plan 2016/17", "2016-04-01", "2017-03-31"),
        ("Service Plan 2014-2015", "2014-04-01", "2015-03-31"),
    ],
)
def test_a_period_is_read_where_a_line_says_so(line: str, first: str, last: str) -> None:
    assert period_in(line) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("line", ["Action plan", "2010", "June 2011 – July 2010", "31 June – 5 July 2010", "2010-25"])
def test_no_period_is_made_up(line: str) -> None:
    assert period_in(line) is None


def test_a_strategy_gives_its_year_in_brackets() -> None:
    titles = titles_in(["Housing Strategy: Towards 2030 (2024)", "Glossary of the strategy", "Action plan 2024/25"])
    assert (titles.strategy, titles.adopted, titles.title) == (
        "Housing Strategy: Towards 2030",
        2024,
        "Action plan 2024/25",
    )


@pytest.mark.parametrize(
    ("words", "authorities", "owner"),
    [
        ("TMBC", ("tmbc",), ("", "")),
        ("Tonbridge and Malling Borough Council", ("tmbc",), ("", "")),
        ("Sevenoaks, Tonbridge & Malling and Tunbridge Wells", ("sdc", "tmbc", "twbc"), ("", "")),
        ("All LAs", ("sdc", "tmbc", "twbc"), ("", "")),
        ("SDC Housing Options Manager", ("sdc",), ("post", "Housing Options Manager")),
        ("Private Sector Team", (), ("team", "Private Sector Team")),
        ("J. Smith", (), ("person", "J. Smith")),
        ("", (), ("", "")),
    ],
)
def test_who_answers_is_an_authority_or_an_owner(
    words: str, authorities: tuple[str, ...], owner: tuple[str, str]
) -> None:
    found = answerable_in(words, AUTHORITIES)
    assert found.authorities == authorities
    assert (found.owner.kind, found.owner.name) == (OwnerKind(owner[0]), owner[1])
