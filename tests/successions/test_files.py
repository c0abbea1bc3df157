"""Spreadsheets and Word files after a reorganisation say under the old name what was said under it."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.plans.rules import Status
from strategy_tracker.transfer.back.own import own_file
from strategy_tracker.transfer.draft import ActionDraft, ObjectiveDraft, OutcomeDraft, PlanDraft, ShareDraft
from strategy_tracker.transfer.out.earlier import Told, with_earlier
from strategy_tracker.transfer.out.layout import Column, rows_of
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.returns.operations import blank_return
from tests import builders
from tests.cast import authority, person
from tests.successions.test_documents import DAY, end
from tests.transfer.going_out import KINDS, changes_by, edited, sent_out

TOLD = "SDC, until 31 March 2011: at risk\nSaid for this very day\nAs at 30 June 2011"


@pytest.fixture
def said(database):
    builders.a_note(builders.action("1.1"), "sdc", Status.AT_RISK, "Said for this very day", as_at=DAY)


def earlier(content, number="1.1"):
    """By authority, what stands in the last column but one of an action's rows."""
    found = own_file(read_document(content))
    rows = [row for row in found.rows if row.key and row.key.authority]
    wanted = {builders.outcomes(builders.action(number))[0].id}
    return {row.key.authority: row.cells.get(Column.EARLIER) for row in rows if row.key.number in wanted}


@pytest.mark.parametrize("kind", KINDS)
def test_it_stands_in_the_row_of_who_took_over_and_comes_back_without_a_change(said, kind):
    assert set(earlier(sent_out(kind, as_at=DAY)).values()) == {None}, "no such column where nobody ended"
    end()
    content = sent_out(kind, as_at=DAY)
    assert earlier(content) == {"tmbc": "", "twbc": "", "kcc": TOLD}
    assert changes_by(content).is_nothing
    assert not own_file(read_document(content)).others, "it is no column that nobody knows"


def test_a_file_of_one_authority_has_what_it_took_over_alone(said):
    end()
    assert earlier(sent_out("csv", of="kcc", as_at=DAY)) == {"kcc": TOLD}
    assert earlier(sent_out("csv", of="tmbc", as_at=DAY)) == {"tmbc": None}


def test_before_the_reorganisation_and_before_the_report_there_is_none(said):
    end()
    assert set(earlier(sent_out("csv", as_at=dt.date(2011, 3, 1))).values()) == {None}
    builders.a_note(builders.action("1.1"), "kcc", Status.AT_RISK, "Ours now", as_at=DAY)
    told = earlier(sent_out("csv", as_at=dt.date(2011, 6, 29)))
    assert "Said for this very day" not in str(told)


def test_an_offline_return_has_it_where_the_last_report_stands(said):
    end()
    content = blank_return(person("coordinator"), builders.plan(), authority("kcc"), "https://tracker.example")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Return"]
    place = [cell.value for cell in sheet[3]].index("Last report")
    assert next(row[place].value for row in sheet.iter_rows(min_row=4)) == TOLD


def test_changes_in_it_are_not_read(said):
    end()

    def changed(cells):
        place = cells[0].index("Reported before")
        for row in cells[1:]:
            row[place] = "Something else"

    assert changes_by(edited("csv", sent_out("csv", as_at=DAY), changed)).is_nothing


def test_what_nobody_in_the_action_goes_on_with_stands_in_its_last_row():
    outcome = OutcomeDraft("Fewer", row=7)
    shares = tuple(ShareDraft(slug) for slug in ("tmbc", "twbc"))
    action = ActionDraft("1.1", "Advise", shares=shares, outcomes=(outcome, replace(outcome, row=8)))
    rows = rows_of(PlanDraft((ObjectiveDraft("1", "Prevent", actions=(action,)),)), {})
    told = {7: [Told("Of nobody here", frozenset({"kcc"})), Told("Of the first", frozenset({"tmbc"}))]}
    words = [row.values.get(Column.EARLIER) for row in with_earlier(rows, told)]
    assert words == ["Of the first", "Of nobody here", None, None]


def test_the_selects_do_not_grow(said):
    with count_queries() as before:
        sent_out("csv", as_at=DAY)
    end()
    with count_queries() as one:
        sent_out("csv", as_at=DAY)
    assert one.count <= before.count + 2
    end("twbc", "kcc")
    with count_queries() as two:
        sent_out("csv", as_at=DAY)
    assert two.count == one.count
