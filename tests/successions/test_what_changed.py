"""What changed between two dates across a reorganisation: who goes on with what, and nothing lost or new for it."""

import datetime as dt

import pytest

from strategy_tracker.db import database
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.sections import changes_pdf
from strategy_tracker.plans.versions.between import between
from strategy_tracker.plans.versions.differences import Kind
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.plans.versions.story import versions_told
from strategy_tracker.successions.operations import Choices, succeed
from tests import builders
from tests.cast import authority, person

ON = dt.date(2011, 4, 1)
THEN, NOW = dt.date(2011, 3, 1), dt.date(2011, 6, 30)
PLAN = "/p/west-kent/plans/2010-11/"


def end(old="sdc", by="kcc"):
    row = authority(old)
    succeed(person("coordinator"), row, row.version, Choices(authority(by)), on=ON, reason="One council")


def told():
    return [(one.kind, one.label) for one in between(builders.plan(), THEN, NOW).structure]


@pytest.mark.usefixtures("database")
class TestToldAsSuccession:
    def test_parts_and_leads_go_on(self):
        end()
        assert told() == [
            (Kind.SUCCEEDED, "The lead of action 2.1, SDC’s, goes on with KCC"),
            (Kind.SUCCEEDED, "SDC’s part in action 1.1 goes on with KCC"),
            (Kind.SUCCEEDED, "SDC’s part in action 2.1 goes on with KCC"),
        ]

    def test_two_that_are_merged_are_told_each_by_its_name(self):
        end("sdc")
        end("twbc")
        labels = [label for _, label in told() if "action 1.1" in label]
        assert labels == ["SDC’s part in action 1.1 goes on with KCC", "TWBC’s part in action 1.1 goes on with KCC"]
        assert {kind for kind, _ in told()} == {Kind.SUCCEEDED}

    def test_who_took_part_already_goes_on_with_it_too(self):
        end("sdc", "tmbc")
        assert (Kind.SUCCEEDED, "SDC’s part in action 1.1 goes on with TMBC") in told()

    def test_a_second_reorganisation_is_told_with_who_has_it_now(self):
        end("sdc", "kcc")
        end("kcc", "tmbc")
        assert (Kind.SUCCEEDED, "SDC’s part in action 2.1 goes on with TMBC") in told()

    def test_other_words_of_what_goes_on_are_still_told(self):
        end()
        action = builders.action("2.1")
        plans.edit_action(
            person("coordinator"),
            action,
            action.version,
            text="Other words",
            lead=action.lead,
            owner=Owner(),
            change=Change("Agreed", on=ON),
        )
        (changed,) = [one for one in between(builders.plan(), THEN, NOW).structure if one.kind is Kind.CHANGED]
        assert [change.label for change in changed.changes] == ["Words"]

    def test_what_was_taken_out_beside_it_is_taken_out(self):
        end("sdc", "kcc")
        action = builders.action("1.1")
        change = Change("Agreed", on=ON)
        plans.set_shares(person("coordinator"), action, action.version, [authority("tmbc")], change=change)
        assert (Kind.CLOSED, "SDC’s part in action 1.1") in told()
        assert (Kind.CLOSED, "TWBC’s part in action 1.1") in told()

    def test_the_version_says_it_in_words(self):
        end()
        assert versions_told(builders.plan())[-1].what == (
            "2 authorities’ parts and 1 lead go on with another authority"
        )

    def test_the_pdf_says_it(self, pdfua):
        end()
        found = between(builders.plan(), THEN, NOW)
        pdfua.accepts(changes_pdf(builders.plan(), found))


def test_the_page_says_it(app, visitor_as):
    with database.connection_context():
        end()
    page = visitor_as("viewer").get(f"{PLAN}changes?from=2011-03-01&to=2011-06-30")
    assert "Goes on with another authority 2 SDC’s lead goes on with KCC: action 2.1" in page.words
    assert "SDC’s 2 parts go on with KCC: action 1.1, action 2.1" in page.words
    assert "Taken out of the plan" not in page.words
    assert "New in the plan" not in page.words
