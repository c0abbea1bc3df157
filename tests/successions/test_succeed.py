"""An authority ends and others go on: what moves, what stays, and who may do it."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Succession
from strategy_tracker.authorities.queries import partners_of, today_of
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.people.operations import add_authority, add_member
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.lineage.operations import begin_plan
from strategy_tracker.plans.lineage.rules import Kind
from strategy_tracker.plans.models import Action, Objective, Outcome, ProgressNote, Share
from strategy_tracker.plans.versions.models import PlanVersion
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.successions import operations
from strategy_tracker.successions.operations import Choices, Moved
from strategy_tracker.successions.pages import endings_of, estate_of, taken_over
from tests import builders
from tests.cast import authority, partnership, person

ON = dt.date(2011, 4, 1)


def succeed(old="sdc", by="kcc", who="coordinator", shares=None, people=None, **more) -> Moved:
    row = authority(old)
    choices = Choices(authority(by), shares or {}, people or {})
    words = {"on": ON, "reason": "The Kent (Structural Changes) Order 2010"}
    return operations.succeed(person(who), row, more.pop("version", row.version), choices, **(words | more))


def standing(slug: str) -> list[tuple[str, str]]:
    """The plan and number of each action in which an authority takes part."""
    rows = Share.reach().query.where(Share.authority == authority(slug)).order_by(Action.id)
    return [(share.plan.slug, share.action.number) for share in rows]


def test_open_shares_move_and_the_old_authority_ends_the_day_before(database):
    assert succeed() == Moved(shares=2, leads=1, people=2)
    assert standing("sdc") == []
    assert standing("kcc") == [("2010-11", "1.1"), ("2010-11", "2.1"), ("2011-12", "1.1")]
    old = authority("sdc")
    assert old.ended_on == dt.date(2011, 3, 31)
    assert endings_of(old.partnership_id) == {old.id: "until 31 March 2011, now Kent County Council"}
    assert list(chain_faults()) == []


def test_what_was_said_stays_with_the_old_name_and_is_reached_from_the_new_part(database):
    notes = {note.id: (note.share_id, note.text, note.share.authority.slug) for note in ProgressNote.select()}
    succeed()
    assert {note.id: (note.share_id, note.text, note.share.authority.slug) for note in ProgressNote.select()} == notes
    action = builders.action("1.1")
    before = taken_over(action.id)[builders.share(action, "kcc").id]
    assert [(one.authority, one.on, [words.text for words in one.words]) for one in before] == [
        ("SDC", ON, ["The post is vacant"])
    ]


def test_where_the_new_one_takes_part_already_the_two_become_one(database):
    notes = ProgressNote.select().count()
    assert succeed("sdc", "tmbc").shares == 2
    action = builders.action("1.1")
    slugs = [share.authority.slug for share in Share.reach().query.where(Share.action == action)]
    assert sorted(slugs) == ["tmbc", "twbc"]
    assert ProgressNote.select().count() == notes
    assert taken_over(action.id)[builders.share(action, "tmbc").id][0].authority == "SDC"


def test_several_are_merged_into_one_and_one_is_split(database):
    add_authority(person("coordinator"), partnership(), "wkc", "West Kent Council", "WKC")
    for old in ("sdc", "twbc"):
        succeed(old, "wkc")
    action = builders.action("2.1")
    assert standing("wkc") == [("2010-11", "1.1"), ("2010-11", "2.1")]
    before = taken_over(action.id)[builders.share(action, "wkc").id]
    assert {one.authority for one in before} == {"SDC", "TWBC"}

    chosen = {builders.share(action, "wkc").id: authority("tmbc")}
    succeed("wkc", "kcc", shares=chosen)
    assert ("2010-11", "2.1") in standing("tmbc")
    assert ("2010-11", "2.1") not in standing("kcc")
    assert ("2010-11", "1.1") in standing("kcc")
    later = taken_over(action.id)[builders.share(action, "tmbc").id]
    assert [one.authority for one in later] == ["WKC", "TWBC", "SDC"], "over both reorganisations"
    assert today_of(partnership().id)[authority("sdc").id].slug == "kcc"
    ended = endings_of(partnership().id)[authority("wkc").id]
    assert ended == "until 31 March 2011, now Kent County Council and Tonbridge and Malling Borough Council"


def test_leads_follow_their_action_and_an_objective_the_first_successor(database):
    coordinator, action = person("coordinator"), builders.action("2.1")
    outcome = builders.outcomes(action)[0]
    more = {"lead": authority("sdc"), "change": Change("Agreed")}
    timescale = builders.Timescale()
    plans.edit_outcome(coordinator, outcome, outcome.version, text=outcome.text, timescale=timescale, **more)
    objective = action.objective
    plans.edit_objective(coordinator, objective, objective.version, title=objective.title, **more)
    moved = succeed(by="kcc", shares={builders.share(action, "sdc").id: authority("twbc")})
    assert moved.leads == 3
    assert Objective.get_by_id(objective.id).lead.slug == "kcc"
    assert Action.get_by_id(action.id).lead.slug == "twbc"
    assert Outcome.get_by_id(outcome.id).lead.slug == "twbc"


def test_an_owner_goes_on_where_the_part_is_new_and_stays_where_there_was_one(database):
    action = builders.action("1.1")
    for slug, name in (("sdc", "Housing Advice"), ("tmbc", "Housing Options Manager")):
        share = builders.share(action, slug)
        plans.edit_share(person("coordinator"), share, share.version, Owner(OwnerKind.TEAM, name))
    succeed("sdc", "kcc")
    assert builders.share(action, "kcc").owner_name == "Housing Advice"
    succeed("kcc", "tmbc")
    assert builders.share(action, "tmbc").owner_name == "Housing Options Manager"


def test_an_agreed_plan_gets_one_version_and_a_closed_one_stays_as_it_is(database):
    coordinator, plan = person("coordinator"), builders.plan()
    before = PlanVersion.select().where(PlanVersion.plan == plan).count()
    succeed("sdc", "kcc", approved_by="Steering group, 12 March 2011")
    versions = list(PlanVersion.select().where(PlanVersion.plan == plan).order_by(PlanVersion.number))
    assert len(versions) == before + 1
    assert (versions[-1].dated_on, versions[-1].approved_by) == (ON, "Steering group, 12 March 2011")
    assert versions[-1].reason == "The Kent (Structural Changes) Order 2010"
    plan = builders.plan()
    plans.close_plan(coordinator, plan, plan.version)
    assert succeed("twbc", "kcc").shares == 0
    assert standing("twbc") == [("2010-11", "1.1"), ("2010-11", "2.1")]


def test_people_go_on_with_the_same_sign_in_unless_they_stay(database):
    lead = Membership.get(Membership.person == person("other lead"))
    held = Membership.select().where(Membership.ended_at.is_null()).count()
    assert succeed(people={lead.id: None}).people == 1
    assert [(grant.role, grant.authority_id) for grant in person("other officer").grants] == [
        ("officer", authority("kcc").id)
    ]
    assert [grant.authority_id for grant in person("other lead").grants] == [authority("sdc").id]
    assert Membership.select().where(Membership.ended_at.is_null()).count() == held
    action = builders.action("1.1")
    builders.a_note(action, "kcc", by=person("other officer"))


def test_somebody_who_has_the_role_there_already_has_it_once(database):
    email = person("other officer").email
    add_member(person("coordinator"), partnership(), authority("kcc"), Role.OFFICER, email=email, name="Oscar")
    succeed()
    assert [grant.authority_id for grant in person("other officer").grants] == [authority("kcc").id]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"on": dt.date(2090, 4, 1)}, "cannot lie ahead"),
        ({"on": dt.date(1980, 4, 1)}, "between 1990"),
        ({"by": "sdc"}, "another authority of this partnership"),
        ({"by": "marsh"}, "another authority of this partnership"),
        ({"reason": " "}, "Enter the reason"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(database, more, words):
    with pytest.raises(Invalid, match=words):
        succeed(**more)
    assert authority("sdc").ended_on is None
    assert not Succession.select().exists()
    assert ("2010-11", "1.1") in standing("sdc")


def test_tomorrow_is_ahead_and_today_is_not(database):
    with time_machine.travel(dt.datetime(2011, 4, 1, 12, tzinfo=dt.UTC)):
        with pytest.raises(Invalid):
            succeed(on=dt.date(2011, 4, 2))
        succeed()


def test_an_authority_ends_once_and_an_ended_one_takes_nothing_over(database):
    succeed()
    with pytest.raises(Invalid, match="ended on 31 March 2011 already"):
        succeed(by="twbc")
    with pytest.raises(Invalid, match="SDC ended on"):
        succeed("twbc", "sdc")
    assert [one.slug for one in partners_of(partnership().id)] == ["tmbc", "twbc", "kcc"]


def test_the_same_form_is_one_succession_and_an_old_version_a_conflict(database):
    version = authority("sdc").version
    with pytest.raises(Conflict):
        succeed(version=version + 1)
    succeed(form_key="a key")
    with pytest.raises(Repeated):
        succeed(form_key="a key")
    assert Succession.select().count() == 1


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("coordinator", True), ("administrator", True), ("lead", False), ("other lead", False), ("officer", False),
        ("steering member", False), ("partnership viewer", False), ("provider", False), ("foreign coordinator", False),
    ],
)  # fmt: skip
def test_who_may_record_it(database, who, may):
    if may:
        assert succeed(who=who).shares == 2
        return
    with pytest.raises(Forbidden):
        succeed(who=who)
    with pytest.raises(Forbidden):
        add_authority(person(who), partnership(), "wkc", "West Kent Council", "WKC")


def test_the_administrator_sees_how_much_moves_and_not_what(database):
    assert estate_of(authority("sdc"), person("coordinator")).sees_parts
    estate = estate_of(authority("sdc"), person("administrator"))
    assert (len(estate.parts), estate.sees_parts) == (2, False)


def test_an_ended_authority_takes_part_in_nothing_that_begins_later(database):
    succeed()
    plan = builders.a_plan("2012-13", agreed=False, period_from=dt.date(2012, 7, 1), period_to=dt.date(2013, 6, 30))
    objective = builders.an_objective(plan)
    with pytest.raises(Invalid, match="ended before this plan begins"):
        builders.an_action(objective, of=["sdc"])
    with pytest.raises(Invalid, match="ended on 31 March 2011"):
        add_member(person("coordinator"), partnership(), authority("sdc"), Role.OFFICER, email="n@x.example", name="N")


def test_a_closed_plan_is_carried_forward_by_those_who_go_on(database):
    coordinator, plan = person("coordinator"), builders.plan()
    plans.close_plan(coordinator, plan, plan.version)
    for old in ("sdc", "twbc"):
        succeed(old, "kcc")
    actions = [builders.action(number) for number in ("1.1", "2.1")]
    new = begin_plan(
        coordinator, builders.plan(), Kind.SUCCESSOR, slug="2013", title="Next", strategy="",
        period_from=dt.date(2011, 7, 1), period_to=dt.date(2012, 6, 30), actions=actions,
    )  # fmt: skip
    rows = Share.reach().query.where(Objective.plan == new).order_by(Action.id, Share.authority)
    assert [(share.action.number, share.authority.slug) for share in rows] == [
        ("1.1", "tmbc"), ("1.1", "kcc"), ("2.1", "kcc"),
    ]  # fmt: skip
    assert builders.action("2.1", "2013").lead.slug == "kcc"
