"""Mails: written in the transaction of what they tell of, and sent by a job of their own (`sending`), once."""

import datetime as dt

from peewee import IntegrityError

from strategy_tracker import clock
from strategy_tracker.accounts.models import Person
from strategy_tracker.db import database, transaction
from strategy_tracker.jobs.models import Mail
from strategy_tracker.jobs.operations import MAIL, mail_key, queue
from strategy_tracker.text import normalise, one_line

LONGEST_SUBJECT = 300


def write(person: Person, kind: str, dated_on: dt.date, subject: str, text: str, html: str) -> Mail | None:
    """A mail to a person, which a worker sends. None where there is one of this kind and date already.

    `html` is a whole page with a language and a title (`letters.letter` makes both). Must run inside a transaction.
    """
    if not database.in_transaction():
        raise RuntimeError("a mail is written in the transaction of what it tells of")
    try:
        with transaction():
            mail = Mail.create(
                person=person.id,
                kind=kind,
                dated_on=dated_on,
                address=person.email,
                subject=one_line(subject)[:LONGEST_SUBJECT],
                text=normalise(text) + "\n",
                html=html,
                written_at=clock.now(),
            )
    except IntegrityError:
        return None
    queue(MAIL, mail_key(mail.id), {"mail": mail.id})
    return mail
