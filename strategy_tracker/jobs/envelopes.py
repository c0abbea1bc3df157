"""A mail as the post takes it: text and HTML in one message, the same bytes each time."""

import hashlib
from datetime import UTC
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import parse_qs, urlsplit

from strategy_tracker.jobs.models import Mail
from strategy_tracker.jobs.post import Sealed
from strategy_tracker.jobs.rules import GiveUp
from strategy_tracker.text import one_line

SENT_BY = "Strategy Tracker"


def sender_of(mail_url: str, base_url: str) -> str:
    """The address that mails come from: `?from=` of the mail's address, or one of the host that people reach."""
    asked = parse_qs(urlsplit(mail_url).query).get("from")
    return asked[-1] if asked else f"strategy-tracker@{urlsplit(base_url).hostname}"


def sealed(mail: Mail, sender: str, base_url: str) -> Sealed:
    """Raises GiveUp where its address is none that mail can go to."""
    digest = hashlib.sha256(f"{mail.person_id} {mail.kind} {mail.dated_on}".encode()).hexdigest()
    try:
        message = _message(mail, sender, f"<{digest[:32]}@{urlsplit(base_url).hostname}>", digest)
        content = message.as_bytes()
    except (ValueError, MessageError) as error:
        raise GiveUp(f"No mail can be sent to {mail.address}: {error}") from error
    return Sealed(f"{mail.dated_on}-{mail.id:06}-{digest[:8]}", sender, mail.address, content)


def _message(mail: Any, sender: str, number: str, digest: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(mail.subject)
    message["From"] = Address(SENT_BY, addr_spec=sender)
    message["To"] = Address(one_line(mail.person.name), addr_spec=mail.address)
    message["Date"] = mail.written_at.replace(tzinfo=UTC)
    message["Message-ID"] = number
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{digest[32:]}")
    message["Content-Language"] = "en-GB"
    return message
