"""`export report` and `verify` of the command line."""

import hashlib
import json

import pytest
from click.testing import CliRunner

from strategy_tracker import documents
from strategy_tracker.cli import main
from strategy_tracker.reports.models import ReportIssue
from tests.databases import using
from tests.reports.making import a_report, published, quick


@pytest.fixture
def run(database_url, tmp_path):
    def running(*words):
        environment = {"TRACKER_DATABASE_URL": database_url, "TRACKER_DATA_DIR": str(tmp_path)}
        return CliRunner().invoke(main, list(words), env=environment)

    return running


def test_a_published_report_comes_out_as_it_was_published(database_url, run, tmp_path):
    with using(database_url):
        published(a_report())
        full = ReportIssue.get(ReportIssue.audience == "full")
        extract = ReportIssue.get(ReportIssue.whose == "tmbc")
    words = ("export", "report", "2010-11-q4", "--partnership", "west-kent", "-o", str(tmp_path / "file"))
    for form, more, digest in (
        ("pdf", (), full.pdf_sha256),
        ("json", (), full.content_sha256),
        ("pdf", ("--authority", "tmbc"), extract.pdf_sha256),
    ):
        done = run(*words, "--format", form, *more)
        assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'file'} written\n")
        assert hashlib.sha256((tmp_path / "file").read_bytes()).hexdigest() == digest
    assert run("verify").exit_code == 0


def test_a_draft_comes_out_as_it_stands(database_url, run, tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "pdf", lambda page, **_: quick(page))
    with using(database_url):
        a_report()
    words = ("export", "report", "2010-11-q4", "--partnership", "west-kent", "-o", str(tmp_path / "file"))
    assert run(*words, "--format", "json", "--audience", "board").exit_code == 0
    content = json.loads((tmp_path / "file").read_text())
    assert (content["audience"], content["report"]["state"]) == ("board", "DRAFT 1, not approved")
    assert run(*words, "--format", "pdf").exit_code == 0
    assert b"DRAFT 1, not approved" in (tmp_path / "file").read_bytes()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("2010-11-q4", "--audience", "public"), "The report 2010-11-q4 was not made for this audience: public"),
        (
            ("2010-11-q4", "--authority", "marsh"),
            "The report 2010-11-q4 was not made for this audience: extract of marsh",
        ),
        (("2010-11-q3",), "There is no report 2010-11-q3 in west-kent"),
    ],
)
def test_what_is_not_there_is_named(database_url, run, tmp_path, words, line):
    with using(database_url):
        a_report()
    done = run("export", "report", *words, "--partnership", "west-kent", "--format", "json", "-o", str(tmp_path / "f"))
    assert (done.exit_code, done.stderr) == (1, f"{line}\n")
    assert not (tmp_path / "f").exists()
