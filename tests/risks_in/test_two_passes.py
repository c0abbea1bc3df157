"""What the preview finds no fault with is taken: nothing is refused for the first time when risks are added."""

import datetime as dt
import random
import re

import pytest

from strategy_tracker.risks.models import Risk
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from tests.cast import person
from tests.risks.making import a_register
from tests.risks_in.files import csv_file

DAYS = ("", "", "-", "3 May 2010", "30 September 2010", "1 October 2010", "2 October 2010", "June 2010", "1980", "soon")
CELLS = {
    "Description": ("Grants stop", "Cause: money\nRisk: grants stop", "x" * 500, "x" * 501, "", "[exempt] x"),
    "Cause": ("", "Savings", "x" * 10_001),
    "Category": ("", "Money", "Other", "x" * 61),
    "Kind": ("", "Threat", "Opportunity"),
    "Impact": ("1", "4 Catastrophic", "3", "", "-", "9"),
    "Likelihood": ("1", "6", "Low", "", "?"),
    "Target": ("", "24", "4 Low", "6"),
    "Inherent impact": ("", "4"),
    "Inherent likelihood": ("", "6"),
    "Response": ("", "Treat: ask Tolerate: wait", "Wait", "none", "Treat:"),
    "4 Ts": ("", "", "Treat", "Tolerate / transfer"),
    "By when": (*DAYS, "31 March 2012"),
    "What is in place": ("", "Good: a plan\nWeak: a list", "A plan"),
    "Owner": ("Manager", "", "Jane Smith", "TBC", "x" * 201),
    "Owner is a": ("", "Team", "person", "friend"),
    "How soon": ("", "Now", "some day"),
    "Found": DAYS,
    "Last reviewed": DAYS,
    "Next review": (*DAYS, "Monthly", "5 May 2011", "25 months"),
    "Reviewed every": ("", "", "2 months", "quarterly", "0 months", "often"),
    "Assumptions": ("", "Rents stay"),
}
LINE = re.compile(r"row (\d+)")


def a_row(luck: random.Random, number: int) -> list[str]:
    """On one line. Most cells hold the first of their words, so that many rows have no fault."""
    cells = [luck.choice(words) if luck.random() < 0.25 else words[0] for words in CELLS.values()]
    return [str(number), *(cell.replace("\n", " ") for cell in cells)]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_without_a_fault_comes_in(seed: int) -> None:
    luck, heads = random.Random(seed), ("Id", *CELLS)
    register, officer = a_register(as_at=dt.date(2010, 10, 1)), person("officer")
    rows = [a_row(luck, number) for number in range(1, 200)]
    problems = compared(officer, register, register_in(csv_file(rows, heads)), Choices()).problems
    wrong = {int(line[1]) for place in problems if (line := LINE.search(place))}
    good = [row for number, row in enumerate(rows, start=2) if number not in wrong]
    assert 20 < len(good) < len(rows)
    done = import_risks(officer, register, register_in(csv_file(good, heads)), Choices(), "risks.csv")
    assert len(done.new) == Risk.select().where(Risk.register == register).count() == len(good)
