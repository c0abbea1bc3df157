"""Editing on pages: who is offered it, what comes back when it is refused, and two people at once."""

import datetime as dt

import pytest

from strategy_tracker.plans import queries
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Outcome, Plan, ProgressNote, Share
from tests import builders
from tests.cast import authority
from tests.html_check import words

PLAN = "/p/west-kent/plans/2010-11/"


def progress_of(number="1.1", slug="tmbc", outcome=0):
    action = builders.action(number)
    share = builders.share(action, slug)
    return f"{PLAN}shares/{share.id}/outcomes/{builders.outcomes(action)[outcome].id}/progress"


def said(text="Two more offices give advice.", status="on track", day="30", month="6", year="2011", **more):
    return {"status": status, "text": text, "as_at": [day, month, year]} | more


def notes(number="1.1", slug="tmbc"):
    share = builders.share(builders.action(number), slug)
    return list(ProgressNote.select().where(ProgressNote.share == share).order_by(ProgressNote.id))


def test_an_officer_reports_and_reads_it_back_with_her_name(visitor_as):
    officer = visitor_as("officer")
    answer = officer.send(officer.get(progress_of()), said())
    assert "Your report on 1.1 is saved." in answer.words
    assert "Two more offices give advice." in answer.words
    assert "As at 30 June 2011, Olive Officer" in answer.words
    assert "Two more offices give advice." in officer.get(PLAN).words


def test_the_coordinator_writes_on_behalf_and_is_named_so(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(progress_of(slug="sdc"))
    assert "on behalf of Sevenoaks District Council" in page.words
    answer = coordinator.send(page, said("The post is filled."))
    assert "Cora Coordinator on behalf of SDC" in answer.words


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (said(""), "Enter a progress note"),
        (said(status=""), "Select a status"),
        (said(status="deferred"), "Enter a reason: the status is deferred"),
        (said(day="31", month="2"), "As at must be a real date, such as 30 6 2011"),
        (said(day=""), "As at must include a day"),
        (said(day="", month="", year=""), "Enter the date that the note speaks of"),
    ],
)
def test_a_refused_report_says_what_to_do_and_gives_the_words_back(visitor_as, fields, problem):
    officer = visitor_as("officer")
    before = len(notes())
    answer = officer.send(officer.get(progress_of()), fields)
    assert answer.errors == [problem]
    assert words(answer.root.find("head/title")).startswith("Error: ")
    assert (answer.root.find(".//textarea[@name='text']").text or "").strip() == fields["text"]
    assert len(notes()) == before


def test_a_report_that_is_sent_twice_is_saved_once(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(progress_of())
    before = len(notes())
    officer.send(page, said())
    officer.send(page, said())
    assert len(notes()) == before + 1


@pytest.mark.parametrize(
    ("keep", "stands", "count"),
    [("theirs", "First", 1), ("mine", "Second", 2), ("both", "First\n\nSecond", 2)],
)
def test_of_two_who_write_at_once_the_second_sees_both_and_chooses(visitor_as, keep, stands, count):
    officer, lead = visitor_as("officer"), visitor_as("lead")
    first, second = officer.get(progress_of()), lead.get(progress_of())
    before = len(notes())
    officer.send(first, said("First"))
    both = lead.send(second, said("Second"), status=409)
    assert "Olive Officer saved first" in both.words
    assert [words(each) for each in both.all("p", class_="vtext")] == ["only here: First", "only here: Second"]
    answer = lead.send(both, {"keep": keep})
    assert answer.address == f"{PLAN}actions/{builders.action('1.1').id}"
    written = notes()
    assert len(written) == before + count
    assert written[-1].text == stands


def test_a_correction_replaces_the_note_and_shows_what_it_said_before(visitor_as):
    officer = visitor_as("officer")
    note = notes()[-1]
    answer = officer.send(officer.get(f"{PLAN}notes/{note.id}/correction"), {"text": "At three offices."})
    assert "TMBC corrected its report: ongoing" in answer.words
    assert "Advice is given at two offices." in answer.words
    again = officer.send(officer.get(f"{PLAN}notes/{note.id}/correction"), {"text": "At four."}, status=409)
    officer.send(again, {"keep": "mine"})
    assert [each.text for each in notes()][-2:] == ["At three offices.", "At four."]
    assert notes()[-1].replaces_id == notes()[-2].id


def test_a_plan_is_built_on_pages_from_nothing(visitor_as):
    coordinator = visitor_as("coordinator")
    coordinator.send(
        coordinator.get("/p/west-kent/plans/new"),
        {
            "title": "Next plan",
            "slug": "2012-13",
            "period_from": ["1", "7", "2012"],
            "period_to": ["30", "June", "2013"],
        },
    )
    base = "/p/west-kent/plans/2012-13/"
    coordinator.send(coordinator.get(f"{base}objectives/new"), {"title": "Warm homes"})
    objective = Objective.get(Objective.title == "Warm homes")
    fields = {"text": "Insulate lofts", "authorities": [str(authority("sdc").id), str(authority("kcc").id)]}
    coordinator.send(coordinator.get(f"{base}objectives/{objective.id}/actions/new"), fields)
    action = Action.get(Action.text == "Insulate lofts")
    answer = coordinator.send(
        coordinator.get(f"{base}actions/{action.id}/outcomes/new"),
        {"text": "300 lofts", "timescale_kind": "date", "due_on": ["", "3", "2013"]},
    )
    assert "Due March 2013" in answer.words
    coordinator.send(coordinator.get(f"{base}agreement"))
    assert Plan.get(Plan.slug == "2012-13").state == "agreed"
    assert [words(each) for each in coordinator.get(base).all("dt")] == ["SDC", "KCC"]
    coordinator.send(coordinator.get(f"{base}closure"))
    assert "objectives/new" not in coordinator.get(base).html


@pytest.mark.parametrize(
    ("boxes", "quarter", "due_on", "precision"),
    [
        (["15", "5", "2011"], False, dt.date(2011, 5, 15), "day"),
        (["", "5", "2011"], False, dt.date(2011, 5, 31), "month"),
        (["", "May", "2011"], True, dt.date(2011, 6, 30), "quarter"),
        (["", "", "2011"], False, dt.date(2011, 12, 31), "year"),
    ],
)
def test_a_date_is_as_exact_as_it_is_filled_in_and_comes_back_so(visitor_as, boxes, quarter, due_on, precision):
    lead = visitor_as("lead")
    outcome = builders.outcomes(builders.action("1.1"))[0]
    address = f"{PLAN}outcomes/{outcome.id}/edit"
    fields = {"timescale_kind": "date", "due_on": boxes, "reason": "Asked"} | ({"is_quarter": "y"} if quarter else {})
    lead.send(lead.get(address), fields, button="Save")
    stored = Outcome.get_by_id(outcome.id)
    assert (stored.due_on, stored.due_precision) == (due_on, precision)
    lead.send(lead.get(address), button="Save")
    again = Outcome.get_by_id(outcome.id)
    assert (again.due_on, again.due_precision) == (due_on, precision)


def test_a_timescale_without_its_date_or_words_is_refused_at_the_field(visitor_as):
    lead = visitor_as("lead")
    address = f"{PLAN}outcomes/{builders.outcomes(builders.action('1.1'))[0].id}/edit"
    without_date = lead.send(
        lead.get(address), {"timescale_kind": "date", "due_on": ["", "", ""], "reason": "Asked"}, button="Save"
    )
    assert without_date.errors == ["Enter the date"]
    assert without_date.root.find(".//div[@class='govuk-error-summary']//a").attrib["href"] == "#due_on-day"
    without_words = lead.send(lead.get(address), {"timescale_kind": "recurring", "reason": "Asked"}, button="Save")
    assert without_words.errors == ["Say in words what it depends on, or how often"]


def test_two_edits_of_an_action_show_both_and_the_words_typed_are_never_lost(visitor_as):
    lead, coordinator = visitor_as("lead"), visitor_as("coordinator")
    address = f"{PLAN}actions/{builders.action('1.1').id}/edit"
    first, second = lead.get(address), coordinator.get(address)
    lead.send(first, {"text": "Advise early", "reason": "Asked"}, button="Save")
    both = coordinator.send(second, {"text": "Advise everybody", "reason": "Clearer"}, button="Save", status=409)
    assert "Leo Lead saved first" in both.words
    coordinator.send(both, {"keep": "both", "text": "Advise everybody early"})
    assert builders.action("1.1").text == "Advise everybody early"


def test_an_edit_of_what_was_removed_meanwhile_gives_the_words_back(visitor_as):
    lead, coordinator = visitor_as("lead"), visitor_as("coordinator")
    action = builders.action("1.1")
    page = lead.get(f"{PLAN}actions/{action.id}/edit")
    coordinator.send(coordinator.get(f"{PLAN}actions/{action.id}/remove"), {"reason": "Given up"})
    answer = lead.send(page, {"text": "Words that took an hour"}, button="Save", status=404)
    assert "Words that took an hour" in answer.words


@pytest.mark.parametrize("who", ["officer", "viewer", "steering member"])
def test_who_may_not_edit_is_offered_nothing_to_edit(visitor_as, who):
    visitor = visitor_as(who)
    for address in (PLAN, f"{PLAN}actions/{builders.action('2.1').id}", "/p/west-kent/glossary"):
        links = [link.attrib["href"] for link in visitor.get(address).all("a") if "href" in link.attrib]
        assert not [link for link in links if link.endswith(("/edit", "/new", "/remove", "/authorities"))]


def test_the_order_and_the_authorities_of_an_action_are_changed_on_its_page(visitor_as):
    coordinator = visitor_as("coordinator")
    action = builders.action("1.1")
    page = coordinator.get(f"{PLAN}actions/{action.id}/edit")
    coordinator.send(page, {"way": "down"}, action=f"{PLAN}actions/{action.id}/order")
    assert Action.get_by_id(action.id).number == "1.2"
    page = coordinator.get(f"{PLAN}actions/{action.id}/authorities")
    coordinator.send(page, {"authorities": [str(authority("kcc").id)], "reason": "The county takes it over"})
    standing = queries.shares(action.plan.id).where(Share.action == action.id)
    assert [share.authority.slug for share in standing] == ["kcc"]


def test_the_glossary_is_read_by_all_and_kept_by_the_coordinator(visitor_as):
    coordinator = visitor_as("coordinator")
    fields = {"short": "CBL", "meaning": "Choice based lettings"}
    coordinator.send(coordinator.get("/p/west-kent/glossary/new"), fields)
    assert "CBL Choice based lettings" in visitor_as("viewer").get("/p/west-kent/glossary").words
    twice = coordinator.send(coordinator.get("/p/west-kent/glossary/new"), fields)
    assert twice.errors == ["The glossary explains CBL already"]
    entry = Abbreviation.get(Abbreviation.short == "CBL")
    coordinator.send(coordinator.get(f"/p/west-kent/glossary/{entry.id}/remove"))
    assert "No abbreviation is explained yet." in coordinator.get("/p/west-kent/glossary").words


def edit_pages():
    """Each page on which a row is edited: its address, what the first person types, and what the second does."""
    action = builders.action("1.1")
    outcome, share = builders.outcomes(action)[0], builders.share(action, "tmbc")
    objective = action.objective_id
    return {
        "plan": ("edit", {"title": "First"}, {"strategy": "Second"}),
        "objective": (f"objectives/{objective}/edit", {"title": "First"}, {"lead": ""}),
        "action": (f"actions/{action.id}/edit", {"text": "First"}, {"owner_kind": "team", "owner_name": "Second"}),
        "outcome": (
            f"outcomes/{outcome.id}/edit",
            {"timescale_kind": "recurring", "timescale_words": "every year"},
            {"timescale_kind": "date", "due_on": ["", "", "2012"]},
        ),
        "share": (
            f"shares/{share.id}/edit",
            {"owner_kind": "post", "owner_name": "First"},
            {"owner_kind": "person", "owner_name": "Second"},
        ),
        "authorities": (
            f"actions/{action.id}/authorities",
            {"authorities": [str(authority("kcc").id)]},
            {"authorities": [str(authority("sdc").id)]},
        ),
    }


@pytest.mark.parametrize("what", ["plan", "objective", "action", "outcome", "share", "authorities"])
@pytest.mark.parametrize("keep", ["theirs", "mine", "both"])
def test_whatever_two_people_edit_at_once_the_second_chooses_between_both(visitor_as, what, keep):
    first, second = visitor_as("coordinator"), visitor_as("coordinator")
    address, one, other = edit_pages()[what]
    pages = first.get(PLAN + address), second.get(PLAN + address)
    first.send(pages[0], one | {"reason": "The first reason"}, button="Save")
    both = second.send(pages[1], other | {"reason": "The second reason"}, button="Save", status=409)
    assert both.all("del")
    assert both.all("ins")
    answer = second.send(both, {"keep": keep})
    assert ("Yours was not saved." in answer.words) == (keep == "theirs")
    again = second.get(PLAN + address)
    kept_first = all(value in again.html for value in one.values() if isinstance(value, str))
    assert kept_first or keep != "theirs"


def test_two_edits_of_an_abbreviation_show_both(visitor_as):
    first, second = visitor_as("coordinator"), visitor_as("coordinator")
    first.send(first.get("/p/west-kent/glossary/new"), {"short": "CBL", "meaning": "Choice based lettings"})
    address = f"/p/west-kent/glossary/{Abbreviation.get(Abbreviation.short == 'CBL').id}/edit"
    page = second.get(address)
    first.send(first.get(address), {"meaning": "Choice-based lettings"})
    both = second.send(page, {"meaning": "Choice Based Letting"}, status=409)
    second.send(both, {"keep": "mine"})
    assert Abbreviation.get(Abbreviation.short == "CBL").meaning == "Choice Based Letting"


@pytest.mark.parametrize(
    ("address", "fields", "problem"),
    [
        ("actions/{action}/edit", {"lead": "999"}, "Lead authority: select one of the list"),
        ("actions/{action}/edit", {"owner_kind": "king"}, "Owner: select one of the list"),
        ("outcomes/{outcome}/edit", {"timescale_kind": "never"}, "Timescale: select one"),
        ("actions/{action}/authorities", {"authorities": ["999"]}, "Authorities that take part: select from the list"),
        ("actions/{action}/authorities", {"authorities": []}, "Select at least one authority"),
    ],
)
def test_a_choice_that_was_not_offered_is_refused_in_words(visitor_as, address, fields, problem):
    coordinator = visitor_as("coordinator")
    action = builders.action("1.1")
    place = PLAN + address.format(action=action.id, outcome=builders.outcomes(action)[0].id)
    answer = coordinator.send(coordinator.get(place), fields | {"reason": "Asked"}, button="Save")
    assert [line for line in answer.errors if line.startswith(problem)]


def test_a_lead_is_offered_only_the_order_and_removal_that_are_hers(visitor_as):
    lead = visitor_as("lead")
    action = builders.action("1.1")
    own = lead.get(f"{PLAN}objectives/{action.objective_id}/edit")
    assert not [link for link in own.all("a") if link.attrib.get("href", "").endswith("/remove")]
    assert "Move up" not in own.words
    assert "Move up" in lead.get(f"{PLAN}actions/{action.id}/edit").words


def test_the_asked_date_is_kept_on_the_way_to_an_action_and_back(visitor_as):
    officer = visitor_as("officer")
    links = [link.attrib.get("href") for link in officer.get(f"{PLAN}?as_at=2011-03-31").all("a")]
    address = f"{PLAN}actions/{builders.action('1.1').id}?as_at=2011-03-31"
    assert address in links
    page = officer.get(address)
    assert "As at 31 March 2011" in page.words
    assert f"{PLAN}?as_at=2011-03-31" in [link.attrib.get("href") for link in page.all("a")]


def test_the_history_tells_what_was_set_up_at_once_as_one_and_keeps_what_was_removed(visitor_as):
    coordinator = visitor_as("coordinator")
    action = builders.action("1.2")
    page = coordinator.get(f"{PLAN}actions/{action.id}")
    assert [words(each) for each in page.all("h3") if "added" in words(each)] == ["Action added"]
    assert "Takes part: TMBC" in page.words
    outcome = builders.outcomes(action)[1]
    coordinator.send(coordinator.get(f"{PLAN}outcomes/{outcome.id}/remove"), {"reason": "Met"})
    after = coordinator.get(f"{PLAN}actions/{action.id}")
    assert "Outcome removed" in after.words
    assert "12 loans of £400 each" in after.words
