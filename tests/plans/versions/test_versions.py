"""After agreement a plan changes in versions, each with a reason, and every one can be read again."""

import datetime as dt

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from peewee import Database, DatabaseError
from playhouse.test_utils import count_queries

from strategy_tracker import clock
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations
from strategy_tracker.plans.models import Action, Objective
from strategy_tracker.plans.rollup.operations import set_rule
from strategy_tracker.plans.rules import WORST_FIRST, Timescale
from strategy_tracker.plans.sections import plan_document
from strategy_tracker.plans.versions.models import PlanVersion
from strategy_tracker.plans.versions.parts import states_at, states_of_parts
from strategy_tracker.plans.versions.queries import revisions_of
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.plans.versions.story import versions_told
from strategy_tracker.plans.versions.view import view_of
from tests import builders
from tests.cast import authority, person
from tests.html_check import words

PLAN = "/p/west-kent/plans/2010-11/"
FIRST, SECOND = dt.date(2010, 9, 1), dt.date(2010, 12, 1)


def reword(text: str, change: Change, number: str = "1.1", who: str = "coordinator") -> None:
    row = builders.action(number)
    operations.edit_action(
        person(who), row, row.version, text=text, lead=row.lead, owner=Owner(), number=number, change=change
    )


def numbers() -> list[int]:
    query = PlanVersion.select().where(PlanVersion.plan == builders.plan()).order_by(PlanVersion.number)
    return [row.number for row in query]


def texts(**asked) -> list[str]:
    view = view_of(builders.plan(), **asked)
    return [action.text for part in plan_document(view).objectives for action in part.actions]


@pytest.mark.usefixtures("database")
class TestVersions:
    def test_agreeing_is_the_first_version_with_who_approved_it(self):
        plan = builders.plan("2011-12")
        assert versions_told(plan) == ()
        operations.agree_plan(person("coordinator"), plan, plan.version, agreed_on=FIRST, approved_by="Steering group")
        (only,) = versions_told(plan)
        assert (only.number, only.on, only.who, only.reason, only.approved_by) == (
            *(1, "1 September 2010", "Cora Coordinator", "Agreed", "Steering group"),
        )
        assert only.what == "The whole plan: 1 objective, 1 action, 1 outcome"

    def test_a_draft_changes_without_a_reason_and_without_a_version(self):
        action = builders.action("1.1", "2011-12")
        operations.edit_action(person("coordinator"), action, 1, text="Other", lead=None, owner=Owner())
        assert versions_told(builders.plan("2011-12")) == ()

    @pytest.mark.parametrize(
        "write",
        [
            lambda row: operations.edit_action(person("coordinator"), row, 1, text="New", lead=None, owner=Owner()),
            lambda row: operations.remove(person("coordinator"), row, 1),
            lambda row: operations.move(person("coordinator"), row, 1, up=False),
            lambda row: operations.set_shares(person("coordinator"), row, 1, [authority("tmbc")]),
            lambda row: operations.add_outcome(person("coordinator"), row, text="More"),
            lambda row: operations.add_objective(person("coordinator"), row.plan, title="More"),
            lambda row: operations.edit_objective(person("lead"), row.objective, 1, title="New", lead=None),
        ],
    )
    def test_every_change_of_an_agreed_plan_needs_a_reason(self, write):
        before = states_of_parts(view_of(builders.plan()).parts())
        with pytest.raises(Invalid) as refused:
            write(builders.action("1.1"))
        assert list(refused.value.problems) == ["reason"]
        assert states_of_parts(view_of(builders.plan()).parts()) == before
        assert numbers() == [1]

    def test_a_plan_that_was_agreed_meanwhile_takes_no_change_without_a_reason(self):
        stale = builders.action("1.1", "2011-12")
        assert stale.plan.state == "draft"
        plan = builders.plan("2011-12")
        operations.agree_plan(person("coordinator"), plan, plan.version)
        with pytest.raises(Invalid):
            operations.edit_action(person("coordinator"), stale, 1, text="Late", lead=None, owner=Owner())
        assert Action.get_by_id(stale.id).text != "Late"

    def test_what_one_person_does_on_one_day_for_one_reason_is_one_version(self):
        reword("One", Change("Clearer", on=FIRST))
        reword("Two", Change("Clearer", on=FIRST), "1.2")
        assert numbers() == [1, 2]
        reword("Three", Change("Shorter", on=FIRST))
        reword("Four", Change("Shorter", on=FIRST), who="lead")
        reword("Five", Change("Shorter", on=SECOND), who="lead")
        assert numbers() == [1, 2, 3, 4, 5]
        assert builders.plan().edition == 5
        assert [row.what for row in versions_told(builders.plan())][1:3] == ["2 actions changed", "1 action changed"]

    def test_a_conflict_or_a_refusal_makes_no_version(self):
        row = builders.action("1.1")
        reword("One", builders.WHY)
        with pytest.raises(Conflict):
            operations.edit_action(
                person("lead"), row, row.version, text="Two", lead=None, owner=Owner(), change=Change("Other")
            )
        with pytest.raises(Forbidden):
            operations.remove(person("officer"), builders.action("1.1"), 2, change=Change("Other"))
        assert numbers() == [1, 2]

    def test_a_save_that_changes_nothing_is_no_version(self):
        row = builders.action("1.1")
        reword(row.text, Change("No reason at all"))
        assert numbers() == [1]
        assert Action.get_by_id(row.id).version == row.version

    def test_a_version_is_never_dated_before_the_one_that_it_follows(self):
        reword("Today’s words", Change("Clearer"))
        reword("Words of long ago", Change("Found in the minutes", on=FIRST))
        rows = list(PlanVersion.select().where(PlanVersion.plan == builders.plan()).order_by(PlanVersion.number))
        assert [row.dated_on for row in rows[1:]] == [clock.today(), clock.today()]
        assert texts(asked=FIRST)[0] == "Advise people before they lose their home"

    def test_a_plan_is_not_agreed_on_a_day_to_come(self):
        plan = builders.plan("2011-12")
        with pytest.raises(Invalid) as refused:
            operations.agree_plan(person("coordinator"), plan, plan.version, agreed_on=dt.date(2099, 1, 1))
        assert list(refused.value.problems) == ["agreed_on"]

    def test_the_date_that_a_plan_is_shown_at_is_no_version(self):
        plan = builders.plan()
        words = {"title": plan.title, "strategy": plan.strategy, "period_from": plan.period_from}
        words |= {"period_to": plan.period_to, "as_at": FIRST}
        operations.edit_plan(person("coordinator"), plan, plan.version, **words)
        assert numbers() == [1]
        with pytest.raises(Invalid):
            operations.edit_plan(person("coordinator"), plan, plan.version, **(words | {"title": "Other"}))
        operations.edit_plan(
            person("coordinator"), plan, plan.version, **(words | {"title": "Other"}), change=builders.WHY
        )
        assert versions_told(plan)[-1].what == "The plan’s title or period changed"

    @pytest.mark.parametrize("table", ["plan_version", "part_revision", "roll_up_rule"])
    def test_the_database_itself_refuses_to_take_a_version_away(self, database: Database, table):
        if table == "roll_up_rule":
            home, words = builders.plan().partnership, {"worst_first": RULE, "reason": "Asked"}
            set_rule(person("coordinator"), home, since=FIRST, grace=1, overdue_as="", **words)
        for sql in (f"delete from {table}", f"update {table} set id = id + 100"):
            with pytest.raises(DatabaseError, match="append-only"), database.atomic():
                database.execute_sql(sql)


RULE = "\n".join(status.value for status in WORST_FIRST)


@pytest.mark.usefixtures("database")
class TestShownAgain:
    def test_each_version_and_each_date_is_shown_as_it_was(self):
        original = builders.action("1.1").text
        reword("Second words", Change("Clearer", on=FIRST))
        gone = builders.action("1.2")
        operations.remove(person("coordinator"), gone, gone.version, change=Change("Done", on=SECOND))
        last = ["Second words", "Bring empty homes back into use"]
        assert texts(number=1) == [original, gone.text, last[1]]
        assert texts(number=2) == ["Second words", gone.text, last[1]]
        assert texts(number=3) == texts() == last
        before, between, after = FIRST - dt.timedelta(1), SECOND - dt.timedelta(1), SECOND
        assert [len(texts(asked=day)) for day in (before, between, after)] == [3, 3, 2]
        assert texts(asked=before)[0] == original
        assert texts(asked=dt.date(1999, 1, 1))[0] == original, "before its first version it is shown as that had it"

    def test_a_version_that_is_not_there_is_not_found(self):
        for number in (0, 2, 10**6):
            with pytest.raises(NotFound):
                view_of(builders.plan(), number=number)

    def test_an_old_version_says_which_it_is_and_ends_its_table_there(self):
        reword("Second words", Change("Clearer", on=FIRST))
        reword("Third words", Change("Shorter", on=SECOND))
        document = plan_document(view_of(builders.plan(), number=2))
        assert document.edition == "Version 2, agreed 1 September 2010"
        assert [row.number for row in document.versions] == [1, 2]

    def test_a_progress_note_about_what_was_taken_out_is_shown_where_it_stood(self):
        builders.a_note(builders.action("1.2"), "tmbc", text="Ten loans", outcome=0, as_at=dt.date(2010, 8, 31))
        gone = builders.action("1.2")
        operations.remove(person("coordinator"), gone, gone.version, change=Change("Done", on=FIRST))
        view = view_of(builders.plan(), dt.date(2010, 8, 31))
        notes = plan_document(view).objectives[0].actions[1].outcomes[0].progress
        assert [note.text for note in notes] == ["Ten loans"]

    def test_a_longer_history_asks_no_more_questions(self):
        reword("Two", Change("Two", on=FIRST))
        with count_queries() as few:
            texts(number=1)
        for turn in range(8):
            reword(f"Turn {turn}", Change(f"Turn {turn}", on=SECOND))
        with count_queries() as many:
            texts(number=1)
        assert many.count == few.count


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some.lists(some.sampled_from(["reword", "add", "remove", "move", "share", "objective"]), max_size=8))
def test_whatever_is_done_the_last_version_is_the_plan_as_it_stands(database, steps):
    with database.atomic() as transaction:
        for turn, step in enumerate(steps):
            do(step, turn)
        plan = builders.plan()
        revisions = revisions_of(plan.id)
        kept = states_at(revisions, plan.edition)
        standing = states_of_parts(view_of(plan).parts())
        assert {key: kept[key] for key in standing} == standing
        assert not {key for key in kept if key[0] == "objective"} - set(standing)
        transaction.rollback()


def do(step: str, turn: int) -> None:
    who, why = person("coordinator"), Change(f"Turn {turn}")
    plan = builders.plan()
    actions = list(view_of(plan).parts().actions)
    row = Action.get_by_id(actions[turn % len(actions)].id) if actions else None
    match step:
        case "objective":
            operations.add_objective(who, plan, title=f"Objective {turn}", change=why)
        case "add":
            objective = Objective.get(Objective.plan == plan)
            operations.add_action(who, objective, text=f"Added {turn}", authorities=[authority("sdc")], change=why)
        case _ if row is None:
            return
        case "reword":
            operations.edit_action(who, row, row.version, text=f"Turn {turn}", lead=None, owner=Owner(), change=why)
        case "remove":
            operations.remove(who, row, row.version, change=why)
        case "move":
            operations.move(who, row, row.version, up=bool(turn % 2), change=why)
        case "share":
            operations.set_shares(who, row, row.version, [authority("kcc")], change=why)


class TestPages:
    def test_the_table_leads_to_each_version_as_page_and_pdf(self, visitor_as):
        reword("Second words", Change("Clearer", "Steering group, 1 September 2010", FIRST))
        viewer = visitor_as("viewer")
        page = viewer.get(f"{PLAN}versions")
        assert "1 action changed. Reason: Clearer" in page.words
        assert "Steering group, 1 September 2010" in page.words
        old = viewer.get(f"{PLAN}?version=1")
        assert "Version 1, of 15 July 2010. The plan has changed since." in old.words
        assert "Advise people before they lose their home" in old.words
        assert "Second words" not in old.words
        assert viewer.get(f"{PLAN}?version=1&as_at=2011-06-30").words.count("Advice is given at two offices")
        assert viewer.client.get("/p/west-kent/plans/2010-11.pdf?version=1").data.startswith(b"%PDF")

    def test_before_it_was_agreed_the_page_says_so(self, visitor_as):
        viewer = visitor_as("viewer")
        assert (
            "Not agreed before 15 July 2010: this is what was agreed then."
            in viewer.get(f"{PLAN}?as_at=2010-07-14").words
        )
        assert "Not agreed before" not in viewer.get(f"{PLAN}?as_at=2010-07-15").words

    def test_an_old_version_has_its_own_dates_and_none_that_came_later(self, visitor_as):
        outcome = builders.outcomes(builders.action("1.1"))[0]
        later, change = Timescale.by(dt.date(2010, 12, 31)), Change("Late", on=SECOND)
        operations.edit_outcome(
            person("lead"), outcome, 1, text=outcome.text, timescale=later, lead=None, change=change
        )
        viewer = visitor_as("viewer")
        for query in ("version=1&as_at=2011-06-30", "as_at=2010-11-30"):
            words = viewer.get(f"{PLAN}?{query}").words
            assert "Due 30 July 2010 ·" in words
            assert "(moved" not in words
        assert "was 30 July 2010 (moved once)" in viewer.get(f"{PLAN}?version=2&as_at=2010-08-01").words

    @pytest.mark.parametrize("asked", ["0", "7", "-1", "x", "9999999999", "%00", "1.0"])
    def test_a_version_that_is_not_there_is_not_found_anywhere(self, visitor_as, asked):
        viewer = visitor_as("viewer")
        for address in (PLAN, f"{PLAN}timeline", *(f"{PLAN[:-1]}.{kind}" for kind in ("pdf", "json", "xlsx", "csv"))):
            viewer.get(f"{address}?version={asked}", status=404)

    def test_every_kind_of_file_shows_the_asked_version_or_date(self, visitor_as):
        reword("Second words", Change("Clearer", on=FIRST))
        gone = builders.action("1.2")
        operations.remove(person("coordinator"), gone, gone.version, change=Change("Done", on=SECOND))
        viewer = visitor_as("viewer", check=False)
        for query, said, edition in (("version=1", "Advise people", 1), ("as_at=2010-10-01", "Second words", 2)):
            plan = viewer.client.get(f"{PLAN[:-1]}.json?{query}").get_json()
            texts = [action["text"] for part in plan["objectives"] for action in part["actions"]]
            assert texts[0].startswith(said)
            assert texts[1] == "Keep a fund for small loans"
            assert plan["edition"] == edition
            table = viewer.client.get(f"{PLAN[:-1]}.csv?{query}").get_data(as_text=True)
            assert said in table
            assert "Keep a fund for small loans" in table
        assert "Keep a fund" not in viewer.client.get(f"{PLAN[:-1]}.json").get_data(as_text=True)

    def test_an_action_is_read_as_a_version_had_it_though_it_was_taken_out(self, visitor_as):
        gone = builders.action("1.2")
        operations.set_shares(person("coordinator"), gone, 1, [authority("kcc")], change=Change("Handed on", on=FIRST))
        operations.remove(person("coordinator"), gone, gone.version, change=Change("Done", on=SECOND))
        lead = visitor_as("lead")
        lead.get(f"{PLAN}actions/{gone.id}", status=404)
        for query, whose in (("version=1", "TMBC"), ("version=2", "KCC"), ("as_at=2010-10-01", "KCC")):
            old = lead.get(f"{PLAN}?{query}")
            address = next(a.attrib["href"] for a in old.all("a") if f"actions/{gone.id}?" in a.attrib.get("href", ""))
            page = lead.get(address)
            assert "The plan has changed since." in page.words
            parts = [words(each.find(".//h3")).split()[0] for each in page.all("article")]
            assert parts == [whose]
            links = [link.attrib.get("href", "") for link in page.all("a")]
            assert not [link for link in links if link.endswith(("/edit", "/new", "/progress", "/authorities"))]
        lead.get(f"{PLAN}actions/{gone.id}?version=3", status=404)
        visitor_as("outsider").get(f"{PLAN}actions/{gone.id}?version=1", status=404)

    def test_a_past_version_offers_nothing_to_write(self, visitor_as):
        reword("Second words", Change("Clearer", on=FIRST))
        page = visitor_as("coordinator").get(f"{PLAN}?version=1")
        links = [link.attrib.get("href", "") for link in page.all("a")]
        assert not [link for link in links if link.endswith(("/edit", "/new", "/progress", "#report"))]

    def test_a_refused_change_keeps_its_words_and_the_reason_is_offered_again(self, visitor_as):
        coordinator, action = visitor_as("coordinator"), builders.action("1.1")
        address = f"{PLAN}actions/{action.id}/edit"
        refused = coordinator.send(coordinator.get(address), {"text": "Typed for an hour"}, button="Save")
        assert refused.errors == ["Say why the plan changes: it is agreed, so each change is a version of its own"]
        assert "Typed for an hour" in refused.html
        coordinator.send(refused, {"reason": "Clearer", "approved_by": "The group"}, button="Save")
        other = coordinator.get(f"{PLAN}actions/{builders.action('1.2').id}/edit")
        assert "Clearer" in other.html
        assert "The group" in other.html
        assert versions_told(builders.plan())[-1].approved_by == "The group"
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
            assert "Clearer" not in visitor_as("coordinator").get(address).html
