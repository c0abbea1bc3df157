"""The pages of authorities, and the command, without a browser."""

import datetime as dt

import pytest
from click.testing import CliRunner

from strategy_tracker.accounts.models import Membership
from strategy_tracker.authorities.models import Succession
from strategy_tracker.cli import main
from strategy_tracker.plans.models import Share
from tests import builders
from tests.cast import authority, person
from tests.databases import using
from tests.milestones.making import a_milestone

LIST = "/p/west-kent/authorities/"
PLAN = "/p/west-kent/plans/2010-11/"
FIELDS = {"on": ["1", "4", "2011"], "reason": "The councils are one from April"}


def form_of(visitor, slug: str):
    return visitor.get(f"{LIST}{authority(slug).id}/succession")


def test_a_new_council_is_added_and_takes_over(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"{LIST}new")
    added = coordinator.send(page, {"name": "West Kent Council", "short": "WKC", "slug": "wkc", "nation": "england"})
    assert "The authority is added." in added.words
    again = coordinator.send(coordinator.get(f"{LIST}new"), {"name": "Other", "short": "WKC", "slug": "wkc"})
    assert again.errors == ["West Kent has an authority wkc or WKC already"]

    new = authority("wkc")
    page = form_of(coordinator, "sdc")
    assert "2 open parts, 1 lead and 2 roles move" in page.words
    for _ in range(2):
        done = coordinator.send(page, FIELDS | {"successor": str(new.id)})
        assert "Until 31 March 2011, now West Kent Council" in done.words
    assert Succession.select().count() == 1
    overview = visitor_as("viewer").get("/p/west-kent/")
    assert "until 31 March 2011, now West Kent Council" in overview.words

    action = builders.action("1.1")
    page = visitor_as("third officer").get(f"{PLAN}actions/{action.id}")
    assert "WKC West Kent Council" in page.words
    assert "Took over from SDC Sevenoaks District Council on 1 April 2011, which said last:" in page.words
    assert page.words.count("The post is vacant") == 2, "beside the part, and in the history"
    assert "SDC reported: off track" in page.words
    assert "SDC hands its part over" in page.words and "WKC takes the part over" in page.words


def test_each_part_and_each_person_can_go_elsewhere(visitor_as):
    coordinator = visitor_as("coordinator")
    share = builders.share(builders.action("2.1"), "sdc")
    held = Membership.get(Membership.person == person("other lead"))
    chosen = {f"share-{share.id}": str(authority("tmbc").id), f"person-{held.id}": "stays"}
    coordinator.send(form_of(coordinator, "sdc"), FIELDS | {"successor": str(authority("kcc").id)} | chosen)
    assert Share.get_by_id(share.id).removed_at is not None
    assert builders.share(builders.action("2.1"), "tmbc").removed_at is None
    assert builders.share(builders.action("1.1"), "kcc").removed_at is None
    assert person("other lead").grants[0].authority_id == authority("sdc").id


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(visitor_as):
    coordinator = visitor_as("coordinator")
    back = coordinator.send(form_of(coordinator, "sdc"), {"reason": "They merge"})
    assert back.errors == ["Select an authority", "Enter the first day"]
    assert "They merge" in back.html
    fields = {"successor": str(authority("kcc").id), "on": ["1", "4", "2090"]}
    back = coordinator.send(back, fields)
    assert back.errors == ["The first day cannot lie ahead: record it on the day itself, or later"]
    back = coordinator.send(back, {"successor": str(authority("marsh").id)})
    assert back.errors == ["Goes on as: select one of the list"]
    assert authority("sdc").ended_on is None


def test_two_who_record_it_at_once_do_so_once(visitor_as):
    first, second = visitor_as("coordinator"), visitor_as("administrator")
    pages = [form_of(first, "sdc"), form_of(second, "sdc")]
    fields = FIELDS | {"successor": str(authority("kcc").id)}
    first.send(pages[0], fields)
    back = second.send(pages[1], fields | {"reason": "Words of the second"})
    assert back.errors == ["SDC ended on 31 March 2011 already"]
    assert "Words of the second" in back.html
    assert Succession.select().count() == 1


def test_the_administrator_records_it_and_sees_no_words_of_the_plan(visitor_as):
    administrator = visitor_as("administrator")
    page = form_of(administrator, "sdc")
    assert "2 open parts" in page.words
    assert builders.action("1.1").text not in page.html
    administrator.send(page, FIELDS | {"successor": str(authority("kcc").id)})
    assert authority("sdc").ended_on == dt.date(2011, 3, 31)


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("lead", 403), ("viewer", 404), ("outsider", 404)])
def test_others_do_not(visitor_as, who, status):
    visitor_as(who).get(f"{LIST}{authority('sdc').id}/succession", status=status)
    visitor_as(who).get(f"{LIST}new", status=status)


def test_forms_offer_those_that_stand_and_what_was_chosen_before(visitor_as):
    coordinator = visitor_as("coordinator")
    coordinator.send(form_of(coordinator, "sdc"), FIELDS | {"successor": str(authority("kcc").id)})
    page = coordinator.get(f"{PLAN}objectives/{builders.action().objective_id}/actions/new")
    offered = {box.attrib["value"] for box in page.all("input", name="authorities")}
    assert str(authority("sdc").id) not in offered and str(authority("kcc").id) in offered
    roles = coordinator.get("/p/west-kent/people/").html
    assert "SDC: officer" not in roles and "KCC: officer" in roles
    shares = coordinator.get(f"{PLAN}actions/{builders.action('1.1').id}/authorities")
    assert "Sevenoaks" not in shares.words


def test_milestones_go_on_with_the_part(visitor_as):
    action = builders.action("1.1")
    a_milestone(action, "A draft is out", of="sdc")
    coordinator = visitor_as("coordinator")
    coordinator.send(form_of(coordinator, "sdc"), FIELDS | {"successor": str(authority("kcc").id)})
    assert "A draft is out" in coordinator.get(f"{PLAN}actions/{action.id}").words


def test_whoever_reports_first_finds_what_was_said_before(visitor_as):
    coordinator = visitor_as("coordinator")
    coordinator.send(form_of(coordinator, "sdc"), FIELDS | {"successor": str(authority("kcc").id)})
    action = builders.action("1.1")
    share, outcome = builders.share(action, "kcc"), builders.outcomes(action)[0]
    page = visitor_as("other officer").get(f"{PLAN}shares/{share.id}/outcomes/{outcome.id}/progress")
    assert "Took over from SDC" in page.words and "The post is vacant" in page.words


def run(*words: str, url: str):
    return CliRunner().invoke(main, ["authority", "succeed", *words], env={"TRACKER_DATABASE_URL": url})


def test_the_command(database_url):
    place = ("--partnership", "west-kent", "--on", "2011-04-01")
    done = run("sdc", "--by", "kcc", *place, "--keep-people", url=database_url)
    assert done.output == "sdc is succeeded by kcc: 2 shares, 1 leads, 0 roles moved\n"
    with using(database_url):
        assert authority("sdc").ended_on == dt.date(2011, 3, 31)
    again = run("sdc", "--by", "kcc", *place, url=database_url)
    assert (again.exit_code, again.output) == (1, "SDC ended on 31 March 2011 already\n")
    assert run("sdc", "--by", "kcc", "--partnership", "west-kent", "--on", "April", url=database_url).exit_code == 2
