"""Words typed in a session that had ended come back to the person who typed them, and to nobody else."""

import datetime as dt

import time_machine

from strategy_tracker.plans.models import Abbreviation
from tests.cast import CAST, PASSWORD

NEW = "/p/west-kent/glossary/new"
WORDS = {"short": "CBL", "meaning": "Choice based lettings, as typed"}


def typed_too_late(visitor):
    """Fills in a form whose session ends meanwhile, and sends it."""
    page = visitor.get(NEW)
    later = time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5))
    later.start()
    return visitor.send(page, WORDS), later


def signed_in_again(visitor, page, who):
    return visitor.send(page, {"email": CAST[who].email, "password": PASSWORD})


def test_they_come_back_after_sign_in_and_are_saved_once(visitor_as):
    visitor = visitor_as("coordinator")
    page, later = typed_too_late(visitor)
    try:
        assert "signed out" in page.words
        form = signed_in_again(visitor, page, "coordinator")
        assert form.address == NEW
        assert WORDS["meaning"] in form.html
        visitor.send(form)
        assert [row.meaning for row in Abbreviation.select().where(Abbreviation.short == "CBL")] == [WORDS["meaning"]]
        assert WORDS["meaning"] not in visitor.get(NEW).html, "they come back once"
    finally:
        later.stop()


def test_nobody_else_gets_them_at_the_same_browser(visitor_as):
    visitor = visitor_as("coordinator")
    page, later = typed_too_late(visitor)
    try:
        visitor.check = False
        visitor.send(page, {"email": CAST["lead"].email, "password": PASSWORD}, status=403)
        assert WORDS["meaning"] not in visitor.get("/p/west-kent/glossary").html
    finally:
        later.stop()


def test_a_stranger_s_post_is_kept_for_nobody(visitor_as):
    visitor = visitor_as()
    page = visitor.post(NEW, WORDS)
    assert page.address.startswith("/sign-in")
    visitor.check = False
    assert WORDS["meaning"] not in signed_in_again(visitor, page, "coordinator").html


def test_they_come_back_though_the_person_signed_out_in_another_tab(visitor_as):
    visitor = visitor_as("coordinator")
    page = visitor.get(NEW)
    visitor.send(visitor.get("/"), action="/sign-out")
    form = signed_in_again(visitor, visitor.send(page, WORDS), "coordinator")
    assert form.address == NEW
    assert WORDS["meaning"] in form.html


def test_whoever_signs_in_after_another_signed_out_gets_none_of_her_words(visitor_as):
    visitor = visitor_as("coordinator")
    page = visitor.get(NEW)
    visitor.send(visitor.get("/"), action="/sign-out")
    visitor.check = False
    other = visitor.send(visitor.send(page, WORDS), {"email": CAST["lead"].email, "password": PASSWORD}, status=403)
    assert WORDS["meaning"] not in other.html
