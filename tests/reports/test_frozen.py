"""What is published shows the same for ever: whatever is renamed, moved, deleted or upgraded later."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import (
    BlobField,
    BooleanField,
    CharField,
    DatabaseError,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from strategy_tracker import documents, schema
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.db import database as product
from strategy_tracker.db import is_postgresql, transaction
from strategy_tracker.documents import sections, templates
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.queries import issue_faults
from strategy_tracker.reports.reading import Asked, reading
from strategy_tracker.verification import faults
from tests import builders
from tests.decisions.making import a_decision
from tests.meetings.making import a_meeting, a_paper, an_item
from tests.milestones.making import a_milestone
from tests.reports.making import EVERYBODY, a_report, fresh, made_public, published

OTHER = "other words"


def all_copies(report: Report) -> dict[tuple[str, str], tuple[str, str, bytes, str]]:
    """What each audience reads: page, JSON, PDF and title."""
    found = {}
    for row in ReportIssue.select(ReportIssue.audience, ReportIssue.whose).where(ReportIssue.report == report):
        one = reading(OPERATOR, fresh(report), Asked(row.audience, row.whose))
        found[row.audience, row.whose] = (one.html, one.content, one.pdf(), one.title)
    return found


def a_value(field: Any, data: Any) -> Any:
    """Anything that the column may hold."""
    if isinstance(field, ForeignKeyField):
        return data.draw(st.sampled_from([None, 1, 2, 3]))
    if isinstance(field, BooleanField):
        return data.draw(st.booleans())
    if isinstance(field, IntegerField):
        return data.draw(st.integers(0, 9))
    if isinstance(field, DateTimeField):
        return data.draw(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2030, 1, 1)))
    if isinstance(field, DateField):
        return data.draw(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)))
    if isinstance(field, BlobField):
        return b"other"
    if isinstance(field, CharField | TextField):
        return data.draw(st.sampled_from(["", OTHER, "draft", "ended", "[]", "{}"]))
    return None


def spoil(model: Any, data: Any) -> None:
    """Rewrites columns of every row, or deletes every row; what a key, a check or a trigger refuses stays."""
    for field in model._meta.sorted_fields[1:]:
        attempt(model.update({field: a_value(field, data)}))
    attempt(model.delete())


def attempt(query: Any) -> None:
    try:
        with transaction():
            query.execute()
    except (DatabaseError, ValueError, TypeError):
        return


@pytest.fixture
def everything(database) -> Report:
    """A report that was published for everybody, in a partnership that has some of everything."""
    made_public()
    meeting = a_meeting(dt.date(2011, 5, 14))
    an_item(meeting)
    a_paper(meeting, on=dt.date(2011, 5, 3))
    a_decision(meeting, owner="tmbc")
    a_milestone(builders.action("1.1"), of="tmbc")
    return published(a_report(audiences=EVERYBODY))


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_later_change_of_any_table_leaves_what_is_published_as_it_was(everything, data):
    before = all_copies(everything)
    assert len(before) == 7
    with transaction() as undone:
        for model in reversed(schema.MODELS):
            spoil(model, data)
        assert all_copies(everything) == before
        assert list(issue_faults()) == []
        assert Milestone.select().count() == 0, "nothing was changed by this test"
        undone.rollback()


def test_it_is_read_whatever_became_of_people_authorities_and_templates(everything, monkeypatch):
    before = all_copies(everything)
    for statement in (
        "update authority set name = 'Other', short_name = 'O' || id, ended_on = '2011-01-01'",
        "update person set name = 'Somebody else'",
        "update partnership set name = 'Elsewhere'",
        "update plan set state = 'closed', title = 'Another'",
        "update quarter set period_from = '2001-01-01', period_to = '2001-03-31', opens_on = '2001-04-01'",
    ):
        product.execute_sql(statement)
    monkeypatch.setattr(sections, "_offered", {})
    monkeypatch.setattr(templates, "environment", nothing)
    monkeypatch.setattr(documents, "pdf", nothing)
    assert all_copies(everything) == before


def nothing(*_: Any, **__: Any) -> Any:
    raise AssertionError("what is published is read, and nothing of it is made")


def test_the_database_refuses_to_change_it(everything):
    tables = ("report_issue", "report_draft", "report_circulation", "public_reading", "report")
    for statement in [f"update {table} set id = id" for table in tables] + [f"delete from {table}" for table in tables]:
        with pytest.raises(DatabaseError, match="append-only"), transaction():
            product.execute_sql(statement)


def test_verify_finds_what_was_changed_past_the_database(everything):
    assert list(issue_faults()) == []
    on = " on report_issue" if is_postgresql() else ""
    product.execute_sql(f"drop trigger report_issue_refuses_update{on}")
    product.execute_sql("update report_issue set html = html || ' ' where audience = 'board'")
    product.execute_sql("update report_issue set content = '{}' where whose = 'tmbc'")
    ReportIssue.update(pdf=b"%PDF-other").where(ReportIssue.audience == "public").execute()
    assert sorted(faults()) == [
        "report 2010-11-q4, board: its page is not what was published",
        "report 2010-11-q4, extract of tmbc: its JSON is not what was published",
        "report 2010-11-q4, public: its PDF is not what was published",
    ]
