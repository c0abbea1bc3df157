"""A pack is put together, asked for, made once for each asking, kept, and read by who may read all of it."""

import datetime as dt
import io
import json
import re

import pytest
from peewee import DatabaseError
from pypdf import PdfReader

from strategy_tracker import documents
from strategy_tracker.accounts.models import Membership
from strategy_tracker.errors import Forbidden, Invalid, NotFound
from strategy_tracker.jobs import GiveUp
from strategy_tracker.jobs.models import Job
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.operations import edit_plan
from strategy_tracker.plans.rules import Status
from strategy_tracker.reports.models import ReportIssue
from strategy_tracker.reports.packs import operations
from strategy_tracker.reports.packs.making import made_of, make_asked
from strategy_tracker.reports.packs.models import BoardPack, PackEdition
from strategy_tracker.reports.packs.queries import edition_of, editions_of, packs_of, pdf_of
from strategy_tracker.reports.packs.rules import Chosen
from strategy_tracker.verification import faults
from tests import builders
from tests.cast import partnership, person
from tests.packs.making import DETAILS, a_pack, a_published_report, asked, coordinator, editions, made, of
from tests.packs.pack_documents import bookmarks
from tests.reports.making import a_report, quick


def page_of(pack, person_=None):
    return made_of(person_ or coordinator(), pack, 1, dt.date(2011, 7, 4)).page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_published_stands_in_the_pack_letter_for_letter(database):
    builders.a_note(builders.action("1.2"), "tmbc", Status.AT_RISK, "Signs ŵ £ – “x” & <b>\n\n• one\n• two")
    report = a_published_report(for_boards)
    issue = ReportIssue.get(ReportIssue.report == report, ReportIssue.audience == "board")
    found = PdfReader(io.BytesIO(pdf_of(made(a_pack(report, builders.plan(), audience="board"), documents.pdf))))
    alone = PdfReader(io.BytesIO(bytes(issue.pdf)))
    first, after = (page for depth, words, page in bookmarks(found) if depth == 0 and words[:2] in ("1.", "2."))
    assert after == first + len(alone.pages)
    for number, page in enumerate(alone.pages):
        assert within(page.extract_text()) == within(found.pages[first + number].extract_text())


def for_boards(page):
    """The real PDF of the board's copy; stand-ins of the others."""
    return documents.pdf(page) if "Summary for boards" in page else quick(page)


def within(text):
    """The words of a page without its head and its number, which differ in a pack."""
    return re.sub(r"(?:\d\. )?Quarterly report, April to June 2011\n?|Page \d+ of \d+", "", text)


def test_made_again_it_is_another_edition_and_the_first_stays(database):
    pack = a_pack()
    first = made(pack)
    was = pdf_of(first)
    rename(builders.plan())
    second = made(pack)
    assert [one.number for one in editions(pack)] == [1, 2]
    assert pdf_of(first) == was
    assert b"Renamed" in pdf_of(second) and b"Renamed" not in was
    assert json.loads(first.contents)["cover"]["edition"].startswith("Edition 1, put together on ")
    assert not list(faults())


def rename(plan):
    names = ("strategy", "period_from", "period_to", "as_at")
    words = {name: getattr(plan, name) for name in names}
    edit_plan(coordinator(), plan, plan.version, title="Renamed", change=builders.WHY, **words)


def test_one_asking_makes_one_edition_however_often_it_is_begun(database):
    pack = a_pack()
    job = asked(pack)
    assert asked(pack) == job
    results = [make_asked(job, lambda page: b"%PDF-" + page.encode()) for _ in range(3)]
    assert results == [{"address": f"/p/west-kent/packs/{pack.id}/"}] * 3
    assert len(editions(pack)) == 1


def test_an_edition_is_never_changed_nor_removed(database):
    edition = made(a_pack())
    for change in (
        PackEdition.update(size=1),
        PackEdition.delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), database.atomic():
            change.where(PackEdition.id == edition.id).execute()


def test_verify_finds_an_edition_that_was_meddled_with(database, monkeypatch):
    edition = made(a_pack())
    PackEdition.insert(
        pack=edition.pack_id,
        number=2,
        asked=9,
        made_at=edition.made_at,
        contents="{}",
        for_viewers=False,
        size=1,
        pdf=b"%PDF-other",
        contents_sha256=edition.contents_sha256,
        pdf_sha256=edition.pdf_sha256,
    ).execute()
    pack = edition.pack_id
    assert list(faults()) == [
        f"board pack {pack}, edition 2: its PDF is not what was made",
        f"board pack {pack}, edition 2: its contents is not what was made",
    ]


def test_a_plan_stands_as_at_a_date_or_in_a_version(database):
    plan = builders.plan()
    spring = dt.date(2011, 3, 31)
    builders.a_note(builders.action("1.2"), "tmbc", Status.OFF_TRACK, "Said in spring", outcome=1, as_at=spring)
    early = page_of(a_pack(of(plan, as_at=dt.date(2011, 4, 1))))
    assert "Said in spring" in early and "12 loans of £400 each" not in early
    assert "As at 1 April 2011" in early
    rename(plan)
    first = page_of(a_pack(of(plan, number=1)))
    assert "Action plan 2010-11" in first
    with pytest.raises(Invalid, match="no version 77"):
        a_pack(of(plan, number=77))


def test_a_public_pack_names_nobody_and_has_nothing_exempt(database):
    action = builders.an_action(
        builders.an_objective(builders.plan(), "House families"),
        "Let homes",
        of=["tmbc"],
        owner=Owner(OwnerKind.PERSON, "Jane Doe"),
    )
    builders.a_note(action, "tmbc", Status.AT_RISK, "Olive Officer says so. [exempt]The GHX grant ends[/exempt] Later")
    report = a_published_report()
    public = page_of(a_pack(report, builders.plan(), audience="public", title="Read by Jane Doe"))
    for word in ("Jane Doe", "Olive Officer", "Cora Coordinator", "GHX", "exempt"):
        assert word not in public
    assert "Let homes" in public and "Later" in public
    board = page_of(a_pack(report, builders.plan(), audience="board"))
    assert "Jane Doe" in board and "The GHX grant ends" in board


def test_only_what_was_published_for_its_audience_goes_in(database):
    report = a_published_report()
    draft = a_report(slug="2010-11-q3", number=3, first=dt.date(2011, 1, 1), last=dt.date(2011, 3, 31))
    with pytest.raises(Invalid, match="was not published as: full report"):
        a_pack(draft, audience="full")
    with pytest.raises(Invalid, match="Select whose copies"):
        a_pack(report, audience="extract")
    for foreign in (a_report(of="east-fen"), builders.plan(of="east-fen")):
        with pytest.raises(Invalid, match="choose again"):
            a_pack(foreign)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([], "it has no part yet"),
        ([Chosen("plan", 1), Chosen("plan", 1)], "Nothing is twice"),
        ([Chosen("plan", 2**40)], "choose again"),
        ([Chosen("plan", 1)] * 21, "at most 20 parts"),
    ],
)
def test_what_cannot_be_a_pack_is_refused(database, parts, problem):
    with pytest.raises(Invalid) as refused:
        operations.add_pack(coordinator(), partnership(), DETAILS, parts)
    assert any(problem in words for words in refused.value.problems.values())
    assert BoardPack.select().count() == 0


@pytest.mark.parametrize("who", ["lead", "officer", "steering member", "viewer", "foreign coordinator"])
def test_nobody_but_the_coordinator_makes_one(database, who):
    pack = a_pack()
    with pytest.raises(Forbidden):
        a_pack(by=person(who))
    with pytest.raises(Forbidden):
        asked(pack, person(who))
    with pytest.raises(Forbidden):
        operations.edit_pack(person(who), pack, 1, DETAILS, [of(builders.plan())])


@pytest.mark.parametrize(
    ("audience", "plan", "for_viewers"),
    [("board", "2010-11", True), ("public", "2010-11", True), ("full", "2010-11", False), ("board", "2011-12", False)],
)
def test_a_viewer_reads_a_pack_only_where_she_may_read_all_of_it(database, audience, plan, for_viewers):
    report = a_published_report()
    pack = a_pack(report, builders.plan(plan), audience=audience)
    for who in ("viewer", "partnership viewer", "officer", "steering member"):
        assert packs_of(person(who), partnership().id) == ([] if "viewer" in who else [pack])
    edition = made(pack)
    for who in ("viewer", "partnership viewer", "officer", "lead", "steering member", "coordinator"):
        may = for_viewers or "viewer" not in who
        assert [one.number for one in editions_of(person(who), [pack.id])] == ([1] if may else [])
        assert bool(packs_of(person(who), partnership().id)) == may
        if may:
            assert edition_of(person(who), "west-kent", pack.id, edition.id) == edition
        else:
            with pytest.raises(NotFound):
                edition_of(person(who), "west-kent", pack.id, edition.id)
    for who in ("foreign coordinator", "outsider", "provider", "nobody", "administrator"):
        with pytest.raises(NotFound):
            edition_of(person(who), "west-kent", pack.id, edition.id)


def test_a_draft_that_is_agreed_later_is_not_shown_as_it_was_a_draft(database):
    pack = a_pack(builders.plan("2011-12"))
    made(pack)
    builders.agree(builders.plan("2011-12"))
    assert editions_of(person("viewer"), [pack.id]) == []
    made(pack)
    assert [one.number for one in editions_of(person("viewer"), [pack.id])] == [2]


def test_what_she_may_no_longer_read_she_no_longer_downloads(database):
    edition = made(a_pack())
    assert edition_of(person("viewer"), "west-kent", edition.pack_id, edition.id)
    Plan.update(state="draft").where(Plan.id == builders.plan().id).execute()
    with pytest.raises(NotFound):
        edition_of(person("viewer"), "west-kent", edition.pack_id, edition.id)


@pytest.mark.parametrize("when", ["before", "while it is rendered"])
def test_who_lost_her_role_after_asking_gets_nothing(database, when):
    pack = a_pack()
    job = asked(pack)

    def lose():
        Membership.update(ended_at=dt.datetime(2011, 7, 1)).where(Membership.person == coordinator().id).execute()

    def render(page):
        lose()
        return b"%PDF-late"

    if when == "before":
        lose()
    with pytest.raises(GiveUp, match="may no longer make it"):
        make_asked(Job.get_by_id(job.id), render)
    assert editions(pack) == []


def test_a_part_that_may_no_longer_be_read_ends_it(database, monkeypatch):
    pack = a_pack()
    job = asked(pack)
    monkeypatch.setattr("strategy_tracker.reports.packs.queries.Readable._may_plan", lambda *_: False)
    with pytest.raises(GiveUp, match="no longer read all"):
        make_asked(job, lambda page: b"%PDF-")
    assert editions(pack) == []


def test_after_a_failure_it_can_be_asked_for_again(database):
    pack = a_pack()
    job = asked(pack)
    Job.update(state="failed", error="The renderer ended", finished_at=job.created_at).where(Job.id == job.id).execute()
    again = asked(pack)
    assert again != job
    make_asked(again, lambda page: b"%PDF-")
    assert [(one.number, one.asked) for one in editions(pack)] == [(1, 2)]
