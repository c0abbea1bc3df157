"""Typed settings from `TRACKER_*`; a bad one is refused by name."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_SECRET = 32
EMAIL = re.compile(r"[!-?A-~]+@[a-zA-Z0-9.-]+")
"""An address that mails come from: plain letters, one @."""


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What an installation is told from outside. Paths are absolute or relative to the working folder."""

    database_url: str = "sqlite:///var/tracker.db"
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = ""
    data_dir: Path = Path("var")
    port: int = 8000
    workers: int = 2

    @property
    def is_sample(self) -> bool:
        """Whether nobody but this machine can reach it: the base address is loopback."""
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def trusted_hosts(self) -> list[str]:
        """Host names a request may carry: the configured one, and loopback for health checks."""
        return sorted({urlsplit(self.base_url).hostname or "", "127.0.0.1", "localhost"} - {""})

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads `TRACKER_*`; raises BadSetting for the first that cannot be used."""
        port = _number(environ, "TRACKER_PORT", 8000, 1, 65535)
        data_dir = Path(environ.get("TRACKER_DATA_DIR") or "var")
        return cls(
            database_url=_database_url(environ.get("TRACKER_DATABASE_URL") or f"sqlite:///{data_dir}/tracker.db"),
            secret_key=_secret(environ.get("TRACKER_SECRET_KEY", "")),
            base_url=_base_url(environ.get("TRACKER_BASE_URL") or f"http://127.0.0.1:{port}"),
            mail_url=_mail_url(environ.get("TRACKER_MAIL_URL") or f"file:{data_dir}/outbox"),
            data_dir=data_dir,
            port=port,
            workers=_number(environ, "TRACKER_WORKERS", 2, 1, 64),
        )

    def signing_key(self) -> str:
        """The key that signs forms. On loopback without one, a random key is made and kept in the data folder.

        Raises BadSetting where others can reach the address and no key is set.
        """
        if self.secret_key:
            return self.secret_key
        if not self.is_sample:
            raise BadSetting("TRACKER_SECRET_KEY must be set when TRACKER_BASE_URL is not on this machine")
        kept = self.data_dir / "secret-key"
        if not kept.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(32))
        return kept.read_text()


def _number(environ: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    given = environ.get(name) or str(default)
    if not (given.isascii() and given.isdecimal()) or not lowest <= int(given) <= highest:
        raise BadSetting(f"{name} must be a whole number from {lowest} to {highest}, not {given!r}")
    return int(given)


def _database_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return url
    if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
        return url
    raise BadSetting(f"TRACKER_DATABASE_URL must be sqlite:///file or postgresql://..., not {_without_password(url)!r}")


def _secret(key: str) -> str:
    if key and len(key) < SHORTEST_SECRET:
        raise BadSetting(f"TRACKER_SECRET_KEY must have {SHORTEST_SECRET} characters or more, not {len(key)}")
    return key


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise BadSetting(f"TRACKER_BASE_URL must be http(s)://host, not {url!r}")
    try:
        _ = parts.port
    except ValueError:
        raise BadSetting(f"TRACKER_BASE_URL must name a real port, not {url!r}") from None
    return url.rstrip("/")


def _mail_url(url: str) -> str:
    parts = urlsplit(url)
    try:
        _ = parts.port
        asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        asked = {"?": []}
    known = not asked.keys() - {"from"} and all(EMAIL.fullmatch(each) for each in asked.get("from", []))
    if known and ((parts.scheme in ("smtp", "smtps") and parts.hostname) or (parts.scheme == "file" and parts.path)):
        return url
    raise BadSetting(
        "TRACKER_MAIL_URL must be smtp://host:port or file:///folder, "
        f"perhaps with ?from=name@host, not {_without_password(url)!r}"
    )


def _without_password(url: str) -> str:
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":...@") if password else url
