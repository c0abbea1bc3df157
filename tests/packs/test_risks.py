"""Risks in a pack: what is shared and the partnership's own, and of all else not even that it is there."""

import datetime as dt
import io
import json

import pytest
from peewee import IntegrityError
from playhouse.migrations import Runner
from pypdf import PdfReader

from strategy_tracker import clock, db, documents
from strategy_tracker.errors import Invalid
from strategy_tracker.reports.packs.models import PackPart
from strategy_tracker.reports.packs.queries import edition_of, pdf_of
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.registers import close_register
from strategy_tracker.risks.operations.risks import share_risk, unshare_risk
from strategy_tracker.risks.sections import register_document
from tests import builders
from tests.cast import partnership, person
from tests.databases import using
from tests.house.first_rows import write_first_rows
from tests.packs.making import a_pack, made, of
from tests.packs.pack_documents import bookmarks
from tests.packs.test_packs import page_of
from tests.packs.test_pages import FILLED, PACKS
from tests.reports.making import a_report
from tests.risks.making import a_register, a_risk, a_score, put_forward

HIDDEN = ("Known to TMBC alone", "Only put before the group", "Taken but not shared")


def a_register_with_secrets() -> Register:
    """TMBC's: two shared risks, of which one is among the top ones; one private, one put forward, one accepted."""
    register = a_register(title="Operational risks")
    put_forward(a_risk(register, "Grants end", score=(3, 4), shared=True), accepted=True)
    a_risk(register, "Flats stand empty", shared=True)
    hide(register)
    return register


def hide(register: Register) -> None:
    a_risk(register, HIDDEN[0])
    put_forward(a_risk(register, HIDDEN[1]))
    put_forward(a_risk(register, HIDDEN[2], score=(3, 5)), accepted=True)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_pack_holds_what_is_shared_and_knows_of_nothing_else(database):
    own = a_register("", title="Risks of West Kent")
    register, home = a_register_with_secrets(), partnership()
    a_risk(own, "Partners leave")
    edition = made(a_pack(of(home), register, own), documents.pdf)
    said = words_of(pdf_of(edition))
    for words in ("TMBC S1 Grants end", "S2 Flats stand empty", "1 Partners leave", "Only the risks that are shared"):
        assert words in said
    for words in (*HIDDEN, "contains", "Risks put forward", "It is beyond us", "We take it", "E1", "S3"):
        assert words not in said, words
    parts = json.loads(edition.contents)["parts"]
    assert [(one["kind"], one["id"], one["risks"]) for one in parts] == [
        ("top", home.id, ["TMBC S1", "West Kent 1"]),
        ("register", register.id, ["S1", "S2"]),
        ("register", own.id, ["1"]),
    ]
    today = clock.long_date(clock.today())
    assert [(one["title"], one["standing"]) for one in parts] == [
        ("Top risks", f"As at {today}. Only shared risks"),
        ("Tonbridge and Malling Borough Council: Operational risks", f"As at {today}. Only shared risks"),
        ("West Kent: Risks of West Kent", f"As at {today}"),
    ]
    assert not any(words in edition.contents for words in HIDDEN)


def test_it_is_the_same_page_whether_there_are_private_risks_or_not(database):
    register = a_register(title="Operational risks")
    a_risk(register, "Flats stand empty", score=(3, 5), shared=True)
    put_forward(a_risk(register, "Grants end", shared=True), accepted=True)
    pack = a_pack(of(partnership()), register)
    before = page_of(pack)
    hide(register)
    assert page_of(pack) == before


def test_what_it_scored_and_why_while_it_was_private_is_not_told(database):
    a_report()  # of the quarter with which today is compared
    register, day = a_register(), clock.today()
    risk = a_risk(register, "Grants end", score=(3, 5))
    a_score(Risk.get_by_id(risk.id), 0, 0, on=day)
    assert "Down from 24" in documents.page("risk-register.html", one=register_document(person("lead"), register))
    fresh = Risk.get_by_id(risk.id)
    share_risk(person("lead"), fresh, fresh.version)
    page = page_of(a_pack(register))
    assert "What moved since" in page and "1 Low" in page
    for words in ("Down from", "24 Very high", ">24<", "As we see it"):
        assert words not in page, words
    a_score(Risk.get_by_id(risk.id), 0, 1, on=day)
    assert "As we see it" in page_of(a_pack(register)), "said since it was shared"


def test_an_edition_stays_as_it_was_and_the_next_is_of_what_is_shared_then(database):
    risk = a_risk(a_register(), "Grants end", shared=True)
    pack = a_pack(a_register())
    first = made(pack)
    fresh = Risk.get_by_id(risk.id)
    unshare_risk(person("lead"), fresh, fresh.version, reason="By mistake")
    second = made(pack)
    risks = [json.loads(one.contents)["parts"][0]["risks"] for one in (first, second)]
    assert risks == [["S1"], []]
    assert "Grants end" not in page_of(pack)
    assert "There is no open risk in this copy." in page_of(pack)
    assert edition_of(person("viewer"), "west-kent", pack.id, second.id) == second


def test_where_nothing_is_shared_the_top_risks_are_as_at_the_day_of_the_registers(database):
    register = a_register(as_at=dt.date(2011, 6, 30))
    pack = a_pack(of(partnership()))
    before = page_of(pack)
    assert "No shared risk stands among the partnership’s top risks." in before
    assert "As at <b>30 June 2011</b>" in before
    a_risk(register, "Known to TMBC alone")
    assert page_of(pack) == before


def test_a_public_pack_holds_no_risks_and_no_other_partnerships_go_in(database):
    register = a_register()
    for part in (of(register), of(partnership())):
        with pytest.raises(Invalid, match="Public copies hold no risks"):
            a_pack(builders.plan(), part, audience="public")
    for part in (of(a_register("marsh", of="east-fen")), of(partnership("east-fen"))):
        with pytest.raises(Invalid, match="choose again"):
            a_pack(part)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_risks_have_their_lines_in_contents_and_bookmarks_and_their_wide_pages(database):
    pack = a_pack(of(partnership()), a_register_with_secrets(), builders.plan())
    found = PdfReader(io.BytesIO(pdf_of(made(pack, documents.pdf))))
    tops = [(words, page) for depth, words, page in bookmarks(found) if depth == 0]
    assert [words for words, _ in tops[1:3]] == [
        "1. Top risks",
        "2. Tonbridge and Malling Borough Council: Operational risks",
    ]
    first = " ".join(found.pages[0].extract_text().split())
    assert "1. Top risks As at" in first and "Where the risks stand" in first
    top, register = (found.pages[page].mediabox for _, page in tops[1:3])
    assert top.width < top.height and register.width > register.height


def test_the_form_offers_them_and_says_which_risks_are_in_it(visitor_as):
    register, home = a_register(title="Operational risks"), partnership()
    coordinator = visitor_as("coordinator")
    form = coordinator.get(f"{PACKS}new")
    assert "Top risks Only shared risks, of all registers" in form.words
    assert "Tonbridge and Malling Borough Council: Operational risks Only shared risks" in form.words
    typed = FILLED | {f"register-{register.id}": "1", f"top-{home.id}": "2"}
    back = coordinator.send(form, typed | {"audience": "public"})
    assert back.errors == ["Public copies hold no risks: leave them out, or choose other copies"]
    page = coordinator.send(back, {"audience": "board"})
    parts = PackPart.select().order_by(PackPart.position)
    assert [part.what for part in parts] == [("register", register.id), ("top", home.id)]
    assert page.words.index("Operational risks Only shared risks") < page.words.index("Top risks Only shared risks")
    again = coordinator.get(f"{page.address}edit")
    assert [again.all("input", name=of(one).key)[0].attrib["value"] for one in (register, home)] == ["1", "2"]
    coordinator.send(again, {f"top-{home.id}": ""})
    assert [part.what for part in PackPart.select()] == [("register", register.id)]
    close_register(person("lead"), register, register.version)
    assert "This register is closed" in coordinator.get(page.address).words


def test_packs_that_were_put_together_before_keep_their_parts(empty_database_url):
    with using(empty_database_url) as database:
        runner = Runner(database, str(db.MIGRATIONS))
        runner.up("0001_first_schema")
        write_first_rows(database)
        runner.up("0023_ties_of_risks")
        database.execute_sql(
            "insert into board_pack (version, partnership_id, title, for_whom, meeting, audience, asked) "
            "values (1, 1, 'Papers', '', '', 'board', 0)"
        )
        database.execute_sql(
            "insert into pack_part (pack_id, position, plan_id, number, as_at) values (1, 1, 1, 2, null), "
            "(1, 2, 1, null, '2011-06-30')"
        )
        runner.up("0024_risks_in_packs")
        rows = list(PackPart.select().order_by(PackPart.position))
        assert [(row.pack_id, row.what, row.number, row.as_at) for row in rows] == [
            (1, ("plan", 1), 2, None),
            (1, ("plan", 1), None, dt.date(2011, 6, 30)),
        ]
        for columns in ({}, {"plan": 1, "top_of": 1}):
            with pytest.raises(IntegrityError), database.atomic():
                PackPart.create(pack=1, position=3, **columns)
