"""A decision from its recording to what came of it, on both databases."""

import datetime as dt

import pytest
from peewee import DatabaseError

from strategy_tracker.db import database as proxy
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.reviews.decisions import operations, queries
from strategy_tracker.reviews.decisions.models import Decision, DecisionRevision
from strategy_tracker.reviews.decisions.rules import Kind, State
from tests import builders
from tests.cast import authority, partnership, person
from tests.decisions.making import a_decision, wording
from tests.meetings.making import JULY, a_meeting, an_item, approved

pytestmark = pytest.mark.usefixtures("database")
AT_ANY_TIME = Timescale.by(dt.date(2011, 11, 1))


@pytest.fixture
def meeting():
    return a_meeting()


def fresh(decision):
    return Decision.get_by_id(decision.id)


def test_who_may_record_one(meeting):
    for who in ("officer", "lead", "viewer", "outsider", "foreign coordinator"):
        with pytest.raises(Forbidden):
            a_decision(meeting, by=person(who))
    numbers = [a_decision(meeting, by=person(who)).number for who in ("coordinator", "steering member")]
    assert numbers == [1, 2]
    assert a_decision(a_meeting(dt.date(2011, 4, 14))).number == 1


def test_nothing_is_decided_before_the_day_of_the_meeting():
    with pytest.raises(Invalid, match="not been held"):
        a_decision(a_meeting(dt.date(2090, 1, 10)), due_on=dt.date(2090, 2, 1))


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * 5001}, "words"),
        ({"owner": ""}, "owner"),
        ({"owner": "marsh"}, "owner"),
        ({"owner": "viewer"}, "owner"),
        ({"owner": "outsider"}, "owner"),
        ({"due_on": dt.date(2011, 7, 1)}, "due_on"),
        ({"due_on": dt.date(2101, 1, 1)}, "due_on"),
    ],
)
def test_what_says_nothing_is_refused_at_its_field(meeting, words, field):
    with pytest.raises(Invalid) as refused:
        operations.record_decision(person("coordinator"), meeting, wording(**words))
    assert list(refused.value.problems) == [field]


def test_what_it_is_about_must_fit_together(meeting):
    action, other = builders.action("1.2"), builders.action("2.1")
    foreign, standing = builders.action("1.1", "2010-11", "east-fen"), a_decision(meeting)
    for words, field in (
        ({"action": foreign}, "number"),
        ({"action": action, "share": builders.share(other, "sdc")}, "whose"),
        ({"action": action, "outcome": builders.outcomes(other)[0]}, "outcome"),
        ({"action": action, "kind": Kind.CHANGE, "new_text": "Twenty loans"}, "outcome"),
        ({"action": other, "kind": Kind.CHANGE}, "new_due_on"),
        ({"kind": Kind.CHANGE, "new_due": AT_ANY_TIME}, "number"),
        (
            {"action": other, "kind": Kind.CHANGE, "new_due": AT_ANY_TIME, "share": builders.share(other, "sdc")},
            "whose",
        ),
        ({"item": an_item(a_meeting(dt.date(2011, 4, 14)))}, "words"),
    ):
        with pytest.raises(Invalid) as refused:
            a_decision(meeting, **words)
        assert list(refused.value.problems) == [field]
        with pytest.raises(Invalid) as refused:
            operations.edit_decision(person("coordinator"), standing, 1, wording(**words))
        assert list(refused.value.problems) == [field]


def test_the_owner_is_a_person_an_authority_or_a_post(meeting):
    mine = a_decision(meeting, owner="officer")
    assert (mine.owner_id, mine.authority.slug) == (person("officer").id, "tmbc")
    assert a_decision(meeting, owner="coordinator").authority_id is None
    assert a_decision(meeting, owner="The chair of the board").owner_words == "The chair of the board"


def test_it_is_edited_by_version_and_keeps_what_it_said(meeting):
    decision = a_decision(meeting)
    operations.edit_decision(person("steering member"), decision, 1, wording("Report in September", owner="sdc"))
    with pytest.raises(Conflict):
        operations.edit_decision(person("coordinator"), fresh(decision), 1, wording("Too late"))
    told = queries.revisions_of(decision)
    assert [(row.words, row.owner) for row in told] == [
        ("Report again in October", "TMBC"),
        ("Report in September", "SDC"),
    ]
    for query in (DecisionRevision.update(words="Other"), DecisionRevision.delete()):
        with pytest.raises(DatabaseError, match="append-only"), proxy.atomic():
            query.execute()


def test_once_the_minutes_are_approved_a_change_needs_a_reason():
    meeting = a_meeting(dt.date(2011, 4, 14))
    decision = a_decision(meeting)
    approved(meeting, a_meeting(JULY))
    with pytest.raises(Invalid) as refused:
        operations.edit_decision(person("coordinator"), decision, 1, wording("Otherwise"))
    assert list(refused.value.problems) == ["reason"]
    operations.edit_decision(person("coordinator"), decision, 1, wording("Otherwise"), reason="A slip of the pen")
    assert queries.revisions_of(decision)[1].reason == "A slip of the pen"


def test_its_owner_says_that_it_is_done(meeting):
    decision = a_decision(meeting, owner="officer")
    for who in ("other officer", "viewer", "outsider"):
        with pytest.raises(Forbidden):
            operations.answer_decision(person(who), decision, 1, answer="Done")
    with pytest.raises(Invalid, match="Say what came of it"):
        operations.answer_decision(person("officer"), decision, 1, answer=" ")
    operations.answer_decision(person("officer"), decision, 1, answer="Seven landlords signed")
    row = fresh(decision)
    assert (row.state, row.answer, row.settled_by_id) == ("done", "Seven landlords signed", person("officer").id)
    with pytest.raises(Conflict):
        operations.answer_decision(person("officer"), decision, 1, answer="Again")
    with pytest.raises(Invalid, match="done already"):
        operations.drop_decision(person("coordinator"), row, 2, answer="Not needed")


def test_an_owner_may_answer_whatever_else_she_is(meeting):
    decision = a_decision(meeting, owner="officer")
    Decision.update(authority=authority("sdc")).execute()
    operations.answer_decision(person("officer"), fresh(decision), 1, answer="Done")
    assert fresh(decision).state == State.DONE


def test_it_is_dropped_and_opened_again_with_reasons(meeting):
    decision = a_decision(meeting)
    with pytest.raises(Forbidden):
        operations.drop_decision(person("lead"), decision, 1, answer="No")
    operations.drop_decision(person("steering member"), decision, 1, answer="The county does it")
    with pytest.raises(Invalid, match="Say why it is open again"):
        operations.reopen_decision(person("coordinator"), decision, 2, reason="")
    operations.reopen_decision(person("coordinator"), decision, 2, reason="The county does not")
    row = fresh(decision)
    assert (row.state, row.answer, row.settled_on, row.settled_by_id) == ("open", "", None, None)
    with pytest.raises(Invalid, match="is open"):
        operations.reopen_decision(person("coordinator"), row, 3, reason="Again")


def test_the_same_form_twice_is_one_decision(meeting):
    words = wording("Once")
    operations.record_decision(person("coordinator"), meeting, words, form_key="k" * 20)
    with pytest.raises(Repeated):
        operations.record_decision(person("coordinator"), meeting, words, form_key="k" * 20)
    assert Decision.select().count() == 1


def test_it_comes_to_the_work_of_its_owner_or_of_the_lead(meeting):
    mine = a_decision(meeting, "Mine", owner="officer")
    a_decision(meeting, "The authority’s", due_on=dt.date(2011, 9, 1))
    a_decision(meeting, "Nobody’s", owner="The chair")
    on = dt.date(2011, 9, 15)
    hers, theirs = (queries.open_decisions_of(person(who), on) for who in ("officer", "lead"))
    assert [(one.words, one.is_overdue) for one in hers] == [("Mine", False)]
    assert [(one.words, one.is_overdue) for one in theirs] == [("The authority’s", True)]
    operations.answer_decision(person("officer"), mine, 1, answer="Done")
    assert queries.open_decisions_of(person("officer"), on) == ()


def test_what_the_report_of_a_quarter_asks(meeting):
    from tests.quarters.making import the_quarter

    quarter = the_quarter()
    reviewing = a_meeting(dt.date(2011, 7, 14), quarter=quarter)
    item = an_item(reviewing, "Workshops", asked="Agree to Porchlight’s", asked_by="TWBC")
    an_item(reviewing, "To be heard")
    assert [(one.words, one.by, one.decision) for one in queries.decisions_asked(quarter)] == [
        ("Agree to Porchlight’s", "TWBC", None)
    ]
    taken = a_decision(reviewing, "Agreed", item=item, owner="officer")
    (asked,) = queries.decisions_asked(quarter)
    assert asked.decision is not None
    assert asked.decision.words == "Agreed"
    operations.answer_decision(person("officer"), taken, 1, answer="They did")
    (told,) = queries.decisions_followed_up(partnership().id, dt.date(2011, 7, 20))
    assert (told.state, told.answer, told.is_overdue) == (State.OPEN, "", False), "it was settled after that day"
    assert (told.owner, told.owner_without_name) == ("Olive Officer, TMBC", "TMBC")
    settled = fresh(taken).settled_on
    (told,) = queries.decisions_followed_up(partnership().id, settled)
    assert (told.state, told.answer) == (State.DONE, "They did")
    assert queries.decisions_followed_up(partnership().id, settled, settled + dt.timedelta(days=1)) == ()
