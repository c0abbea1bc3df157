"""Where mails go: into a folder, or to a mail server."""

import os
import smtplib
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from strategy_tracker.config import LOOPBACK
from strategy_tracker.jobs.rules import GiveUp, TryLater

TIMEOUT = 30
"""Seconds for each answer of a mail server."""
TAKEN, FOR_GOOD = 250, 500
PERHAPS = (
    "It may have been sent: the mail server did not say whether it took it. "
    "It is not sent again by itself, so that it does not arrive twice"
)


@dataclass(frozen=True)
class Sealed:
    """A mail as it goes out. `name` is the same each time it is sent."""

    name: str
    sender: str
    receiver: str
    content: bytes


def folder_of(url: str) -> Path | None:
    """The folder that receives .eml files; None where a mail server takes the mails."""
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def put_into(folder: Path, sealed: Sealed) -> None:
    """One file for each mail, there in full or not at all; sent again it is the same file. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(sealed.content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(folder / f"{sealed.name}.eml")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def session(url: str) -> Iterator[smtplib.SMTP]:
    """A mail server that has let us in, encrypted where it offers that. Raises TryLater, with the reason."""
    parts = urlsplit(url)
    place = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    try:
        server = _connected(parts)
    except smtplib.SMTPAuthenticationError as error:
        raise TryLater(f"The mail server {place} does not accept the user and password ({error.smtp_code})") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(f"The mail server {place} cannot be used: {_reason(error)}") from error
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def announce(server: smtplib.SMTP, sealed: Sealed) -> None:
    """From whom and to whom. Nothing is sent yet. Raises TryLater, or GiveUp where the receiver is refused for good."""
    try:
        _require(server.mail(sealed.sender), TAKEN)
        _require(server.rcpt(sealed.receiver), TAKEN, 251)
    except UnicodeEncodeError as error:
        raise GiveUp(f"No mail can be sent to {sealed.receiver}: the mail server takes plain letters alone") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(f"The mail server broke off: {_reason(error)}") from error


def hand_over(server: smtplib.SMTP, sealed: Sealed) -> None:
    """The mail itself. Raises NotTaken where it was certainly not taken, GiveUp where nobody can tell."""
    try:
        code, words = server.data(sealed.content)
    except smtplib.SMTPDataError as error:
        code, words = error.smtp_code, _bytes(error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        raise GiveUp(PERHAPS) from error
    if code != TAKEN:
        raise NotTaken(code, words)


class NotTaken(Exception):
    """The mail server said that it does not take the mail."""

    def __init__(self, code: int, words: bytes):
        self.is_final = code >= FOR_GOOD
        super().__init__(f"The mail server does not take it: {code} {_line(words)}")

    def told(self) -> Exception:
        return GiveUp(str(self)) if self.is_final else TryLater(str(self))


def _connected(parts: SplitResult) -> smtplib.SMTP:
    host, context = str(parts.hostname), ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 0, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 0, timeout=TIMEOUT)
    try:
        server.ehlo_or_helo_if_needed()
        is_private = parts.scheme == "smtps" or host in LOOPBACK
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            is_private = True
        if parts.username:
            if not is_private:
                raise smtplib.SMTPException("it offers no encryption, so the password is not sent")
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _require(answer: tuple[int, bytes], *wanted: int) -> None:
    code, words = answer
    if code not in wanted:
        raise NotTaken(code, words).told()


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, TimeoutError):
        return f"no answer in {TIMEOUT} seconds"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_line(_bytes(error.smtp_error))}"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split()) or type(error).__name__


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def _line(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())[:200]
