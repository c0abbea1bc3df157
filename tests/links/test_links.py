"""Links between actions: both ends, no doubles, no circles, and nothing that one may not read."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.links import operations
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.links.page import link_views
from strategy_tracker.plans.links.queries import actions_numbered, readable_others
from strategy_tracker.plans.links.rules import LinkKind, goes_round
from tests import builders
from tests.cast import person
from tests.links.making import a_link

DEPENDS, CONTRIBUTES, SEE = LinkKind.DEPENDS_ON, LinkKind.CONTRIBUTES_TO, LinkKind.SEE_ALSO
with_database = pytest.mark.usefixtures("database")


def views(action, who):
    return link_views(action, person(who), readable_others(person(who), action.id))


def seen(number="1.1", who="coordinator", slug="2010-11"):
    return [(one.words, one.number) for one in views(builders.action(number, slug), who)]


@with_database
@pytest.mark.parametrize(
    ("kind", "there", "back"),
    [(DEPENDS, "depends on", "needed by"), (CONTRIBUTES, "contributes to", "helped by"), (SEE, "see also", "see also")],
)
def test_both_ends_show_it_in_their_own_words(kind, there, back):
    a_link(builders.action("1.1"), builders.action("2.1"), kind)
    assert seen("1.1") == [(there, "2.1")]
    assert seen("2.1") == [(back, "1.1")]


@with_database
@pytest.mark.parametrize("who", ["lead", "coordinator", "officer", "other lead", "steering member", "viewer"])
def test_it_is_made_and_removed_by_whoever_may_edit_the_action(who):
    """1.1 stands in an objective that TMBC leads, 2.1 is led by SDC."""
    if who in ("lead", "coordinator"):
        link = a_link(builders.action("1.1"), builders.action("2.1"), by=person(who))
        assert [one.may_remove for one in views(builders.action("1.1"), who)] == [True]
        operations.remove_link(person(who), link, link.version)
        assert seen() == []
        return
    link = a_link(builders.action("1.1"), builders.action("2.1"))
    with pytest.raises(Forbidden):
        a_link(builders.action("1.1"), builders.action("1.2"), by=person(who))
    with pytest.raises(Forbidden):
        operations.remove_link(person(who), link, link.version)
    assert not any(one.may_remove for one in views(builders.action("2.1"), who))


@with_database
def test_no_action_is_linked_to_itself_or_twice_in_the_same_way():
    first, second = builders.action("1.1"), builders.action("2.1")
    with pytest.raises(Invalid, match="to itself"):
        a_link(first, first)
    a_link(first, second, SEE)
    for start, end in ((first, second), (second, first)):
        with pytest.raises(Invalid, match="linked in this way already"):
            a_link(start, end, SEE)
    a_link(first, second, CONTRIBUTES)
    a_link(second, first, CONTRIBUTES)
    assert seen() == [("contributes to", "2.1"), ("helped by", "2.1"), ("see also", "2.1")]


@with_database
def test_nothing_depends_on_itself_through_others():
    first, second, third = builders.action("1.1"), builders.action("1.2"), builders.action("2.1")
    a_link(first, second)
    link = a_link(second, third)
    with pytest.raises(Invalid, match="it would go round"):
        a_link(third, first)
    assert ActionLink.select().count() == 2
    operations.remove_link(person("coordinator"), link, link.version)
    a_link(third, first)


@with_database
def test_a_link_that_was_removed_stands_again_and_a_stale_removal_is_a_conflict():
    first, second = builders.action("1.1"), builders.action("2.1")
    link = a_link(first, second)
    operations.remove_link(person("lead"), link, 1)
    assert a_link(first, second).id == link.id
    assert seen() == [("depends on", "2.1")]
    with pytest.raises(Conflict):
        operations.remove_link(person("lead"), link, 1)


@with_database
def test_the_same_form_twice_is_one_link():
    first, second = builders.action("1.1"), builders.action("2.1")
    operations.add_link(person("lead"), first, SEE, second, form_key="k" * 20)
    with pytest.raises(Repeated):
        operations.add_link(person("lead"), first, SEE, second, form_key="k" * 20)


@with_database
def test_what_one_may_not_read_or_what_is_gone_does_not_show():
    action = builders.action("1.1")
    a_link(action, builders.action("1.1", "2011-12"))
    a_link(action, builders.action("1.2"), SEE)
    assert seen(who="officer") == [("depends on", "1.1"), ("see also", "1.2")]
    assert seen(who="viewer") == [("see also", "1.2")]
    (there, _) = views(action, "officer")
    base = there.address.partition("/actions/")[0]
    assert (there.plan, base) == (
        "Action plan 2011-12, July 2011 to June 2012",
        "/p/west-kent/plans/2011-12",
    )
    gone = builders.action("1.2")
    plans.remove(person("coordinator"), gone, gone.version, change=builders.WHY)
    assert seen(who="viewer") == []


@with_database
def test_only_actions_of_the_same_partnership_that_one_may_read():
    foreign = builders.action("1.1", of="east-fen")
    with pytest.raises(Forbidden):
        a_link(builders.action("1.1"), foreign, by=person("lead"))
    with pytest.raises(Invalid, match="same partnership"):
        a_link(builders.action("1.1"), foreign)


@with_database
def test_a_closed_plan_is_linked_to_and_no_longer_from():
    plan = builders.plan()
    link = a_link(builders.action("1.1"), builders.action("1.2"))
    plans.close_plan(person("coordinator"), plan, plan.version)
    a_link(builders.action("1.1", "2011-12"), builders.action("1.1"))
    assert seen("1.1") == [("depends on", "1.2"), ("needed by", "1.1")]
    with pytest.raises(Forbidden):
        a_link(builders.action("1.1"), builders.action("2.1"))
    with pytest.raises(Forbidden):
        operations.remove_link(person("coordinator"), ActionLink.get_by_id(link.id), 1)


@with_database
@pytest.mark.parametrize("typed", ["1.2", " 1.2 ", "Action 1.2", "action 1.2.", "No 1.2", "no. 1.2"])
def test_a_number_is_understood_as_people_write_it(typed):
    found = actions_numbered(person("viewer"), builders.plan(), typed)
    assert [action.id for action in found] == [builders.action("1.2").id]


@with_database
@pytest.mark.parametrize("typed", ["9.9", "1", "%", "1.2 or 1=1", "\0", "x" * 5000])
def test_what_is_no_number_finds_nothing(typed):
    assert actions_numbered(person("viewer"), builders.plan(), typed.replace("\0", "")) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(list(permutations(range(1, 6), 2))), max_size=12))
def test_what_is_let_through_never_goes_round(wanted):
    edges = []
    for first, last in wanted:
        if not goes_round(edges, first, last):
            edges.append((first, last))
    left = {number for edge in edges for number in edge}
    while left:
        free = {number for number in left if not any(first == number and last in left for first, last in edges)}
        assert free, f"a circle in {edges}"
        left -= free
