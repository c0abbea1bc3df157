"""Heads that need a person: what the page offers, and what is remembered."""

import io

import pytest

from tests.application import VisitorAs
from tests.transfer.laid_out import sheet
from tests.visitor import Answer, Visitor

IMPORTS = "/p/west-kent/imports/"
HEADS = ("Objective", "Action", "Target date", "Revised date", "Q1 update", "Q3", "RAG", "Notes/Comments")
ROW = ("1. Fewer", "Write", "Mar-25", "June 2025", "Begun", "Done", "Amber", "Chair asked")
AGAIN = "Show again with these choices"


@pytest.fixture
def coordinator(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("coordinator")


def upload(visitor: Visitor, slug: str, title: str = "Action plan 2025/26") -> Answer:
    content = sheet([(title,), HEADS, ROW, ("Total", "1")])
    words = {"plan": "+", "slug": slug, "progress_of": "sdc", "file": (io.BytesIO(content), "plan.xlsx")}
    return visitor.send(visitor.get(IMPORTS), words)


def test_a_quarter_without_a_year_is_settled_with_the_plan_s_years(coordinator: Visitor) -> None:
    page = upload(coordinator, "2025-26")
    assert len(page.errors) == 2
    assert "What is no part of the plan was passed over: Plan, row 4 (Total; 1)" in page.words
    assert "where “Revised date” is filled in it is the timescale" in page.words
    choices = {"head-5": "progress@2025-12-31", "head-6": "status@2025-06-30", "head-7": "progress@2025-06-30"}
    again = coordinator.send(page, choices, button=AGAIN)
    assert again.errors == []
    assert "June 2025 (was Mar-25)" in again.words
    assert "[at risk] Begun Notes/Comments: Chair asked" in again.words
    assert "as at 31 December 2025 [status not given] Done" in again.words
    done = coordinator.send(again, {"do": "import"}, button="Import")
    assert done.address == "/p/west-kent/plans/2025-26/"
    assert upload(coordinator, "next").errors == []


def test_every_date_that_a_status_may_belong_to_is_offered(coordinator: Visitor) -> None:
    page = upload(coordinator, "2025-27", "Action plan April 2025 – March 2027")
    offered = [option.attrib.get("value") for option in page.all("option")]
    assert {"progress@2025-06-30", "progress@2026-06-30", "status@2026-12-31"} <= set(offered)
