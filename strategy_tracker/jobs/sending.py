"""Mails go out. Only a worker needs this."""

from pathlib import Path
from typing import Any

from strategy_tracker import clock
from strategy_tracker.accounts.models import Person
from strategy_tracker.jobs import post
from strategy_tracker.jobs.envelopes import sealed, sender_of
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.jobs.operations import arguments_of
from strategy_tracker.jobs.rules import GiveUp, TryLater


def send(job: Job, *, mail_url: str, base_url: str) -> dict[str, Any]:
    """The handler: into the folder, or to the mail server. A mail that was handed over before is left as it is."""
    mail = Mail.select(Mail, Person).join(Person).where(Mail.id == arguments_of(job)["mail"]).get()
    if mail.sent_at is not None:
        return {}
    letter = sealed(mail, sender_of(mail_url, base_url), base_url)
    folder = post.folder_of(mail_url)
    if folder is None:
        _send_by_server(mail, letter, mail_url)
    else:
        _put_into(folder, letter)
    Mail.update(sent_at=clock.now(), error="").where(Mail.id == mail.id).execute()
    return {}


def _put_into(folder: Path, letter: post.Sealed) -> None:
    try:
        post.put_into(folder, letter)
    except OSError as error:
        raise TryLater(f"The folder for mails, {folder}, cannot be written to: {error.strerror or error}") from error


def _send_by_server(mail: Mail, letter: post.Sealed, mail_url: str) -> None:
    """`begun_at` is stored before the server could take it: found there later, it may have been sent."""
    if mail.begun_at is not None:
        raise GiveUp(post.PERHAPS)
    with post.session(mail_url) as server:
        post.announce(server, letter)
        begun = Mail.update(begun_at=clock.now()).where(Mail.id == mail.id, Mail.begun_at.is_null())
        if not begun.execute():
            raise GiveUp(post.PERHAPS)
        try:
            post.hand_over(server, letter)
        except post.NotTaken as refused:
            Mail.update(begun_at=None).where(Mail.id == mail.id).execute()
            raise refused.told() from refused
