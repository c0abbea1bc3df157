"""Documents of a date after a reorganisation still say what was said under the old name."""

import datetime as dt
import json

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.rules import Status
from strategy_tracker.plans.sections import plan_document, plan_pdf
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.successions.operations import Choices, succeed
from strategy_tracker.transfer.drafting import draft_of_file
from strategy_tracker.transfer.operations import import_plan
from strategy_tracker.transfer.plan_json import plan_as_json
from strategy_tracker.transfer.stored import known_authorities
from tests import builders
from tests.cast import authority, partnership, person

ON = dt.date(2011, 4, 1)
DAY = dt.date(2011, 6, 30)


def end(old="sdc", by="kcc", **chosen):
    row = authority(old)
    choices = Choices(authority(by), {key.id: authority(slug) for key, slug in chosen.items()})
    succeed(person("coordinator"), row, row.version, choices, on=ON, reason="One council")


def document(day=DAY, whose=None):
    return plan_document(view_of(builders.plan(), day), authority(whose) if whose else None)


def lines(found, number="1.1", outcome=0):
    action = next(one for part in found.objectives for one in part.actions if one.number == number)
    return [(note.authority, note.status, note.text) for note in action.outcomes[outcome].progress]


def exported(day=DAY, whose=None):
    return json.loads(plan_as_json(builders.plan(), as_at=day, authority=whose))


def earlier(found, number="1.1"):
    actions = [one for part in found["objectives"] for one in part["actions"]]
    first = next(one for one in actions if one["number"] == number)["outcomes"][0]
    return first.get("earlier_progress", [])


@pytest.fixture
def said(database):
    builders.a_note(builders.action("1.1"), "sdc", Status.AT_RISK, "Said for this very day", as_at=DAY)


def test_what_the_old_one_said_stands_below_the_line_of_the_new_one(said):
    before = document()
    end()
    told = lines(document())
    place = [name for name, _, _ in told].index("KCC")
    assert told[place : place + 2] == [
        ("KCC", "not reported", ""),
        ("SDC, until 31 March 2011", "at risk", "Said for this very day"),
    ]
    assert ("SDC", "Sevenoaks District Council") in document().abbreviations
    assert "SDC" not in dict(before.abbreviations)


def test_it_counts_nowhere(said):
    end()
    found = document()
    assert sum(one.of for part in found.objectives for one in part.standings if one) == sum(
        len(lines_of.outcomes[0].progress) - sum("until" in note.authority for note in lines_of.outcomes[0].progress)
        for part in found.objectives
        for lines_of in part.actions
    )
    assert "at risk" not in {one.status for part in found.objectives for one in part.standings if one}
    assert "at risk" in dict(found.statuses), "but what the status means is said"
    assert "1 at risk" not in found.counts


def test_before_that_day_the_old_one_stands_under_its_own_name(said):
    end()
    told = [name for name, _, _ in lines(document(dt.date(2011, 3, 31)))]
    assert "SDC" in told
    assert not [name for name in told if "until" in name]


def test_a_part_that_was_taken_away_before_is_not_told_of(said):
    action = builders.action("1.1")
    others = [authority(slug) for slug in ("tmbc", "twbc")]
    plans.set_shares(person("coordinator"), action, action.version, others, change=Change("Agreed"))
    end()
    assert not [name for name, _, _ in lines(document()) if "until" in name]
    assert earlier(exported()) == []


def test_an_extract_tells_it_to_those_who_took_over_and_to_nobody_else(said):
    end()
    assert [name for name, _, _ in lines(document(whose="kcc"))] == ["KCC", "SDC, until 31 March 2011"]
    assert [name for name, _, _ in lines(document(whose="tmbc"))] == ["TMBC"]
    assert earlier(exported(whose="tmbc")) == []
    assert [one["authority"] for one in earlier(exported(whose="kcc"))]


def test_a_second_reorganisation_leaves_both_names(said):
    end()
    builders.a_note(builders.action("1.1"), "kcc", Status.ON_TRACK, "For a short time", as_at=DAY)
    end("kcc", "tmbc")
    told = [name for name, _, _ in lines(document(whose="tmbc"))]
    assert told == ["TMBC", "SDC, until 31 March 2011", "KCC, until 31 March 2011"]


def test_json_has_it_beside_the_progress(said):
    end()
    assert earlier(exported())[-1] == {
        "authority": "sdc",
        "until": "2011-03-31",
        "as_at": "2011-06-30",
        "status": "at risk",
        "text": "Said for this very day",
        "reason": "",
    }
    assert not [one for one in earlier(exported(dt.date(2011, 6, 29))) if one["as_at"] == "2011-06-30"]


def test_the_import_leaves_what_was_said_earlier_as_it_is(said):
    end()
    content = plan_as_json(builders.plan(), as_at=DAY)
    assert earlier(json.loads(content))
    draft = draft_of_file(content, known_authorities(partnership().id), {})
    assert import_plan(OPERATOR, partnership(), "2010-11", draft).is_nothing


def test_the_pdf_is_accessible_and_the_selects_do_not_grow(said, pdfua):
    with count_queries() as before:
        document()
    end()
    with count_queries() as one:
        found = document()
    assert one.count <= before.count + 2, "one for what was said, one for what became of it"
    pdfua.accepts(plan_pdf(found))
    end("twbc", "kcc")
    with count_queries() as two:
        document()
    assert two.count == one.count
