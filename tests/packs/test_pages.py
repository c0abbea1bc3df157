"""The pages of packs."""

import pytest

from strategy_tracker.accounts.models import Membership
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.operations import result_of
from strategy_tracker.jobs.worker import Worker
from strategy_tracker.reports.packs import making
from strategy_tracker.reports.packs.models import BoardPack, PackPart
from strategy_tracker.reports.packs.queries import PACK
from tests import builders
from tests.cast import person
from tests.packs.making import a_pack, a_published_report, editions, made, of
from tests.reports.making import quick

PACKS = "/p/west-kent/packs/"
FILLED = {
    "title": "Papers for the cabinet",
    "for_whom": "Cabinet of TMBC",
    "meeting": "Larkfield",
    "meeting_on": ["20", "7", "2011"],
    "audience": "board",
}


def work() -> int:
    """What a worker does of what waits, with a stand-in for the PDF."""
    return Worker({PACK: lambda job: making.make_asked(job, quick)}).until_idle()


def test_the_coordinator_puts_a_pack_together_has_it_made_and_downloads_it(visitor_as):
    report, plan = a_published_report(), builders.plan()
    coordinator = visitor_as("coordinator")
    form = coordinator.get(f"{PACKS}new")
    assert "Published as: full report, summary for a board, public copy" in form.words
    page = coordinator.send(form, FILLED | {f"report-{report.id}": "2", f"plan-{plan.id}": "1"})
    pack = BoardPack.get()
    assert page.address == f"{PACKS}{pack.id}/"
    assert page.words.index("Action plan 2010-11") < page.words.index(report.title)
    assert "Nothing is made of it yet." in page.words
    waiting = coordinator.send(page)
    job = Job.get(Job.kind == PACK)
    assert waiting.address == f"/p/west-kent/jobs/{job.id}/"
    assert coordinator.send(coordinator.get(f"{PACKS}{pack.id}/")).address == waiting.address
    assert "It is being made." in coordinator.get(f"{PACKS}{pack.id}/").words
    assert work() >= 1
    assert result_of(Job.get_by_id(job.id)) == {"address": f"{PACKS}{pack.id}/"}
    page = coordinator.get(waiting.address)
    assert page.address == f"{PACKS}{pack.id}/"
    (edition,) = editions(pack)
    assert edition.pdf_sha256 in page.words
    (link,) = [one.attrib["href"] for one in page.all("a") if one.attrib.get("href", "").endswith(".pdf")]
    file = coordinator.get(link)
    assert file.data.startswith(b"%PDF-")
    assert file.headers["Content-Disposition"] == f'attachment; filename="west-kent-pack-{pack.id}-edition-1.pdf"'
    assert "Edition 1" in coordinator.get(PACKS).words


def test_parts_change_their_places_and_leave(visitor_as):
    report, plan = a_published_report(), builders.plan()
    pack = a_pack(report, of(plan, number=1))
    coordinator = visitor_as("coordinator")
    form = coordinator.get(f"{PACKS}{pack.id}/edit")
    assert [form.all("input", name=name)[0].attrib["value"] for name in (f"report-{report.id}", f"plan-{plan.id}")] == [
        "1",
        "2",
    ]
    page = coordinator.send(form, {f"plan-{plan.id}": "1", f"plan-{plan.id}-as_at": ["30", "4", "2011"]})
    parts = list(PackPart.select().where(PackPart.pack == pack).order_by(PackPart.position))
    assert [(part.plan_id, part.number, bool(part.issue_id)) for part in parts] == [
        (plan.id, 1, False),
        (None, None, True),
    ]
    assert "As at 30 April 2011" in page.words
    coordinator.send(coordinator.get(f"{PACKS}{pack.id}/edit"), {f"report-{report.id}": ""})
    assert PackPart.select().where(PackPart.pack == pack).count() == 1


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": ""}, "Enter the title"),
        ({"plan": ""}, "Type 1 beside what comes first in the pack: it has no part yet"),
        ({"plan": "first"}, "Place of Action plan 2010-11: enter a number from 1 to 99, or leave it empty"),
        ({"meeting_on": ["31", "2", "2011"]}, "Date of the meeting must be a real date, such as 30 6 2011"),
        ({"plan-as_at": ["1", "1", "1066"]}, "The date must be between 1990 and 2100"),
    ],
)
def test_what_is_refused_comes_back_with_its_words(visitor_as, fields, problem):
    coordinator, plan = visitor_as("coordinator"), builders.plan()
    typed = {name.replace("plan", f"plan-{plan.id}"): value for name, value in ({"plan": "1"} | fields).items()}
    back = coordinator.send(coordinator.get(f"{PACKS}new"), FILLED | typed)
    assert back.errors == [problem]
    assert BoardPack.select().count() == 0
    assert "Cabinet of TMBC" in back.html


def test_a_report_that_was_not_published_for_a_board_is_named(visitor_as):
    from tests.reports.making import a_report, published

    report = published(a_report(audiences=()))
    coordinator = visitor_as("coordinator")
    back = coordinator.send(coordinator.get(f"{PACKS}new"), FILLED | {f"report-{report.id}": "1"})
    assert back.errors == [f"{report.title} was not published as: summary for a board"]


def test_two_people_at_once_see_both_versions(visitor_as):
    pack = a_pack()
    coordinator = visitor_as("coordinator")
    first, second = coordinator.get(f"{PACKS}{pack.id}/edit"), coordinator.get(f"{PACKS}{pack.id}/edit")
    coordinator.send(first, {"title": "Theirs"})
    both = coordinator.send(second, {"title": "Mine"}, status=409)
    assert "Cora Coordinator, saved" in both.words
    assert "Theirs" in both.words


def test_who_does_not_make_packs_is_offered_nothing(visitor_as):
    pack = made(a_pack()).pack
    for who in ("officer", "steering member", "viewer"):
        visitor = visitor_as(who)
        assert "Put a pack together" not in visitor.get(PACKS).words
        page = visitor.get(f"{PACKS}{pack.id}/")
        assert "Edition 1" in page.words
        assert "Make it again" not in page.words
        assert ("What goes into it" in page.words) == (who != "viewer")


def test_a_role_that_is_lost_ends_the_download(visitor_as):
    edition = made(a_pack())
    viewer = visitor_as("viewer")
    address = f"{PACKS}{edition.pack_id}/editions/{edition.id}.pdf"
    assert viewer.get(address).data == b"%PDF-" + edition.pdf.removeprefix(b"%PDF-")
    Membership.delete().where(Membership.person == person("viewer").id).execute()
    viewer.get(address, status=404)


def test_a_report_that_was_replaced_is_said_so(visitor_as):
    from strategy_tracker.reports.operations import begin_correction
    from tests.reports.making import fresh, published

    report = a_published_report()
    pack = a_pack(report)
    published(fresh(begin_correction(person("coordinator"), report, why="A figure was wrong")))
    assert "Replaced by a corrected issue" in visitor_as("officer").get(f"{PACKS}{pack.id}/").words
