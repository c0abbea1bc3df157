"""A mail server on this machine, which takes mails, refuses them, or breaks off, as a test wants it."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """`says` gives the answer to a verb in the place of 250; an empty one breaks off. `.` is the end of a mail.

    It takes `slow` seconds to say that it has taken a mail.
    """

    says: dict[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    taken: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    slow: float = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.taken]

    @property
    def numbers(self) -> list[str]:
        """The Message-ID of each mail that was taken."""
        return [str(mail["Message-ID"]) for mail in self.mails]


class Counter(socketserver.StreamRequestHandler):
    """One sender's visit."""

    office: PostOffice

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode("ascii").rstrip("\r\n"):
            verb = line.split(" ")[0].split(":")[0].upper()
            self.office.heard.append(f"{verb}{line[len(verb) :]}")
            if verb == "EHLO":
                more = [f"250-{offer}" for offer in ("here", *self.office.offers)]
                self.say("\r\n".join([*more, "250 SIZE 1000000"]))
            elif not self.answer(verb):
                return

    def answer(self, verb: str) -> bool:
        """False where the visit is over."""
        usual = {"DATA": "354 go on", "QUIT": "221 bye", "STARTTLS": "220 go on", "AUTH": "235 welcome"}
        said = self.office.says.get(verb, usual.get(verb, "250 ok"))
        if not said:
            return False
        self.say(said)
        if verb == "DATA" and said.startswith("354"):
            return self.take()
        return verb not in ("QUIT", "STARTTLS")

    def take(self) -> bool:
        lines = iter(self.rfile.readline, b".\r\n")
        content = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
        said = self.office.says.get(".", "250 taken")
        if not said or said.startswith("250"):
            self.office.taken.append(content)
        time.sleep(self.office.slow)
        if said:
            self.say(said)
        return bool(said)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Building(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_: object) -> None:
        """A sender that was killed is no fault of the server."""


@contextmanager
def post_office(
    says: dict[str, str] | None = None, offers: tuple[str, ...] = (), slow: float = 0
) -> Iterator[PostOffice]:
    """Open while the block runs."""
    office = PostOffice(says or {}, offers, slow=slow)
    with Building(("127.0.0.1", 0), type("Here", (Counter,), {"office": office})) as building:
        office.port = building.server_address[1]
        threading.Thread(target=building.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield office
        finally:
            building.shutdown()
