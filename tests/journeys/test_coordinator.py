"""What the coordinator does to the plan and its people, by keyboard alone and without scripts."""

import re

import pytest

from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.plans.models import Action, ProgressNote
from tests import builders
from tests.cast import CAST, PASSWORD, person
from tests.journeys.hands import Hands

PLAN = "/p/west-kent/plans/2010-11/"


@pytest.fixture
def hands(page_as):
    return Hands(page_as("coordinator", javascript=False))


def at_action(hands: Hands, number: str) -> None:
    hands.page.goto(f"{PLAN}actions/{builders.action(number).id}")


def test_an_action_gets_new_words_an_owner_and_another_place(hands):
    at_action(hands, "1.2")
    hands.follow("Edit its words")
    hands.write("What will be done", "Keep a fund for loans of up to £500")
    hands.choose("Lead authority", "TMBC")
    hands.choose("Owner", "A post")
    hands.write("Name of the owner", "Housing Options Manager")
    hands.write("Why does it change?", "The group asked for it")
    hands.follow("Save")
    said = hands.read().replace("“", "").replace("”", "")
    assert "The action is saved." in said
    assert "Keep a fund for loans of up to £500" in said
    assert "Lead authority TMBC · Owner Housing Options Manager" in said
    assert "Keep a fund for small loans became Keep a fund for loans of up to £500" in said

    hands.follow("Edit its words")
    hands.follow("Move up")
    assert "The order is changed." in hands.read()
    hands.page.goto(PLAN)
    rows = [words.split()[0] for words in hands.page.locator(".act h3").all_inner_texts()]
    assert rows == ["1.1", "1.2", "2.1"], "the numbers follow the order"
    assert "Keep a fund" in hands.page.locator(".act h3").first.inner_text()


def test_authorities_join_and_leave_an_action(hands):
    at_action(hands, "1.2")
    hands.follow("Choose the authorities")
    hands.tick("SDC Sevenoaks")
    hands.write("Why does it change?", "The group asked for it")
    hands.follow("Save")
    assert "SDC Sevenoaks District Council Not reported" in hands.read()
    hands.follow("Change the owner for SDC")
    hands.choose("Owner", "A team")
    hands.write("Name of the owner", "Housing Advice")
    hands.follow("Save")
    assert "Housing Advice" in hands.read()
    hands.follow("Choose the authorities")
    hands.tick("SDC Sevenoaks")
    hands.write("Why does it change?", "The group asked for it")
    hands.follow("Save")
    assert (
        "SDC Sevenoaks District Council" not in hands.page.locator("section", has_text="Progress of each").inner_text()
    )


def test_an_outcome_is_due_by_a_month(hands):
    at_action(hands, "1.2")
    hands.follow("Add an outcome")
    hands.write("Measurable outcome", "A leaflet in five languages")
    hands.tick("None")
    hands.page.keyboard.press("ArrowDown")
    hands.write("Month", "March")
    hands.write("Year", "2011")
    hands.write("Why does it change?", "The group asked for it")
    hands.follow("Save")
    assert "Due March 2011" in hands.read()


def test_the_glossary_is_kept(hands):
    hands.page.goto("/p/west-kent/glossary")
    hands.follow("Add an abbreviation")
    hands.write("Abbreviation", "CBL")
    hands.write("What it means", "Choice Based Letting")
    hands.follow("Save")
    hands.follow("Edit CBL")
    hands.write("What it means", "Choice Based Lettings")
    hands.follow("Save")
    assert "CBL Choice Based Lettings" in hands.read()
    hands.follow("Edit CBL")
    hands.follow("Remove it")
    hands.follow("Remove CBL")
    assert "CBL is removed." in hands.read()
    assert "No abbreviation is explained yet." in hands.read()


def test_somebody_gets_a_role_signs_in_and_loses_it(hands, page_as):
    hands.page.goto("/p/west-kent/people/")
    hands.write("E-mail address", "new.officer@tmbc.example")
    hands.write("Name", "Nora Newcomer")
    hands.choose("Role", "TMBC: officer")
    hands.follow("Give this role")
    password = re.search(r"shown this once: (\S+)", hands.read())
    assert password

    newcomer = Hands(page_as())
    newcomer.sign_in("new.officer@tmbc.example", password[1])
    assert newcomer.page.goto(PLAN).status == 200

    hands.follow("Back to People")
    hands.follow("End the role of Nora Newcomer")
    hands.follow("End this role")
    assert "Nora Newcomer is no longer officer of TMBC." in hands.read()
    assert Membership.select().join(Person).where(Person.name == "Nora Newcomer").get().ended_at
    newcomer.page.goto(PLAN)
    assert "your role or password was changed" in newcomer.read()
    newcomer.sign_in("new.officer@tmbc.example", password[1])
    assert newcomer.page.goto(PLAN).status == 404


def test_a_draft_is_agreed_and_viewers_see_it(hands, page_as):
    viewer = Hands(page_as())
    viewer.sign_in(CAST["viewer"].email, PASSWORD)
    assert viewer.page.goto("/p/west-kent/plans/2011-12/").status == 404
    hands.page.goto("/p/west-kent/plans/2011-12/")
    hands.follow("Edit plan")
    hands.follow("Agree the plan")
    hands.follow("Agree the plan")
    assert "The plan is agreed." in hands.read()
    assert viewer.page.goto("/p/west-kent/plans/2011-12/").status == 200


def test_what_is_written_for_an_authority_says_so(hands):
    at_action(hands, "1.1")
    hands.follow("Report on behalf of TWBC")
    assert "You write on behalf of Tunbridge Wells Borough Council" in hands.read()
    hands.choose("Status", "On track")
    hands.write("Progress note", "They told us by telephone: 9 households")
    hands.follow("Save report")
    note = ProgressNote.get(ProgressNote.text.contains("9 households"))
    assert (note.person, note.on_behalf) == (person("coordinator"), True)
    assert "Cora Coordinator on behalf of TWBC" in hands.read()


def test_a_plan_is_begun_on_pages_alone(hands):
    hands.page.goto("/p/west-kent/")
    hands.follow("Add a plan")
    hands.write("Title", "Plan of the year after")
    hands.write("Short address", "2012-13")
    for label, year in (("First day", "2012"), ("Last day", "2013")):
        hands.reach("Day")
        for typed in ("1" if label == "First day" else "30", "7" if label == "First day" else "6", year):
            hands.page.keyboard.type(typed)
            hands.page.keyboard.press("Tab")
        hands.page.keyboard.press("Shift+Tab")
    hands.follow("Save")
    assert "The plan is added, as a draft." in hands.read()
    hands.follow("Add the first objective")
    hands.write("Objective", "House everybody")
    hands.follow("Save")
    hands.follow("Add the first action")
    hands.write("What will be done", "Build twelve flats")
    hands.tick("TMBC")
    hands.follow("Save")
    hands.follow("Build twelve flats")
    hands.follow("Add an outcome")
    hands.write("Measurable outcome", "Twelve flats let")
    hands.follow("Save")
    assert "Twelve flats let" in hands.read()
    assert Action.get(Action.text == "Build twelve flats").number == "1.1"
