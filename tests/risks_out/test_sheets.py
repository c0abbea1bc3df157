"""The sheets of a register: what is too long for a cell goes on below; what a risk is linked to stands beside it."""

import io
import zipfile

import openpyxl
import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.transfer.out.words import LONGEST_CELL
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.risks_in.operations import Choices, compared
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.columns import RISKS
from strategy_tracker.transfer.risks_out.files import register_file
from tests import builders
from tests.cast import person
from tests.risk_ties.making import a_risk_link
from tests.risks.making import a_register, a_risk

pytestmark = pytest.mark.usefixtures("database")


def sent(kind: str, register: Register, who: Acting = OPERATOR) -> bytes:
    return register_file(kind, who, Register.get_by_id(register.id), base_url="https://tracker.example")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_responses_that_are_too_long_together_go_on_in_rows_below(kind: str) -> None:
    register = a_register()
    risk, other = a_risk(register), a_risk(register, "Builders stop")
    texts = [f"{letter * 9_000}\n{letter}" for letter in "ABCDEFGH"]
    for text in texts:
        add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text=text)
    content = sent(kind, register)
    (grid,) = [grid for grid in read_document(content).grids if grid.name == "Risks"]
    column = [head for head, _ in RISKS].index("Responses")
    cells = [grid.rows[row][column].text for row in (1, 2, 3)]
    assert all(len(cell) <= LONGEST_CELL for cell in cells)
    assert "\n".join(cells) == "\n".join(f"Treat: {text}" for text in texts)
    assert [row[0].text for row in grid.rows[1:]] == ["1", "", "", str(other.number)]
    found = compared(OPERATOR, register, register_in(content), Choices())
    assert (found.problems, len(found.risks)) == ({}, 2)
    assert [each.text for each in found.risks[0].responses] == texts


def test_the_whole_table_of_a_file_can_be_filtered() -> None:
    with zipfile.ZipFile(io.BytesIO(sent("ods", a_risk().register))) as package:
        content = package.read("content.xml").decode()
    assert len(RISKS) > 26
    assert 'table:target-range-address="$Risks.$A$1:$Risks.$AF$2"' in content


def links_in(content: bytes) -> list[str | None]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Risks"]
    return [sheet.cell(row, len(RISKS)).value for row in range(2, sheet.max_row + 1)]


def test_what_a_risk_is_linked_to_stands_beside_it_in_as_many_selects_for_many() -> None:
    action = builders.action("1.1")
    risk = a_risk(shared=True)
    a_risk_link(risk, action)
    with count_queries() as one:
        content = sent("xlsx", risk.register)
    (words,) = links_in(content)
    assert words is not None
    assert words.startswith("Action 1.1, ") and words.endswith(": Advise people before they lose their home")
    for number in (2, 3, 4):
        a_risk_link(a_risk(event=f"Risk {number}"), builders.action("2.1"))
    with count_queries() as many:
        assert len(links_in(sent("xlsx", risk.register))) == 4
    assert one.count == many.count
    assert len(links_in(sent("xlsx", risk.register, person("other officer")))) == 1
