"""Risks of an old day are overdue for their review as soon as they come in: that is said before."""

import datetime as dt
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.cli import main
from strategy_tracker.risks.models import Risk
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from tests.application import VisitorAs
from tests.cast import person
from tests.databases import using
from tests.risks.making import a_register
from tests.risks_in.files import HEADS, ROWS, csv_file

DAY = dt.date(2010, 10, 1)
OLD = Choices(day=dt.date(1999, 2, 28))
ALL = "The next reviews of 7 new risks are overdue at once, the first since 28 May 1999"
MORE = (*HEADS, "Last reviewed", "Next review")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("reviewed", "next_one", "words"),
    [
        ("", "", "The next review of 1 new risk is overdue at once, since 28 May 1999"),
        ("30 June 2010", "", "The next review of 1 new risk is overdue at once, since 30 September 2010"),
        ("1 July 2010", "", ""),
        ("30 June 2010", "1 October 2010", ""),
        ("", "30 September 2010", "The next review of 1 new risk is overdue at once, since 30 September 2010"),
    ],
)
def test_what_the_import_says_is_what_the_register_then_asks(reviewed: str, next_one: str, words: str) -> None:
    register = a_register(as_at=DAY)
    file = register_in(csv_file([(*ROWS[0], reviewed, next_one)], MORE))
    choices = OLD if not reviewed else Choices(day=DAY)
    assert compared(person("officer"), register, file, choices).overdue_words == words
    import_risks(person("officer"), register, file, choices, "risks.csv")
    assert (Risk.get().review_due_on < DAY) == bool(words)


@pytest.mark.usefixtures("database")
def test_a_risk_without_a_score_counts_from_the_day_on_which_it_was_found() -> None:
    register = a_register(as_at=DAY)
    file = register_in(
        csv_file([("1", "Floods", "", "", "1 May 2010")], ("Id", "Risk", "Impact", "Likelihood", "Found"))
    )
    words = "The next review of 1 new risk is overdue at once, since 1 August 2010"
    assert compared(person("officer"), register, file, Choices()).overdue_words == words
    import_risks(person("officer"), register, file, Choices(), "risks.csv")
    assert str(Risk.get().review_due_on) == "2010-08-01"


def test_the_page_says_so(visitor_as: VisitorAs) -> None:
    a_register(as_at=DAY)
    officer = visitor_as("officer")
    page = officer.get("/p/west-kent/risks/tmbc-risks/import")
    page = officer.send(page, {"file": (io.BytesIO(csv_file()), "risks.csv")})
    assert "overdue at once" not in page.words
    page = officer.send(page, {"day": ["28", "2", "1999"]}, button="Show again with these choices")
    assert f"{ALL}." in page.words


def test_the_command_says_so_and_names_the_option_of_a_day_that_cannot_be(database_url: str, tmp_path: Path) -> None:
    with using(database_url):
        a_register(as_at=DAY)
    path = tmp_path / "risks.csv"
    path.write_bytes(csv_file())

    def run(*more: str) -> Result:
        words = ["import", "risks", str(path), "--partnership", "west-kent", "--register", "tmbc-risks", *more]
        return CliRunner().invoke(main, words, env={"TRACKER_DATABASE_URL": database_url, "TRACKER_BASE_URL": ""})

    assert run("--as-at", "2030-01-01").stderr == (
        "--as-at: The day must be after 1989, and not after 1 October 2010, the day of the register\n"
    )
    assert f"look at: {ALL}" in run("--as-at", "1999-02-28", "--dry-run").stdout
    assert "overdue at once" not in run("--dry-run").stdout
