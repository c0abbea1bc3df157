"""What a person chose for a file is kept until the file is applied, and no longer."""

import pytest

from strategy_tracker.errors import Forbidden
from strategy_tracker.transfer.keeping import KEPT_FOR, LONGEST_NAME, plain_name
from strategy_tracker.transfer.risks_in.models import RiskImport
from strategy_tracker.transfer.risks_in.operations import (
    Choices,
    apply_import,
    choices_of,
    choose,
    compared,
    digest_of,
    keep_import,
    own_import,
)
from strategy_tracker.transfer.risks_in.reading import register_in
from tests.cast import person
from tests.risks.making import a_register
from tests.risks_in.files import csv_file

pytestmark = pytest.mark.usefixtures("database")


def test_choices_are_kept_and_change_nothing_of_a_file_that_was_applied() -> None:
    register, officer = a_register(), person("officer")
    row = keep_import(officer, register, "risks.csv", csv_file())
    choose(officer, row, Choices(leaves=True))
    assert choices_of(own_import(officer, row.id)).leaves
    with pytest.raises(Forbidden):
        choose(person("viewer"), row, Choices())
    other = RiskImport.get_by_id(row.id)
    seen = digest_of(compared(officer, register, register_in(csv_file()), Choices(leaves=True)))
    apply_import(officer, row, seen)
    choose(officer, other, Choices(leaves=False))
    assert choices_of(RiskImport.get_by_id(row.id)).leaves


def test_a_file_is_gone_after_a_day() -> None:
    register, officer = a_register(), person("officer")
    old = keep_import(officer, register, "old.csv", csv_file())
    RiskImport.update(created_at=old.created_at - KEPT_FOR).where(RiskImport.id == old.id).execute()
    keep_import(officer, register, "new.csv", csv_file())
    assert [row.filename for row in RiskImport.select()] == ["new.csv"]


def test_a_files_name_is_its_last_part() -> None:
    assert plain_name(r"C:\papers\risks.csv") == plain_name("/papers/risks.csv") == "risks.csv"
    assert (plain_name(""), len(plain_name("x" * 300))) == ("file", LONGEST_NAME)
