"""A quarter of West Kent's with something in every section, made by the product's own operations."""

import datetime as dt
from typing import Any

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.documents.sections import Section, SectionContext, contents, sections_for
from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews import report_sections
from strategy_tracker.reviews.decisions.operations import Wording, record_decision
from strategy_tracker.reviews.decisions.owners import Answerable
from strategy_tracker.reviews.decisions.rules import Kind
from tests import builders
from tests.cast import authority, partnership, person
from tests.meetings.making import a_meeting, an_item
from tests.quarters.making import the_quarter

MARCH = dt.date(2011, 3, 31)
OFFERED = report_sections
"""Importing it offers its sections."""


def context_of(audience: str = "full", *, whose: str | None = None, number: int = 4, **report: Any) -> SectionContext:
    """The context of April to June 2011's report, or of another quarter's of that year."""
    quarter = the_quarter(number)
    before = the_quarter(number - 1).period_to if number > 1 else None
    return SectionContext(
        partnership_id=partnership().id,
        quarter_id=quarter.id,
        period_from=quarter.period_from,
        period_to=quarter.period_to,
        as_at=quarter.period_to,
        previous_as_at=before,
        audience=audience,
        authority_id=authority(whose).id if whose else None,
        report={"title": "Quarterly report", "as_at": "30 June 2011", "partnership": "West Kent"} | report,
    )


def built(audience: str = "full", **more: Any) -> dict[str, Any]:
    """What each section holds, by its key."""
    return {section.key: content for section, content in parts(audience, **more)}


def parts(audience: str = "full", **more: Any) -> list[tuple[Section, Any]]:
    return contents(sections_for(audience), context_of(audience, **more))


def words_of_march() -> None:
    """What was said a quarter before: of 1.1 by all three, and of 2.1, which SDC had achieved."""
    for slug, status in (("sdc", Status.ON_TRACK), ("tmbc", Status.ONGOING), ("twbc", Status.AT_RISK)):
        builders.a_note(builders.action("1.1"), slug, status, f"Said in March by {slug}", as_at=MARCH)
    builders.a_note(builders.action("2.1"), "sdc", Status.ACHIEVED, "All homes are let", as_at=MARCH)


def a_meeting_that_asks(words: str = "Give TWBC until March 2012") -> Any:
    """The meeting that reviews the quarter, with a question on its agenda."""
    meeting = a_meeting(quarter=the_quarter())
    an_item(meeting, "The date of 2.1", asked=words, asked_by="TWBC")
    return meeting


def a_decision(meeting: Any, words: str, *, kind: Kind = Kind.OTHER, due_on: dt.date = dt.date(2011, 4, 30)) -> Any:
    """A decision that TMBC's officer is to see to."""
    owner = Answerable(person=person("officer"), authority=authority("tmbc"))
    return record_decision(OPERATOR, meeting, Wording(kind=kind, words=words, owner=owner, due_on=due_on))
