"""A register goes out and comes in again: the same risks, in an empty register of the same scheme."""

import datetime as dt
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.queries import responses_of, risks_of, scores_of
from strategy_tracker.risks.rules import ResponseKind, ScoreKind
from strategy_tracker.transfer.risks_in.drafts import State
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.files import register_file
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, put_forward
from tests.risks_in.files import word_file

pytestmark = pytest.mark.usefixtures("database")
DAY = dt.date(2010, 10, 1)
NOTHING = Choices()


def a_full_register() -> Register:
    """The seven, and one with all that a risk can have and the words that a spreadsheet might run."""
    register = a_register(as_at=DAY)
    import_risks(person("officer"), register, register_in(word_file()), NOTHING, "risks.docx")
    eight = a_risk(
        register,
        "=1+1 homes\N{RIGHT SINGLE QUOTATION MARK}",
        cause="+ grants",
        effect="- fewer homes\nfor more people",
        category="Money",
        owner=Owner(OwnerKind.POST, "Manager"),
        number=12,
    )
    for kind, impact in ((ScoreKind.TARGET, 0), (ScoreKind.INHERENT, 3)):
        a_score(Risk.get_by_id(eight.id), impact, 5, kind, on=dt.date(2010, 8, 1))
    add_response(OPERATOR, eight, kind=ResponseKind.TERMINATE, text="Stop it\n- at once")
    put_forward(Risk.get_by_id(eight.id), share=True)
    return Register.get_by_id(register.id)


def told(register: Register) -> list[tuple[Any, ...]]:
    rows = risks_of(person("officer"), register)
    scores, responses = scores_of([row.id for row in rows]), responses_of([row.id for row in rows])
    return [
        (
            *(row.number, row.event, row.cause, row.effect, row.category, row.owner_kind, row.owner_name),
            *(row.reviewed_on, row.review_due_on),
            {kind: (one.impact, one.likelihood, one.words) for kind, one in scores.get(row.id, {}).items()},
            [(one.kind, one.text) for one in responses.get(row.id, [])],
        )
        for row in sorted(rows, key=lambda row: row.number)
    ]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_what_went_out_comes_in_as_it_was(kind: str) -> None:
    register = a_full_register()
    content = register_file(kind, person("officer"), register, base_url="https://tracker.example")
    file = register_in(content)
    again = compared(person("officer"), register, file, NOTHING)
    assert (again.problems, {risk.state for risk in again.risks}) == ({}, {State.SAME})
    empty = a_register("tmbc", "empty", as_at=DAY)
    assert len(import_risks(person("officer"), empty, file, NOTHING, "risks").new) == 8
    assert told(empty) == told(register)
