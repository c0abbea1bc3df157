"""Reporting on everything in one sitting: what is valid is saved, what is not comes back with its words."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.errors import Conflict, Invalid, Repeated
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Outcome, Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.my_work import Entry


@dataclass(frozen=True)
class Said:
    """What was put into an entry's fields. `seen` is the last note that the page showed."""

    entry: Entry
    as_at: dt.date
    same: bool = False
    status: str = ""
    text: str = ""
    reason: str = ""
    seen: int = 0

    def key(self, form_key: str) -> str:
        """One for each entry of each form and what was typed there: changed words are another save."""
        typed = (form_key, self.entry.key, self.same, self.status, self.text, self.reason)
        return hashlib.sha256(repr(typed).encode("utf-8", "surrogatepass")).hexdigest()

    def field(self, name: str) -> str:
        """Where a problem is shown: the date, which has no field here, beside the words that it is about."""
        return name if name != "as_at" else "same" if self.same else "text"

    @property
    def is_touched(self) -> bool:
        return self.same or bool(self.status or self.text.strip() or self.reason.strip())


@dataclass(frozen=True)
class Refused:
    """An entry that was not saved: what to do, field by field ("same", "status", "text", "reason")."""

    said: Said
    problems: dict[str, str]


def save_all(person: Acting, sayings: Sequence[Said], form_key: str) -> tuple[list[Said], list[Refused]]:
    """Saves each touched entry in a transaction of its own; returns what is saved, and what is not with its reason."""
    saved, refused = [], []
    for said in sayings:
        if not said.is_touched:
            continue
        try:
            _save(person, said, said.key(form_key))
        except Repeated:
            saved.append(said)
        except Invalid as error:
            refused.append(
                Refused(said, {said.field(name): _named(said, words) for name, words in error.problems.items()})
            )
        except Conflict as error:
            refused.append(Refused(said, {"text": _meanwhile(said, error)}))
        else:
            saved.append(said)
    return saved, refused


def _save(person: Acting, said: Said, key: str) -> None:
    if said.same and (said.status or said.text.strip()):
        raise Invalid({"same": "either tick no change, or choose a status and write a note. Only one can be saved"})
    if said.same:
        plans.confirm_progress(person, *_rows(person, said), as_at=said.as_at, seen=said.seen, form_key=key)
        return
    if said.status not in list(Status):
        raise Invalid({"status": "choose a status"})
    plans.record_progress(
        person,
        *_rows(person, said),
        status=Status(said.status),
        text=said.text,
        as_at=said.as_at,
        reason=said.reason,
        seen=said.seen,
        form_key=key,
    )


def _rows(person: Acting, said: Said) -> tuple[Share, Outcome]:
    """What is reported on. Raises Conflict where it was removed since the page was read."""
    share = visible(person, Share).where(Share.id == said.entry.share_id).first()
    outcome = visible(person, Outcome).where(Outcome.id == said.entry.outcome_id).first()
    if share is None or outcome is None:
        raise Conflict(None)
    return share, outcome


def _named(said: Said, words: str) -> str:
    """The sentence with the number of its action in front, since many stand on the page."""
    return f"{said.entry.number}: {words[:1].lower() + words[1:]}"


def _meanwhile(said: Said, conflict: Conflict) -> str:
    now = conflict.current
    what = f"{getattr(now, 'status', None) or 'no status'}: {getattr(now, 'text', '')}" if now else "it was removed"
    return (
        f"{said.entry.number}: somebody else reported while you wrote ({what}). "
        "Your words are still here; save again to add them"
    )
