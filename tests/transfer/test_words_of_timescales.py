"""A timescale in words goes out and comes back with its words, and no date is wiped by words that are no date."""

import datetime as dt
from collections.abc import Iterator

import pytest

from strategy_tracker.plans.models import Outcome
from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind
from strategy_tracker.transfer.out.layout import timescale_cell, timescale_said
from tests import builders
from tests.transfer.going_out import Cells, changes_by, edited, sent_out, setting, shown

CONDITION, RECURRING, NONE = TimescaleKind.CONDITION, TimescaleKind.RECURRING, TimescaleKind.NONE
WORDS = {"Every month": RECURRING, "Subject to funding": CONDITION, "TBC": CONDITION, "When funds allow": CONDITION}


@pytest.mark.parametrize(("words", "kind"), [*WORDS.items(), ("Early doors", NONE), ("every quarter", RECURRING)])
def test_a_cell_of_words_keeps_them(words: str, kind: TimescaleKind) -> None:
    said = timescale_said(words)
    assert (said.kind, said.words) == (kind, words)
    assert timescale_cell(said) == words


def test_the_words_of_a_date_that_are_nothing_but_the_date_are_not_kept() -> None:
    assert timescale_said("June 2011").words == "" and timescale_said("2011").words == ""
    assert timescale_said("by end June 2011").words == "by end June 2011"


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("words", [*WORDS, "Early doors"])
def test_a_date_becomes_the_words_that_a_person_wrote(kind: str, words: str) -> None:
    content = edited(kind, sent_out(kind), setting("1.1", "SDC", Timescale=words))
    assert shown(changes_by(content)) == [("changed", "outcome of 1.1", "timescale", "30 July 2010", words)]
    outcome = builders.outcomes(builders.action("1.1"))[0]
    assert (outcome.timescale_words, outcome.due_on) == (words, None)
    assert outcome.timescale_kind == WORDS.get(words, NONE)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_new_row_has_the_timescale_that_it_says(kind: str) -> None:
    def add(rows: Cells) -> None:
        for number, words in (("1.8", "Every quarter"), ("1.9", "TBC")):
            cells = {"Objective number": "1", "Action number": number, "Action": f"Act {words}", "Timescale": words}
            rows.append([cells.get(head, "") for head in rows[0]])

    changes_by(edited(kind, sent_out(kind), add))
    found = {row.action.number: (row.timescale_kind, row.timescale_words) for row in Outcome.select()}
    assert (found["1.8"], found["1.9"]) == ((RECURRING, "Every quarter"), (CONDITION, "TBC"))


def all_sorts() -> Iterator[tuple[str, Timescale]]:
    yield "Asked", Timescale(CONDITION, words="subject to funding")
    yield "Met", Timescale(RECURRING, words="every quarter")
    yield "Turned round", Timescale(CONDITION, words="every quarter")
    yield "Said", Timescale(NONE, words="soon")
    yield "Dated", Timescale.by(dt.date(2011, 6, 30), Precision.MONTH, "by the end of June 2011")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_without_its_marks_wipes_no_timescale(kind: str) -> None:
    plan = builders.a_plan("sorts", agreed=False)
    objective = builders.an_objective(plan, "One")
    builders.an_action(objective, "Do it", of=("tmbc", "sdc"), outcomes=list(all_sorts()))

    def without_marks(rows: Cells) -> None:
        at = rows[0].index("Row")
        for row in rows:
            del row[at]

    content = edited(kind, sent_out(kind, plan=plan), without_marks)
    changes = changes_by(content, "sorts", apply=False)
    assert shown(changes) == []
    assert not any(out.differs for one in changes.objectives for action in one.actions for out in action.outcomes)
