"""Whatever words a risk is written in, our files of every kind bring them back."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from strategy_tracker.owners import OwnerKind
from strategy_tracker.risks.rules import Effectiveness, Proximity, ResponseKind, ResponseState
from strategy_tracker.text import normalise, one_line, problem_with_marks
from strategy_tracker.transfer.risks_in.check import checked
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.book import clean
from strategy_tracker.transfer.risks_out.columns import CONTROLS, RESPONSES, RISKS, SCORES, Book, Columns, Sheet, Value
from strategy_tracker.transfer.risks_out.delimited import csv_file
from strategy_tracker.transfer.risks_out.excel import excel_file
from strategy_tracker.transfer.risks_out.opendocument import opendocument_file
from tests.risks.making import four_by_six

WRITERS = {"xlsx": excel_file, "ods": opendocument_file, "csv": csv_file}
MADE = dt.datetime(2010, 10, 1, tzinfo=dt.UTC)
TEXTS = st.text(max_size=80).map(normalise).map(clean).filter(lambda text: not problem_with_marks(text))
LINES = TEXTS.map(one_line)
DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2010, 9, 30))


def sheet(name: str, columns: Columns, **cells: Value) -> Sheet:
    """One row; cells by the head with "_" for a blank."""
    said = {name.replace("_", " "): value for name, value in cells.items()}
    assert set(said) <= {head for head, _ in columns}
    return Sheet(name, columns, (tuple(said.get(head) for head, _ in columns),))


@pytest.mark.parametrize("kind", WRITERS)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_words_come_back(kind: str, data: st.DataObject) -> None:
    event, cause, effect, assumptions = (data.draw(one) for one in (LINES, TEXTS, TEXTS, TEXTS))
    done, in_place, name = data.draw(TEXTS), data.draw(TEXTS), data.draw(LINES)
    assume(event and done and in_place and name)
    nature, soon, found = data.draw(st.booleans()), data.draw(st.sampled_from(Proximity)), data.draw(DAYS)
    response, state = data.draw(st.sampled_from(ResponseKind)), data.draw(st.sampled_from(ResponseState))
    owner, grade = data.draw(st.sampled_from(list(OwnerKind)[1:])), data.draw(st.sampled_from(Effectiveness))
    months = data.draw(st.integers(1, 24))
    risks = sheet(
        "Risks",
        RISKS,
        Number=7,
        Risk=event,
        Cause=cause,
        Effect=effect,
        Assumptions=assumptions,
        Kind="Opportunity" if nature else "Threat",
        Impact="3 Critical",
        Likelihood="4 Significant",
        Owner=name,
        Owner_is_a=owner.capitalize(),
        How_soon=soon.capitalize(),
        Found=found,
        Reviewed_every=f"{months} months",
    )
    parts = (
        sheet(
            "Responses",
            RESPONSES,
            Number=7,
            Kind=response.capitalize(),
            What_is_done=done,
            Owner=name,
            Owner_is_a=owner.capitalize(),
            Due=found,
            State=state.capitalize(),
        ),
        sheet("Controls", CONTROLS, Number=7, What_is_in_place=in_place, How_good_it_is=grade.capitalize()),
        sheet("Scores", SCORES, Number=7, Score="Current", Impact="3 Critical", Likelihood="4 Significant",
              Given_on=found, Why=done),
    )  # fmt: skip
    file = register_in(WRITERS[kind](Book("Risks", (), (risks, *parts), MADE)))
    result = checked(file, four_by_six(), {}, day=dt.date(2010, 10, 1))
    assert result.problems == {}
    (risk,) = result.risks
    assert (risk.event, risk.cause, risk.effect, risk.assumptions) == (event, cause, effect, assumptions)
    assert (risk.is_opportunity, risk.proximity, risk.opened_on, risk.review_months) == (nature, soon, found, months)
    assert (risk.owner.kind, risk.owner.name) == (owner, name)
    if kind != "csv":
        (one,), (control,), (score,) = risk.responses, risk.controls, risk.scores
        assert (one.kind, one.text, one.owner.kind, one.owner.name) == (response, done, owner, name)
        assert (one.due_on, one.state) == (found, state)
        assert (control.text, control.effectiveness) == (in_place, grade)
        assert (score.given_on, score.why) == (found, done)
