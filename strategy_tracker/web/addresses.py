"""Addresses that come from outside."""

from urllib.parse import urlsplit


def own_path(address: str | None) -> str:
    """The address if it is a path of this site, else the front page: no `//host`, no `/\\host`, no scheme."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return "/"
    if any(ord(character) < 33 for character in address) or "\\" in address:
        return "/"
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else "/"
