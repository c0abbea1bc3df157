"""Words typed in a session that had ended come back after sign-in, to the person who typed them and to nobody else."""

from typing import Any

from flask import Request, flash, request, session
from werkzeug.datastructures import MultiDict

LARGEST = 300_000
"""Characters of one form; a longer one is not kept."""
NEVER_KEPT = frozenset({"csrf_token", "password", "current", "new", "again"})

WORDS_BACK = "You had been signed out. Your words are back as you typed them: check them, then save."
FILE_GONE = "You had been signed out, and a browser does not keep a file: choose the file again, then send it."


def keep(asked: Request) -> None:
    """Puts what was posted into a session before sign-in, with whose it is."""
    fields = {name: values for name, values in asked.form.lists() if name not in NEVER_KEPT}
    was_of = getattr(session, "was_of", None) or session.get("left")
    if was_of is not None and sum(len(value) for values in fields.values() for value in values) <= LARGEST:
        has_file = any(file.filename for file in asked.files.values())
        session["kept"] = {"path": asked.path, "fields": fields, "person": was_of, "file": has_file}


def words() -> MultiDict[str, Any] | None:
    """The fields kept for the page that is asked for now, once; None where there are none."""
    found = session.get("kept")
    if not found or found["path"] != request.path or request.method != "GET":
        return None
    session.pop("kept")
    if found["person"] != session.get("person"):
        return None
    flash(FILE_GONE if found.get("file") else WORDS_BACK)
    return MultiDict([(name, value) for name, values in found["fields"].items() for value in values])


def are_waiting() -> bool:
    """Whether fields are kept for the page that is asked for now."""
    return (session.get("kept") or {}).get("path") == request.path
