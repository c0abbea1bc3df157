"""Names of files as they are kept and sent."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.plans.evidence.names import LONGEST, disposition, kept_name, title_of


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Minutes 3 June.pdf", "Minutes 3 June.pdf"),
        ("MINUTES.PDF", "MINUTES.pdf"),
        ("minutes", "minutes.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Olive\\minutes.pdf", "minutes.pdf"),
        ("/absolute/minutes.pdf", "minutes.pdf"),
        ("..pdf", "file.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("   .pdf", "file.pdf"),
        ("a\r\nSet-Cookie: x=1\n.pdf", "a Set-Cookie- x=1.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("<script>alert(1)</script>.pdf", "script-.pdf"),
        ("<b>bold.pdf", "-b-bold.pdf"),
        ("re\u202efdp.exe.pdf", "refdp.exe.pdf"),
        ('quo"te;x=.pdf', "quo-te-x=.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("Cofnodion Mehefin – tŷ.pdf", "Cofnodion Mehefin – tŷ.pdf"),
    ],
)
def test_a_name_is_one_line_without_a_path(given_name, kept):
    assert kept_name(given_name, "pdf") == kept


@given(st.text(max_size=400), st.sampled_from(["pdf", "docx"]))
def test_whatever_the_name_it_fits_and_breaks_nothing(given_name, ending):
    kept = kept_name(f"{given_name}.{ending}", ending)
    assert 0 < len(kept) <= LONGEST
    assert kept.endswith(f".{ending}")
    assert not set(kept) & set('/\\\r\n\0"<>')
    header = disposition(kept)
    assert header.isascii()
    assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9 ._()-]*\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+", header)


def test_old_readers_get_a_plain_name_and_others_the_whole():
    header = disposition("Cofnodion tŷ (1).pdf")
    assert header == "attachment; filename=\"Cofnodion ty (1).pdf\"; filename*=UTF-8''Cofnodion%20t%C5%B7%20%281%29.pdf"
    assert 'filename="file.pdf"' in disposition("会議.pdf")


def test_a_very_long_name_keeps_its_ending():
    assert kept_name("x" * 5000 + ".docx", "docx") == "x" * (LONGEST - 5) + ".docx"


def test_a_file_is_called_by_its_name_where_nobody_gives_a_title():
    assert title_of("C:\\files\\Rent_arrears protocol.draft 4.docx") == "Rent arrears protocol.draft 4"
