"""Mails: written once with what they tell of, sent once, and readable by whatever opens them."""

import smtplib
from email import message_from_bytes, policy
from email.utils import parseaddr

import pytest

from strategy_tracker.db import transaction
from strategy_tracker.jobs import mail, post, queue, sending
from strategy_tracker.jobs.envelopes import sealed, sender_of
from strategy_tracker.jobs.letters import letter
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import mail_key, send_again
from strategy_tracker.jobs.queries import job_faults
from strategy_tracker.jobs.worker import Worker
from tests.cast import partnership, person
from tests.html_check import assert_sound
from tests.jobs.making import DAY, a_mail
from tests.jobs.post_office import post_office

BASE = "https://plans.example"


def worker(mail_url):
    return Worker({"mail": lambda job: sending.send(job, mail_url=mail_url, base_url=BASE)})


def opened(written, sender="tracker@plans.example"):
    return message_from_bytes(sealed(Mail.get_by_id(written.id), sender, BASE).content, policy=policy.default)


def test_a_mail_and_its_job_are_written_once(database):
    first = a_mail()
    assert (first.address, Job.get().key) == (person("officer").email, mail_key(first.id))
    assert a_mail(subject="Other") is None
    assert a_mail("lead") is not None
    assert (Mail.select().count(), Job.select().count()) == (2, 2)


def test_a_mail_goes_with_what_it_tells_of(database):
    with pytest.raises(RuntimeError):
        mail.write(person("officer"), "reminder", DAY, "S", "t", "h")
    with transaction() as written:
        a_mail()
        written.rollback()
    assert (Mail.select().count(), Job.select().count()) == (0, 0)


def test_a_key_makes_one_job(database):
    with transaction():
        first = queue("render", "report-1", {"title": "Report"}, person=person("lead"))
        again = queue("render", "report-1", {"title": "Other"})
    assert first == again
    assert again.person == person("lead")
    assert Job.select().count() == 1


def test_it_is_opened_as_text_and_as_a_sound_page(database):
    words = "Cadw cartrefi: tŷ a thŵr\n.\nFrom here on\n" + "a" * 2000
    message = opened(a_mail(subject="Two reports are due – tŷ", text=words))
    assert message["Subject"] == "Two reports are due – tŷ"
    assert parseaddr(message["To"]) == ("Olive Officer", "officer@tmbc.example")
    assert parseaddr(message["From"]) == ("Strategy Tracker", "tracker@plans.example")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en-GB"
    assert message["Date"].datetime.utcoffset().total_seconds() == 0
    assert message["Message-ID"].endswith("@plans.example>")
    assert message.get_body(("plain",)).get_content().splitlines() == words.splitlines()
    assert_sound(message.get_body(("html",)).get_content())
    assert max(map(len, sealed(Mail.get(), "a@b.example", BASE).content.split(b"\r\n"))) < 998


def test_the_same_mail_is_the_same_bytes(database):
    first, other = a_mail(), a_mail("lead")
    one, two = (sealed(Mail.get_by_id(first.id), "a@b.example", BASE) for _ in range(2))
    assert one == two
    assert opened(first)["Message-ID"] != opened(other)["Message-ID"]


@pytest.mark.parametrize(
    "name", ["Eve\r\nBcc: all@x.example", "Eve\nSubject: other", '"Eve" <x@y.example>, "Zoë', "ŵ" * 200]
)
def test_no_name_or_subject_adds_a_header(database, name):
    officer = person("officer")
    officer.name = name
    officer.save()
    message = opened(a_mail(subject=f"For {name}"))
    assert message["Bcc"] is None
    assert len(message.get_all("Subject")) == 1
    assert [each.addr_spec for each in message["To"].addresses] == ["officer@tmbc.example"]


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("file:var/outbox", "strategy-tracker@plans.example"),
        ("smtp://mail.example:587?from=plans@kent.example", "plans@kent.example"),
        ("smtp://u:p%40@mail.example/?from=plans%2Bq@kent.example", "plans+q@kent.example"),
    ],
)
def test_whom_it_comes_from(url, sender):
    assert sender_of(url, BASE) == sender


def test_an_address_that_is_none_fails_visibly(database, tmp_path):
    written = a_mail()
    Mail.update(address="officer@ tmbc@example").execute()
    worker(f"file:{tmp_path}").until_idle()
    assert Mail.get_by_id(written.id).error.startswith("No mail can be sent to officer@ tmbc")
    assert Job.get(Job.kind == "mail").state == "failed"


def test_a_folder_has_one_whole_file_for_each_mail(database, tmp_path):
    written = a_mail()
    assert worker(f"file:{tmp_path / 'out%20box'}").until_idle() == 1
    (file,) = (tmp_path / "out box").iterdir()
    assert file.name.startswith(f"2011-07-14-{written.id:06}-") and file.suffix == ".eml"
    sent = Mail.get_by_id(written.id)
    assert sent.sent_at is not None
    Job.update(state="queued").execute()
    Mail.update(sent_at=None).execute()
    worker(f"file:{tmp_path / 'out box'}").until_idle()
    assert list((tmp_path / "out box").iterdir()) == [file]


def test_a_folder_that_cannot_be_written_to_is_tried_later(database, tmp_path):
    (tmp_path / "file").touch()
    a_mail()
    worker(f"file:{tmp_path / 'file' / 'outbox'}").until_idle()
    job = Job.get(Job.kind == "mail")
    assert (job.state, Mail.get().sent_at) == ("queued", None)
    assert str(tmp_path / "file") in job.error


def test_a_mail_server_takes_it_once(database):
    a_mail(text="One\n.\n..two\n")
    with post_office() as office:
        worker(office.url).until_idle()
        Job.update(state="queued").execute()
        worker(office.url).until_idle()
    (taken,) = office.mails
    assert taken["Subject"] == "Two reports are due"
    assert taken.get_body(("plain",)).get_content().splitlines() == ["One", ".", "..two"]
    assert "RCPT TO:<officer@tmbc.example>" in office.heard
    assert (Mail.get().sent_at is not None, Mail.get().error) == (True, "")


@pytest.mark.parametrize(
    ("says", "state", "words"),
    [
        ({"MAIL": "451 not now"}, "queued", "451 not now"),
        ({"RCPT": "450 try later"}, "queued", "450 try later"),
        ({"RCPT": "550 no such user"}, "failed", "550 no such user"),
        ({"DATA": "554 no"}, "failed", "554 no"),
        ({"DATA": "451 full"}, "queued", "451 full"),
        ({".": "452 full"}, "queued", "452 full"),
        ({".": "554 spam"}, "failed", "554 spam"),
        ({"RCPT": ""}, "queued", "broke off"),
        ({".": ""}, "failed", "may have been sent"),
    ],
)
def test_what_a_mail_server_refuses(database, says, state, words):
    a_mail()
    with post_office(says) as office:
        worker(office.url).until_idle()
    job = Job.get(Job.kind == "mail")
    assert (job.state, Mail.get().sent_at) == (state, None)
    assert words in job.error
    assert Mail.get().error == (job.error if state == "failed" else "")
    assert (Mail.get().begun_at is not None) == ("may have been" in words)
    assert list(job_faults()) == []


def test_what_may_have_been_sent_is_sent_again_by_a_person_alone(database):
    written = a_mail()
    with post_office({".": ""}) as office:
        worker(office.url).until_idle()
        assert len(office.taken) == 1
    with post_office() as office:
        Job.update(state="queued").execute()
        worker(office.url).until_idle()
        assert office.taken == []
        send_again(person("coordinator"), partnership(), Mail.get_by_id(written.id))
        worker(office.url).until_idle()
        assert len(office.taken) == 1
    assert (Mail.get().sent_at is not None, Mail.get().error) == (True, "")


def test_a_mail_server_that_is_away_is_tried_later(database):
    with post_office() as office:
        pass
    a_mail()
    worker(office.url).until_idle()
    assert f"The mail server 127.0.0.1:{office.port} cannot be used" in Job.get(Job.kind == "mail").error


def test_user_and_password(database):
    a_mail()
    with post_office(offers=("AUTH PLAIN",)) as office:
        worker(office.url.replace("//", "//tracker:s%40fe@")).until_idle()
        assert len(office.taken) == 1
    a_mail("lead")
    with post_office({"AUTH": "535 no"}, offers=("AUTH PLAIN",)) as office:
        worker(office.url.replace("//", "//tracker:s%40fe@")).until_idle()
    error = Job.get(Job.state == "queued").error
    assert "does not accept the user and password" in error
    assert "s@fe" not in error


def test_no_password_in_the_clear_to_another_machine(monkeypatch):
    monkeypatch.setattr(post, "LOOPBACK", frozenset())
    with post_office(offers=("AUTH PLAIN",)) as office:
        with pytest.raises(Exception, match="no encryption"), post.session(office.url.replace("//", "//me:safe@")):
            pass
        assert not any(line.startswith("AUTH") for line in office.heard)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_where_encryption_fails_nothing_is_sent(database, scheme):
    a_mail()
    with post_office(offers=("STARTTLS",)) as office:
        worker(office.url.replace("smtp", scheme)).until_idle()
    assert "cannot be used" in Job.get(Job.kind == "mail").error
    assert not any(line.startswith("MAIL") for line in office.heard)


def test_a_mail_that_a_killed_worker_had_begun_fails_visibly(database, monkeypatch):
    a_mail()
    monkeypatch.setattr(smtplib.SMTP, "data", lambda *_: (_ for _ in ()).throw(SystemExit))
    with post_office() as office:
        with pytest.raises(SystemExit):
            worker(office.url).until_idle()
        monkeypatch.undo()
        Job.update(state="queued").execute()
        worker(office.url).until_idle()
    assert office.taken == []
    assert "may have been sent" in Mail.get().error


def test_a_letter_escapes_in_html_alone(tmp_path, monkeypatch):
    from strategy_tracker.jobs import letters

    (tmp_path / "due.txt").write_text("{{ subject }}: {{ day | long_date }}\n")
    (tmp_path / "due.html").write_text('{% extends "base.html" %}{% block main %}<p>{{ who }}</p>{% endblock %}')
    (tmp_path / "base.html").write_text((letters.FOLDER / "base.html").read_text())
    monkeypatch.setattr(letters, "FOLDER", tmp_path)
    letters._environment.cache_clear()
    made = letter("due", subject="Due & late", day=DAY, who="<b>")
    letters._environment.cache_clear()
    assert made.text == "Due & late: 14 July 2011\n"
    assert "<p>&lt;b&gt;</p>" in made.html and "Due &amp; late" in made.html
    assert_sound(made.html)
