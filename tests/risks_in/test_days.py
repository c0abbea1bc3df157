"""The day of an import is one that the register can take, and the preview says so where it is not."""

import datetime as dt
import io

import pytest

from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Risk
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from tests.application import VisitorAs
from tests.cast import person
from tests.risks.making import a_register
from tests.risks_in.files import csv_file

DAY = dt.date(2010, 10, 1)
LATER = Choices(day=dt.date(2010, 11, 1))
NOT_AFTER = "not after 1 October 2010, the day of the register"


@pytest.mark.usefixtures("database")
def test_a_day_after_the_registers_own_is_found_before_anything_is_added() -> None:
    register, file = a_register(as_at=DAY), register_in(csv_file())
    for work in (compared, lambda *given: import_risks(*given, "risks.csv")):
        with pytest.raises(Invalid, match=NOT_AFTER):
            work(person("officer"), register, file, LATER)
    assert len(compared(person("officer"), register, file, Choices(day=DAY)).new) == 7


def test_the_preview_says_so_at_its_field(visitor_as: VisitorAs) -> None:
    a_register(as_at=DAY)
    officer = visitor_as("officer")
    page = officer.get("/p/west-kent/risks/tmbc-risks/import")
    page = officer.send(page, {"file": (io.BytesIO(csv_file()), "risks.csv")})
    page = officer.send(page, {"day": ["1", "11", "2010"]}, button="Show again with these choices")
    assert NOT_AFTER in page.errors[0]
    assert not page.all("button", value="import")
    assert Risk.select().count() == 0
