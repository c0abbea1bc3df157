"""What others put forward to a register is told in its files, and is never read back as risks of its own."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Register
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.files import register_file
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")


def file_of(kind: str, register: Register) -> bytes:
    return register_file(kind, OPERATOR, register, base_url="https://tracker.example")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_it_is_passed_over_beside_the_registers_own(kind: str) -> None:
    put_forward(a_risk(a_register(), "Theirs"), accepted=True)
    register = a_register("")
    a_risk(register, "Our own")
    file = register_in(file_of(kind, register))
    assert kind == "csv" or any(name.startswith("Put forward to this register") for name in file.passed_over)
    empty = a_register("", "empty")
    done = import_risks(OPERATOR, empty, file, Choices(), "risks")
    assert [risk.event for risk in done.new] == ["Our own"]
    assert compared(OPERATOR, empty, file, Choices()).new == ()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("xlsx", "the heads of a register but no risk"),
        ("ods", "the heads of a register but no risk"),
        ("csv", r"put forward to a register: they stay in their own\Z"),
    ],
)
def test_a_file_with_nothing_else_has_no_risk_to_bring(kind: str, words: str) -> None:
    put_forward(a_risk(a_register(), "Theirs"), accepted=True)
    content = file_of(kind, a_register(""))
    with pytest.raises(Invalid, match=words):
        import_risks(OPERATOR, a_register("", "empty"), register_in(content), Choices(), "risks")
