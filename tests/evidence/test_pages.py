"""Evidence on pages: uploaded, refused with its words, downloaded by those who may see, removed."""

import datetime as dt
import io

import pytest
import time_machine

from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.evidence.kinds import LARGEST
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.evidence.operations import remove_evidence
from tests import builders
from tests.cast import CAST, PASSWORD, person
from tests.evidence.files import PDF, a_picture, a_word
from tests.evidence.making import a_file
from tests.visitor import standing_values

PLAN = "/p/west-kent/plans/2010-11/"
SCRIPT = "<script>alert(1)</script>"


def page_of(number="1.1"):
    return f"{PLAN}actions/{builders.action(number).id}"


def add_to_share():
    return f"{PLAN}shares/{builders.share(builders.action('1.1'), 'tmbc').id}/evidence/new"


def sent(content=PDF, name="protocol.pdf"):
    return (io.BytesIO(content), name)


def test_an_officer_adds_a_file_and_everybody_who_reads_the_plan_has_it(visitor_as):
    officer = visitor_as("officer")
    page = officer.send(officer.get(add_to_share()), {"title": "The protocol", "file": sent()})
    assert "The file is added." in page.words
    assert "The protocol (PDF, 1 KB)" in page.words
    assert "File added for TMBC: The protocol" in page.words
    for who in ("officer", "viewer", "steering member", "other officer"):
        kept = visitor_as(who).get(f"{PLAN}evidence/{Evidence.get().id}/file")
        assert kept.data == PDF
        assert kept.headers["Content-Type"] == "application/pdf"
        assert kept.headers["Content-Disposition"] == (
            "attachment; filename=\"protocol.pdf\"; filename*=UTF-8''protocol.pdf"
        )
        assert kept.headers["X-Content-Type-Options"] == "nosniff"
        assert kept.headers["Cache-Control"] == "no-store"
        assert kept.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_whoever_may_not_read_the_plan_does_not_learn_that_it_is_there(visitor_as):
    of_draft = a_file(builders.action("1.1", "2011-12"))
    for who in ("viewer", "partnership viewer", "outsider", "administrator", "nobody"):
        visitor_as(who, check=False).get(f"/p/west-kent/plans/2011-12/evidence/{of_draft.id}/file", status=404)
    visitor_as("officer").get(f"/p/west-kent/plans/2011-12/evidence/{of_draft.id}/file")
    visitor_as("officer").get(f"{PLAN}evidence/{of_draft.id}/file", status=404)
    assert "/sign-in" in visitor_as(None).get(f"{PLAN}evidence/{of_draft.id}/file").address


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "", "Select the file"),
        (b"", "a.pdf", "The file is empty"),
        (PDF, "protocol.docx", "The file’s name ends in .docx, and its content is PDF"),
        (a_word(), "minutes.pdf", "The file’s name ends in .pdf, and its content is Word"),
        (b"<svg/>", "map.svg", "The file is a web page, XML or an SVG picture"),
        (PDF + b"x" * 5000, "a.pdf", "The PDF is damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refused_file_gives_the_title_back_and_says_to_choose_again(visitor_as, content, name, problem):
    officer = visitor_as("officer")
    fields = {"title": "The protocol"} | ({"file": sent(content, name)} if name else {})
    back = officer.send(officer.get(add_to_share()), fields)
    assert len(back.errors) == 1
    assert back.errors[0].startswith(problem)
    assert back.all("input", name="title")[0].attrib["value"] == "The protocol"
    assert "a browser does not keep a file: choose it again" in back.words
    assert Evidence.select().count() == 0


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 200), (3 * 1024 * 1024, 413)])
def test_ten_megabytes_are_taken_and_a_byte_more_is_not(visitor_as, more, status):
    officer = visitor_as("officer", check=False)
    page = officer.get(add_to_share())
    content = b"%PDF-" + b"x" * (LARGEST - 11 + more) + b"%%EOF\n"
    body, kind = encoded(standing_values(page.form()) | {"title": "Much"}, content)
    answer = officer.post(page.address, body, content_type=kind, status=status)
    assert [row.size for row in Evidence.select()] == ([LARGEST] if more == 0 else [])
    assert ("The file is larger than 10 MB" in answer.errors) == (more == 1)


def encoded(fields: dict[str, str], content: bytes) -> tuple[bytes, str]:
    """A form as a browser sends it, in memory: the test client would leave a file open."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()
    ]
    head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="much.pdf"\r\n\r\n'
    body = "\r\n".join([*parts, head]).encode() + content + b"\r\n--edge--\r\n"
    return body, "multipart/form-data; boundary=edge"


@pytest.mark.parametrize(
    "name",
    [
        f"{SCRIPT}.pdf",
        "../../../etc/passwd.pdf",
        "a%0D%0ASet-Cookie: x=1.pdf",
        "x" * 3000 + ".pdf",
        "%22;x=%22.pdf",
        "会議.pdf",
    ],
    ids=["script", "path", "newline", "long", "quote", "foreign"],
)
def test_a_hostile_name_is_words_on_the_page_and_plain_in_the_header(visitor_as, name):
    officer = visitor_as("officer")
    page = officer.send(officer.get(add_to_share()), {"title": "", "file": sent(name=name)})
    assert "The file is added." in page.words or len(name) > 300
    assert not [each for each in page.root.iter("script") if "alert" in (each.text or "")]
    for row in list(Evidence.select()):
        header = officer.get(f"{PLAN}evidence/{row.id}/file").headers["Content-Disposition"]
        assert header.isascii()
        assert header.count('"') == 2
        assert "/" not in header
        assert "\n" not in header


def test_a_picture_is_had_as_it_was_written_anew(visitor_as):
    officer = visitor_as("officer")
    officer.send(officer.get(add_to_share()), {"file": sent(a_picture("JPEG", comment=b"Secret"), "site.JPG")})
    kept = officer.get(f"{PLAN}evidence/{Evidence.get().id}/file")
    assert kept.headers["Content-Type"] == "image/jpeg"
    assert b"Secret" not in kept.data


def test_the_same_sending_twice_is_one_file(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(add_to_share())
    for _ in range(2):
        officer.send(page, {"title": "Once", "file": sent()})
    assert Evidence.select().count() == 1


def test_what_is_removed_is_no_longer_had(visitor_as):
    officer, evidence = visitor_as("officer"), a_file(builders.action("1.1"), of="tmbc")
    remove = officer.get(f"{PLAN}evidence/{evidence.id}/remove")
    assert officer.send(remove, {"reason": ""}).errors == ["Enter a reason"]
    page = officer.send(remove, {"reason": "It names a tenant"})
    assert "The file is removed." in page.words
    assert "File removed for TMBC: Rent arrears protocol" in page.words
    assert "Reason: It names a tenant" in page.words
    for who in ("officer", "coordinator"):
        visitor_as(who, check=False).get(f"{PLAN}evidence/{evidence.id}/file", status=404)


def test_a_file_goes_out_of_reach_with_its_action(visitor_as):
    action = builders.action("1.2")
    evidence = a_file(action)
    plans.remove(person("coordinator"), action, action.version, change=builders.WHY)
    visitor_as("coordinator", check=False).get(f"{PLAN}evidence/{evidence.id}/file", status=404)


def test_a_removal_that_meets_another_is_told(visitor_as):
    officer, evidence = visitor_as("officer", check=False), a_file(builders.action("1.1"), of="tmbc")
    page = officer.get(f"{PLAN}evidence/{evidence.id}/remove")
    remove_evidence(person("lead"), evidence, 1, reason="First")
    officer.send(page, {"reason": "Second"}, status=404)


def test_a_session_that_ended_gives_the_title_back_and_asks_for_the_file_again(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(add_to_share())
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        sign_in = officer.send(page, {"title": "The protocol", "file": sent()})
        back = officer.send(sign_in, {"email": CAST["officer"].email, "password": PASSWORD})
        assert back.all("input", name="title")[0].attrib["value"] == "The protocol"
        assert "A browser does not keep a file: choose it again." in back.words
        assert "The file is added." in officer.send(back, {"file": sent()}).words
