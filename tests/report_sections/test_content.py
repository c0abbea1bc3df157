"""What the sections of a quarter's report say, on both databases, of plans made by the product's own operations."""

import datetime as dt
import json

import pytest
import time_machine
from playhouse.test_utils import count_queries

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.documents.sections import fragment, offered, report_body
from strategy_tracker.plans import operations
from strategy_tracker.plans.rules import Status, Timescale
from strategy_tracker.quarters.models import Reopening, Return
from strategy_tracker.reviews.decisions.rules import Kind
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.returns.operations import accept_return, submit_return
from tests import builders
from tests.cast import CAST, authority, person
from tests.html_check import assert_sound
from tests.meetings.making import a_meeting
from tests.quarters.making import IN_TIME, the_quarter, the_quarters
from tests.report_sections.making import (
    a_decision,
    a_meeting_that_asks,
    built,
    context_of,
    parts,
    words_of_march,
)

pytestmark = pytest.mark.usefixtures("database")


def counts(row) -> dict[str, tuple[int, int | None]]:
    return {one["label"]: (one["now"], one["was"]) for one in row["counts"] if one["now"] or one["was"]}


def test_the_figures_count_shares_and_missing_is_missing():
    words_of_march()
    figures = built()["summary"]["figures"]
    rows = {row["short"]: counts(row) for row in figures["rows"]}
    assert rows == {
        "SDC": {"Achieved": (1, 1), "On track or ongoing": (0, 1), "Off track": (1, 0)},
        "TMBC": {"On track or ongoing": (1, 1), "Not reported": (1, 1)},
        "TWBC": {"At risk": (0, 1), "Not reported": (2, 1)},
    }
    assert figures["whole"]["total"] == 6
    assert figures["previous"] == "31 March 2011"
    assert "Of 1 share no report was due" in figures["nothing_due"]
    assert built()["summary"]["lead"] == (
        "2 of 6 shares are achieved, on track or ongoing. 1 is off track (none in the quarter before) and none at "
        "risk; 3 were not reported."
    )


def test_without_a_quarter_before_nothing_is_compared():
    words_of_march()
    found = built(number=1)
    assert found["changes"]["since"] == ""
    assert found["changes"]["groups"][0]["count"] == 0
    assert all(one["was"] is None for one in found["summary"]["figures"]["whole"]["counts"])


def test_what_changed_stands_in_its_list_with_its_reason():
    words_of_march()
    builders.a_note(builders.action("1.1"), "twbc", Status.DEFERRED, "Later", reason="Moved to the next year")
    groups = {one["key"]: one for one in built()["changes"]["groups"]}
    worse = groups["worse"]["turns"]
    assert [(one["authorities"], one["was"], one["now"]) for one in worse] == [("SDC", "on track", "off track")]
    closed = groups["closed"]["turns"]
    assert [(one["authorities"], one["why"][0]["words"]) for one in closed] == [("TWBC", "Moved to the next year")]
    assert set(groups) == {"worse", "better", "closed"}


def test_a_share_that_fell_silent_is_neither_worse_nor_better():
    words_of_march()
    silent = next(one for one in built()["changes"]["groups"] if one["key"] == "silent")
    assert [(one["authorities"], one["was"]) for one in silent["turns"]] == [("TWBC", "at risk")]


def test_a_moved_date_tells_where_it_stood_first_and_why():
    outcome = builders.outcomes(builders.action("1.1"))[0]
    with time_machine.travel(dt.datetime(2011, 5, 3, 9, 0)):
        operations.edit_outcome(
            OPERATOR,
            outcome,
            outcome.version,
            text=outcome.text,
            lead=None,
            timescale=Timescale.by(dt.date(2011, 9, 30)),
            change=builders.WHY,
        )
    moved = built()["changes"]["moved"]
    assert [(one["was"], one["now"], one["first"], one["reasons"]) for one in moved] == [
        ("30 July 2010", "30 September 2011", "30 July 2010, moved once", ["The steering group asked for it"])
    ]
    assert built(number=3)["changes"]["moved"] == []


def test_exceptions_come_worst_first_with_what_is_said_or_was_heard_last():
    words_of_march()
    kinds = {kind["status"]: kind["shares"] for kind in built()["exceptions"]["kinds"]}
    assert list(kinds) == ["off track", "not reported"]
    assert kinds["off track"][0]["said"][0]["text"] == "The post is vacant"
    assert kinds["off track"][0]["was"] == "on track"
    heard = {(one["authority"], one["action"]["number"]): one["last"] for one in kinds["not reported"]}
    assert heard == {
        ("TMBC", "1.2"): "1 of 2 outcomes not reported. Nothing was ever reported.",
        ("TWBC", "1.1"): "At risk, as at 31 March 2011.",
        ("TWBC", "2.1"): "Nothing was ever reported.",
    }


def test_overdue_says_by_which_rule_and_the_longest_comes_first():
    late = built()["overdue"]
    assert "before 30 June 2011 (no days of grace)" in late["rule"]
    assert [(one["action"]["number"], one["late"]) for one in late["dates"]] == [("1.1", "11 months")]
    assert late["dates"][0]["standing"] == [["off track", "SDC"], ["ongoing", "TMBC"], ["not reported", "TWBC"]]
    assert late["shares"] == 3


def test_each_objective_tells_the_worst_of_each_authority():
    found = built()["objectives"]
    rows = found["plans"][0]["objectives"]
    assert [[cell["words"] for cell in row["cells"]] for row in rows] == [
        ["Off track", "Not reported, 1\u00a0of\u00a02", "Not reported"],
        ["Not reported", "No part", "Not reported"],
    ]
    assert [(row["well"], row["of"]) for row in rows] == [(1, 4), (0, 2)]


def test_an_extract_holds_one_authoritys_shares_alone():
    words_of_march()
    found = built("extract", whose="tmbc")
    assert [row["short"] for row in found["summary"]["figures"]["rows"]] == ["TMBC"]
    assert "SDC" not in json.dumps({key: found[key] for key in ("summary", "changes", "exceptions", "overdue")})
    assert [one["number"] for one in found["objectives"]["plans"][0]["objectives"]] == ["1"]


def test_two_plans_of_a_quarter_are_counted_together_and_told_apart():
    second = builders.a_plan("young", title="Plan for the young", period_from=dt.date(2011, 6, 1), agreed=False)
    action = builders.an_action(builders.an_objective(second), of=["tmbc"], outcomes=["A protocol"])
    builders.a_note(builders.agree(second) and action, "tmbc", Status.AT_RISK)
    found = built()
    assert found["summary"]["figures"]["whole"]["total"] == 7
    kinds = {kind["status"]: kind["shares"] for kind in found["exceptions"]["kinds"]}
    assert [one["action"]["plan"] for one in kinds["at risk"]] == ["Plan for the young"]
    assert [one["action"]["plan"] for one in kinds["off track"]] == ["Action plan 2010-11"]


def test_a_draft_and_a_plan_of_another_time_are_not_told_of():
    assert [one.plan.slug for one in reading(context_of(number=4)).plans] == ["2010-11"]
    the_quarters(first_year=2009)
    quarter = the_quarter(2, year="2009-10")
    context = context_of()
    before = type(context)(
        context.partnership_id, quarter.id, quarter.period_from, quarter.period_to, quarter.period_to, None
    )
    assert reading(before).plans == ()


def test_decisions_are_asked_followed_up_and_put_before_boards():
    earlier = a_meeting(dt.date(2011, 1, 28), quarter=the_quarter(2))
    a_decision(earlier, "Give the figures of the year")
    a_decision(earlier, "Ask the cabinets for a post", kind=Kind.ESCALATE, due_on=dt.date(2011, 10, 13))
    a_meeting_that_asks()
    found = built()
    assert [(one["words"], one["by"]) for one in found["asked"]["questions"]] == [
        ("Give TWBC until March 2012", "TWBC")
    ]
    followed = {one["words"]: (one["state"], one["how"], one["mark"]) for one in found["followed"]["decisions"]}
    assert followed["Give the figures of the year"] == ("Not done", "61 days late", "late")
    assert followed["Ask the cabinets for a post"] == ("Open", "", "")
    assert [one["words"] for one in built("board")["board-asked"]["escalated"]] == ["Ask the cabinets for a post"]


def test_returns_say_when_they_came_and_what_is_missing():
    tmbc, quarter = authority("tmbc"), the_quarter()
    with time_machine.travel(dt.datetime(2011, 7, 20, 9, 0)):
        submit_return(person("lead"), quarter, tmbc, 1)
        accept_return(person("coordinator"), quarter, tmbc, 2)
    found = {one["authority"]: one for one in built()["returns"]["returns"]}
    assert found["TMBC"]["on"] == "20 July 2011 by Leo Lead, 5 days late"
    assert found["TMBC"]["state"] == "Accepted 20 July 2011"
    assert (found["TMBC"]["missing"], found["TMBC"]["reported"]) == (1, 1)
    assert (found["TWBC"]["on"], found["TWBC"]["state"]) == ("", "Not returned")
    until, now = dt.date(2100, 1, 31), clock.now()
    row = Return.get(Return.authority == tmbc, Return.quarter == quarter)
    Reopening.create(of=row, until=until, reason="A late figure", opened_at=now)
    found = {one["authority"]: one for one in built()["returns"]["returns"]}
    assert found["TMBC"]["state"] == "Accepted 20 July 2011, open again until 31 January 2100"


def test_what_comes_next_stands_in_order_of_time():
    the_quarters(first_year=2011)
    a_meeting(dt.date(2011, 7, 28), quarter=the_quarter())
    words = [one["words"] for one in built()["ahead"]["dates"]]
    assert words[0] == "Meeting of the steering group, Argyle Road, Sevenoaks"
    assert words[1].startswith("Returns are due for quarter 1, July to September 2011")


def test_only_the_abbreviations_that_are_used_are_explained():
    for short, meaning in (("RSL", "Registered social landlord"), ("ASB", "Anti-social behaviour")):
        operations.add_abbreviation(OPERATOR, builders.plan().partnership, short=short, meaning=meaning)
    builders.a_note(builders.action("1.1"), "sdc", Status.AT_RISK, "Two RSLs withdrew", as_at=dt.date(2011, 6, 30))
    used = {one["short"] for one in built()["abbreviations"]["used"]}
    assert "RSL" in used and "ASB" not in used and "TMBC" in used


def test_no_officers_name_is_in_what_everybody_may_read():
    a_decision(a_meeting(dt.date(2011, 1, 28)), "Give the figures")
    with time_machine.travel(IN_TIME):
        submit_return(person("lead"), the_quarter(), authority("tmbc"), 1)
    names = [part.name for part in CAST.values()] + ["Chief Housing Officer"]
    whole = json.dumps(parts_words("public"))
    assert [name for name in names if name in whole] == []
    assert "Olive Officer" in json.dumps(parts_words("full"))


def parts_words(audience: str):
    return [content for _, content in parts(audience)]


def test_what_is_frozen_shows_the_same_as_what_was_built():
    words_of_march()
    for section, content in parts(summary="[exempt]Secret[/exempt] and open"):
        thawed = json.loads(json.dumps(content))
        assert fragment(section, thawed) == fragment(section, content)


@pytest.mark.parametrize("audience", ["full", "board"])
def test_the_body_is_sound_html_and_marks_what_is_exempt(audience):
    words_of_march()
    report = {"title": "Report", "as_at": "30 June 2011", "summary": "[exempt]Secret[/exempt] and open"}
    body = report_body(report, parts(audience, **report))
    assert_sound(f'<!DOCTYPE html><html lang="en"><head><title>R</title></head><body><main>{body}</main></body></html>')
    assert '<b class="exempt__word">Exempt</b> Secret' in body


def test_the_selects_do_not_grow_with_the_plan():
    the_quarters(first_year=2011)
    words_of_march()
    with time_machine.travel(dt.datetime(2011, 6, 1, 9, 0)):
        objective = builders.an_objective(builders.plan())
        write_actions(objective, 1)
        few, shares = counted()
        write_actions(objective, 8)
        many, more = counted()
    assert more == shares + 24
    assert many == few < 60


def write_actions(objective, number: int) -> None:
    for place in range(number):
        action = builders.an_action(objective, f"Action {place}", outcomes=["One", "Two"])
        builders.a_note(action, "sdc", Status.AT_RISK, as_at=dt.date(2011, 5, 31))


def counted() -> tuple[int, int]:
    """Selects of the whole report, and the shares that it counts."""
    parts()
    with count_queries() as counter:
        figures = built()["summary"]["figures"]
    return counter.count, figures["whole"]["total"]


def test_every_section_of_the_issue_is_offered_and_has_a_template(app):
    keys = [one.key for one in offered()]
    assert keys.index("summary") < keys.index("changes") < keys.index("abbreviations")
    assert len(set(keys)) == len(keys) == 27
