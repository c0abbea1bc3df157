"""Upload, preview, confirm: on pages, by whoever coordinates."""

import datetime as dt
import io
import json
from typing import Any

import pytest
import time_machine
from flask import Flask

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Action, Plan
from strategy_tracker.transfer.models import ImportDraft
from tests.application import VisitorAs
from tests.cast import CAST, PASSWORD, partnership
from tests.transfer.files import HEADS, ROWS, Rows, csv_file, excel_file, opendocument_file, word_file
from tests.visitor import Answer, Visitor

IMPORTS = "/p/west-kent/imports/"
FILES = {"plan.docx": word_file, "plan.xlsx": excel_file, "plan.ods": opendocument_file, "plan.csv": csv_file}


@pytest.fixture
def coordinator(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("coordinator")


def upload(visitor: Visitor, content: bytes, name: str = "plan.docx", **fields: Any) -> Answer:
    words = {"plan": "+", "slug": "housing-2024", "progress_of": "tmbc"} | fields
    return visitor.send(visitor.get(IMPORTS), words | {"file": (io.BytesIO(content), name)})


def confirm(visitor: Visitor, page: Answer) -> Answer:
    return visitor.send(page, {"do": "import"}, button="Import")


def actions() -> int:
    return Action.select().count()


@pytest.mark.parametrize("name", FILES)
def test_a_plan_comes_in_by_three_pages(coordinator: Visitor, name: str) -> None:
    before = actions()
    page = upload(coordinator, FILES[name](), name)
    assert "3 objectives, 5 actions, 6 outcomes, 4 progress notes" in page.words
    assert "0 changed, 0 gone" in page.words
    assert "[deferred] Deferred at present" in page.words
    assert actions() == before
    done = confirm(coordinator, page)
    assert done.address == "/p/west-kent/plans/housing-2024/"
    assert f"{name} is imported:" in done.words
    assert actions() == before + 5
    assert Plan.get(Plan.slug == "housing-2024").period_from == dt.date(2024, 4, 1)


def test_a_file_changed_later_shows_old_and_new_words(coordinator: Visitor) -> None:
    confirm(coordinator, upload(coordinator, word_file()))
    rows = [list(row) for row in ROWS]
    rows[4][:3] = [*rows[3][:2], "Offer grants of up to £600"]
    page = upload(coordinator, word_file([*rows[:3], *rows[4:]]), plan="housing-2024", slug="")
    assert "0 new, 2 changed, 1 gone" in page.words
    for words in ("Offer grants of only here: £500", "only here: up to £600", "Hold a landlords’ forum"):
        assert words in page.words
    assert "up to £600" in confirm(coordinator, page).words


def test_the_same_file_again_has_nothing_to_import(coordinator: Visitor) -> None:
    confirm(coordinator, upload(coordinator, word_file()))
    page = upload(coordinator, word_file(), plan="housing-2024", slug="")
    assert "Nothing: the plan already says what the file says" in page.words
    assert not page.all("button", value="import")


def test_everything_wrong_stands_with_its_place(coordinator: Visitor) -> None:
    rows: Rows = [("", "", "Too early", "", ""), ("1.", "", "Untitled", "", "")]
    page = upload(coordinator, excel_file(rows), "plan.xlsx")
    assert page.errors == ["This action comes before any objective", "Objective 1 has no title"]
    assert "Plan!C5 This action comes before any objective" in page.words
    assert not page.all("button", value="import")


def test_many_faults_are_counted_at_the_top_and_listed_below(coordinator: Visitor) -> None:
    rows: Rows = [("1.", "Fewer", "Write", "", "")] + [(f"{number}.", "", "", "", "") for number in range(2, 30)]
    page = upload(coordinator, excel_file(rows), "plan.xlsx")
    assert page.errors[9:] == ["Objective 11 has no title", "And 18 more, listed below"]
    assert "Plan!A33 Objective 29 has no title" in page.words


def test_a_head_is_settled_on_the_page(coordinator: Visitor) -> None:
    heads = (*HEADS[:4], "Where we are")
    page = upload(coordinator, csv_file(ROWS, heads), "plan.csv")
    assert page.errors == ["The head “Where we are” is not understood; say what the column holds, or none"]
    again = coordinator.send(
        page,
        {"head-4": "progress:tmbc", "as_at-day": "30", "as_at": ["30", "9", "2024"]},
        button="Show again with these choices",
    )
    assert again.errors == []
    assert "TMBC, as at 30 September 2024" in again.words
    confirm(coordinator, again)
    assert Plan.get(Plan.slug == "housing-2024").as_at == dt.date(2024, 9, 30)


def test_who_takes_part_is_chosen_where_the_file_does_not_say(coordinator: Visitor) -> None:
    page = upload(coordinator, word_file())
    again = coordinator.send(page, {"shares": ["sdc", "tmbc"], "do": "import"}, button="Import")
    assert "Look at what would change now, then import" in again.words
    confirm(coordinator, again)
    plan = json.loads(coordinator.get("/p/west-kent/plans/housing-2024.json").data)
    shares = [entry["shares"] for objective in plan["objectives"] for entry in objective["actions"]]
    assert {share["authority"] for each in shares for share in each} == {"sdc", "tmbc"}


def test_how_a_head_was_settled_is_remembered_for_the_partnership(coordinator: Visitor) -> None:
    heads = (*HEADS[:4], "Where we are")
    page = upload(coordinator, csv_file(ROWS, heads), "plan.csv")
    settled = coordinator.send(page, {"head-4": "progress:sdc", "as_at": ["30", "9", "2024"]})
    confirm(coordinator, settled)
    again = upload(coordinator, csv_file(ROWS, (*heads[:4], "WHERE WE ARE:")), "plan.csv", slug="next", progress_of="")
    assert again.errors == ["The file has progress but no head says as at which date; say so"]
    assert "SDC, as at 30 September 2024" in coordinator.send(again, {"as_at": ["30", "9", "2024"]}).words
    assert upload(coordinator, word_file(), slug="other").errors == []


def test_json_comes_in_on_the_page_too(coordinator: Visitor) -> None:
    content = coordinator.get("/p/west-kent/plans/2010-11.json").data
    page = upload(coordinator, content, "plan.json", slug="copy", progress_of="")
    assert "2 objectives, 3 actions" in page.words
    confirm(coordinator, page)
    copy = json.loads(coordinator.get("/p/west-kent/plans/copy.json").data)
    assert copy["objectives"] == json.loads(content)["objectives"]
    assert upload(coordinator, b"{", "plan.json").errors == ["The file is no JSON that can be read"]


def test_a_table_with_unknown_heads_alone_can_be_settled(coordinator: Visitor) -> None:
    page = upload(
        coordinator, csv_file([("1", "Fewer", "Write")], ("Nr.", "Wohin", "Was tun")), "plan.csv", progress_of=""
    )
    assert "No table in the file could be read as a plan yet" in page.words
    again = coordinator.send(
        page,
        {"head-1": "objective", "head-2": "action"},
        button="Show again with these choices",
    )
    assert "1 objectives, 1 actions" in again.words
    assert again.errors == []


def test_a_missing_period_is_asked_for(coordinator: Visitor) -> None:
    page = upload(coordinator, csv_file(titles=False), "plan.csv")
    assert "No line of the file says the plan's period; give it with the plan" in page.errors
    again = coordinator.send(
        page,
        {"title": "Housing", "period_from": ["1", "4", "2024"], "period_to": ["31", "3", "2025"]},
        button="Show again with these choices",
    )
    confirm(coordinator, again)
    plan = Plan.get(Plan.slug == "housing-2024")
    assert (plan.title, plan.period_to) == ("Housing", dt.date(2025, 3, 31))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n", "The file is a picture (PNG), not a document"),
        (word_file()[:4000], "The file is damaged: it cannot be unpacked"),
    ],
    ids=["empty", "picture", "damaged"],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(coordinator: Visitor, content: bytes, words: str) -> None:
    page = upload(coordinator, content)
    assert page.errors == [words]
    assert not ImportDraft.select().exists()


def test_no_file_and_a_bad_address_are_refused(coordinator: Visitor) -> None:
    nothing = coordinator.send(coordinator.get(IMPORTS), {"plan": "+", "slug": "x"})
    assert nothing.errors == ["Select the file of the action plan"]
    assert "short address" in upload(coordinator, word_file(), slug="../etc").errors[0]


def test_what_changed_since_the_preview_is_shown_before_anything_is_done(coordinator: Visitor) -> None:
    confirm(coordinator, upload(coordinator, word_file()))
    page = upload(coordinator, word_file(ROWS[:5]), plan="housing-2024", slug="")
    plan = Plan.get(Plan.slug == "housing-2024")
    plans.add_objective(OPERATOR, plan, title="Somebody else's objective")
    again = confirm(coordinator, page)
    assert "The plan was changed in the meantime" in again.words
    assert "Somebody else's objective" in again.words
    assert ImportDraft.get_by_id(2).applied_at is None


def test_an_upload_is_its_persons_alone_and_gone_after_a_day(coordinator: Visitor, visitor_as: VisitorAs) -> None:
    address = upload(coordinator, word_file()).address
    for who in ("officer", "lead", "viewer", "administrator", "outsider", "foreign coordinator"):
        visitor_as(who).get(address, status=404)
    ImportDraft.update(created_at=clock.now() - dt.timedelta(days=1, minutes=1)).execute()
    coordinator.get(address, status=404)
    upload(coordinator, csv_file(), "plan.csv", slug="another")
    assert [row.filename for row in ImportDraft.select()] == ["plan.csv"]


def test_only_the_coordinator_is_asked_in(visitor_as: VisitorAs) -> None:
    visitor_as("officer").get(IMPORTS, status=403)
    visitor_as("outsider").get(IMPORTS, status=404)


def test_hostile_words_in_a_file_are_words_on_the_page(coordinator: Visitor) -> None:
    rows = [("1.", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "")]
    page = upload(coordinator, csv_file(rows), "<b>plan</b>.csv")
    assert "<script>alert(1)" not in page.html
    assert "<img src=x" not in page.html
    assert "{{ 7 * 7 }}" in page.words


def test_the_plan_as_json_is_a_download(visitor_as: VisitorAs) -> None:
    answer = visitor_as("officer").get("/p/west-kent/plans/2010-11.json?authority=tmbc")
    assert answer.headers["Content-Type"] == "application/json"
    assert 'filename="west-kent-2010-11.json"' in answer.headers["Content-Disposition"]
    plan = json.loads(answer.data)
    assert [entry["number"] for objective in plan["objectives"] for entry in objective["actions"]] == ["1.1", "1.2"]
    assert partnership().slug == plan["partnership"]
    visitor_as("officer").get("/p/west-kent/plans/2010-11.json?authority=marsh", status=404)
    visitor_as("outsider").get("/p/west-kent/plans/2010-11.json", status=404)
    visitor_as("viewer").get("/p/west-kent/plans/2011-12.json", status=404)


def test_the_pages_ask_the_database_as_often_for_a_long_plan_as_for_a_short_one(
    app: Flask, coordinator: Visitor
) -> None:
    from playhouse.test_utils import count_queries

    def asked(rows: Rows) -> int:
        address = upload(coordinator, csv_file(rows), "plan.csv").address
        with count_queries() as counter:
            coordinator.get(address)
        return int(counter.count)

    many = [(f"{number}.", f"Objective {number}", f"Action {number}", "", "Begun") for number in range(1, 41)]
    assert asked(ROWS) == asked(many)


def test_an_import_that_is_sent_twice_ends_twice_in_the_same_way(coordinator: Visitor) -> None:
    page = upload(coordinator, word_file())
    before = actions()
    done, again = confirm(coordinator, page), confirm(coordinator, page)
    assert done.address == again.address == "/p/west-kent/plans/housing-2024/"
    notice = "plan.docx is imported: "
    said = f"{notice}{done.words.partition(notice)[2].partition('.')[0]}."
    assert said.endswith(" new, 0 changed, 0 gone.")
    assert again.words.count(said) == 1
    assert actions() == before + 5
    assert coordinator.get(page.address).address == done.address, (
        "the page of a file that is imported leads to the plan"
    )


def test_both_answers_of_a_double_click_say_that_it_is_imported_once(coordinator: Visitor) -> None:
    page = upload(coordinator, word_file())
    coordinator.send(page, {"do": "import"}, button="Import", follow=False, status=302)
    coordinator.send(page, {"do": "import"}, button="Import", follow=False, status=302)
    plan = coordinator.get("/p/west-kent/plans/housing-2024/")
    assert plan.words.count("plan.docx is imported:") == 1


def test_a_file_that_is_sent_twice_is_kept_once(coordinator: Visitor) -> None:
    form = coordinator.get(IMPORTS)
    words = {"plan": "+", "slug": "housing-2024", "progress_of": "tmbc"}
    first, second = (coordinator.send(form, words | {"file": (io.BytesIO(word_file()), "plan.docx")}) for _ in range(2))
    assert first.address == second.address
    assert ImportDraft.select().count() == 1


def test_nobody_else_learns_of_an_import_that_is_done(coordinator: Visitor, visitor_as: VisitorAs) -> None:
    page = upload(coordinator, word_file())
    confirm(coordinator, page)
    visitor_as("lead").get(page.address, status=404)


def test_after_a_session_has_ended_the_file_must_be_chosen_again(coordinator: Visitor) -> None:
    form = coordinator.get(IMPORTS)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        words = {"plan": "+", "slug": "housing-2024", "file": (io.BytesIO(word_file()), "plan.docx")}
        signed_out = coordinator.send(form, words)
        back = coordinator.send(signed_out, {"email": CAST["coordinator"].email, "password": PASSWORD})
    assert back.address == IMPORTS and "housing-2024" in back.html
    assert "choose the file again" in back.words
