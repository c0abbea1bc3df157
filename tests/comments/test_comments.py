"""Comments by the operations alone: who may, what stays, and who is told."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from peewee import DatabaseError

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Membership
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.people.operations import end_membership
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.comments.models import Comment, CommentRevision, Mention
from strategy_tracker.plans.comments.operations import add_comment, correct_comment, deal_with, withdraw_comment
from strategy_tracker.plans.comments.queries import readers_of, unseen_mentions
from strategy_tracker.plans.comments.thread import thread_of
from tests import builders
from tests.cast import CAST, person

INSIDE = ("officer", "lead", "other officer", "other lead", "third officer", "coordinator", "steering member")
OUTSIDE = ("viewer", "partnership viewer", "provider", "administrator", "outsider", "foreign coordinator", "nobody")


def commented(who="officer", text="Who rings the county?", **more):
    return add_comment(person(who), builders.action(), text=text, **more)


def named_people(comment):
    return {mention.person.name for mention in Mention.select().where(Mention.comment == comment)}


@pytest.mark.parametrize("who", INSIDE)
def test_whoever_works_in_the_partnership_comments_on_any_action(database, who):
    for number in ("1.1", "1.2", "2.1"):
        action = builders.action(number)
        comment = add_comment(person(who), action, text=f"Seen, {number}")
        assert comment.person == person(who)
        assert [one.text for one in thread_of(action, person("other officer")).comments] == [f"Seen, {number}"]


@pytest.mark.parametrize("who", OUTSIDE)
def test_for_everybody_else_there_are_no_comments(database, who):
    comment = commented(named=[person("lead").id])
    outside = person(who)
    with pytest.raises(Forbidden):
        add_comment(outside, builders.action(), text="Me too")
    assert thread_of(builders.action(), outside) is None
    assert list(visible(outside, Comment)) == list(visible(outside, Mention)) == []
    with pytest.raises(Invalid):
        commented(named=[outside.id])
    assert named_people(comment) == {"Leo Lead"}


def test_who_may_be_named_is_who_may_read(database):
    for number, slug in (("1.1", "2010-11"), ("1.1", "2011-12")):
        readers = readers_of(builders.action(number, slug))
        assert {one.name for one in readers} == {CAST[who].name for who in INSIDE}
    assert "Olive Officer, TMBC" in [one.label for one in readers]
    assert "Cora Coordinator, coordinator" in [one.label for one in readers]


def test_the_writer_names_by_choosing_and_by_writing_and_never_herself(database):
    comment = commented(text="@Omar and @Olive, please look", named=[person("coordinator").id, person("officer").id])
    assert named_people(comment) == {"Omar Officer", "Cora Coordinator"}
    assert [one.comment for one in unseen_mentions(person("third officer"))] == [comment]
    assert list(unseen_mentions(person("officer"))) == []


def test_a_doubtful_name_is_refused_and_nothing_is_saved(database):
    with pytest.raises(Invalid) as refused:
        commented("lead", "@Officer, please")
    assert "Oscar Officer, SDC or Olive Officer, TMBC or Omar Officer, TWBC" in refused.value.problems["text"]
    assert not Comment.select().exists()


@pytest.mark.parametrize("text", ["", " \n ", "\0", "x" * 10_001])
def test_an_empty_comment_or_a_book_is_refused(database, text):
    with pytest.raises(Invalid) as refused:
        commented(text=text)
    assert set(refused.value.problems) == {"text"}


def test_a_correction_keeps_what_was_said_and_who_has_seen_it(database):
    comment = commented(text="Ask @Omar and @Lena on Friday")
    deal_with(person("third officer"), unseen_mentions(person("third officer")).get())
    correct_comment(person("officer"), comment, comment.version, text="Ask @Omar and @Cora on Monday")
    correct_comment(person("officer"), comment, comment.version, text="Ask @Omar and @Cora on Tuesday")
    assert named_people(comment) == {"Omar Officer", "Cora Coordinator"}
    assert list(unseen_mentions(person("third officer"))) == []
    assert list(unseen_mentions(person("other lead"))) == []
    said = thread_of(builders.action(), person("lead")).comments[0]
    assert said.text == "Ask @Omar and @Cora on Tuesday"
    assert [one.text for one in said.earlier] == ["Ask @Omar and @Cora on Monday", "Ask @Omar and @Lena on Friday"]
    assert said.names == ("Omar Officer", "Cora Coordinator")


def test_withdrawn_it_leaves_that_there_was_one_and_the_record_keeps_the_words(database):
    comment = commented(text="@Omar is always late")
    withdraw_comment(person("officer"), comment, comment.version)
    said = thread_of(builders.action(), person("third officer")).comments[0]
    assert (said.text, said.earlier, said.names, said.who) == ("", (), (), "Olive Officer")
    assert said.withdrawn_at
    assert not said.may_change
    assert list(unseen_mentions(person("third officer"))) == []
    assert CommentRevision.get().text == "@Omar is always late"
    with pytest.raises(Forbidden):
        correct_comment(person("officer"), comment, comment.version, text="Again")


@pytest.mark.parametrize("who", ["lead", "coordinator", "other officer", "viewer", "outsider"])
def test_nobody_else_corrects_or_withdraws_it(database, who):
    comment = commented()
    with pytest.raises(Forbidden):
        correct_comment(person(who), comment, comment.version, text="Not what she said")
    with pytest.raises(Forbidden):
        withdraw_comment(person(who), comment, comment.version)
    assert Comment.get_by_id(comment.id).text == "Who rings the county?"


def test_two_corrections_at_once_conflict_and_the_first_stays(database):
    comment, again = commented(), Comment.get()
    correct_comment(person("officer"), comment, 1, text="First")
    with pytest.raises(Conflict) as late:
        correct_comment(person("officer"), again, 1, text="Second")
    assert late.value.current.text == "First"
    assert [one.text for one in CommentRevision.select()] == ["Who rings the county?"]


def test_the_same_form_twice_is_one_comment(database):
    commented(form_key="k" * 30)
    with pytest.raises(Repeated):
        commented(form_key="k" * 30)
    assert Comment.select().count() == 1


def test_a_closed_plan_keeps_its_comments_and_takes_no_more(database):
    comment, plan = commented(), builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    comment = Comment.get_by_id(comment.id)
    for write in (
        commented,
        lambda: correct_comment(person("officer"), comment, comment.version, text="Other"),
        lambda: withdraw_comment(person("officer"), comment, comment.version),
    ):
        with pytest.raises(Forbidden, match="closed"):
            write()
    thread = thread_of(builders.action(), person("officer"))
    assert [one.text for one in thread.comments] == ["Who rings the county?"]
    assert not thread.may_write
    assert not thread.comments[0].may_change


def test_a_mention_goes_with_the_membership_and_with_the_action(database):
    commented(named=[person("third officer").id, person("lead").id])
    held = Membership.get(Membership.person == person("third officer"))
    end_membership(person("coordinator"), held, held.version)
    assert list(unseen_mentions(person("third officer"))) == []
    assert thread_of(builders.action(), person("lead")).comments[0].names == ("Leo Lead",)
    assert unseen_mentions(person("lead")).count() == 1
    action = builders.action()
    action.removed_at = "2011-01-01 00:00:00"
    action.save()
    assert list(unseen_mentions(person("lead"))) == []


def test_she_alone_deals_with_it_once(database):
    commented(named=[person("lead").id])
    mention = Mention.get()
    with pytest.raises(Forbidden):
        deal_with(person("officer"), mention)
    assert deal_with(person("lead"), mention)
    assert not deal_with(person("lead"), mention)
    assert Event.select().where(Event.verb == "comment dealt with").count() == 1


def test_every_write_stands_in_the_history(database):
    comment = commented(named=[person("lead").id])
    correct_comment(person("officer"), comment, comment.version, text="Other words")
    withdraw_comment(person("officer"), comment, comment.version)
    verbs = [event.verb for event in Event.select().where(Event.subject_type == "Comment").order_by(Event.id)]
    assert verbs == ["comment added", "comment corrected", "comment withdrawn"]
    assert list(chain_faults()) == []


def test_the_database_itself_keeps_what_was_said(database):
    comment = commented()
    correct_comment(person("officer"), comment, comment.version, text="Other words")
    for change in (CommentRevision.update(text="Never said"), CommentRevision.delete()):
        with pytest.raises(DatabaseError, match="append-only"), db.database.atomic():
            change.execute()


def test_comments_are_no_part_of_what_leaves(app, visitor_as):
    commented(text="A canary in the comments, @Omar")
    coordinator = visitor_as("coordinator")
    plan = "/p/west-kent/plans/2010-11"
    for ending in (".json", "/", f"/?{'notes=whole'}"):
        assert "canary" not in coordinator.get(plan + ending).html
    for ending in (".xlsx", ".ods", ".docx"):
        with ZipFile(BytesIO(coordinator.get(plan + ending).data)) as book:
            assert not any(b"canary" in book.read(name) for name in book.namelist())
    assert b"canary" not in coordinator.get(f"{plan}.csv").data
    assert "canary" in coordinator.get(f"{plan}/actions/{builders.action().id}").html


def test_the_command_line_may_comment_too(database):
    comment = add_comment(OPERATOR, builders.action(), text="Restored on Sunday")
    assert thread_of(builders.action(), person("officer")).comments[0].who == "Command line"
    assert comment.person_id is None
