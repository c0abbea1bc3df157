"""A plan in the JSON that `plan_json` writes, as the draft of one; each fault is named at its place."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.text import normalise
from strategy_tracker.transfer.draft import (
    AbbreviationDraft,
    ActionDraft,
    NoteDraft,
    ObjectiveDraft,
    OutcomeDraft,
    PlanDraft,
    ShareDraft,
)

Json = dict[str, Any]


def is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def draft_of_json(content: bytes) -> PlanDraft:
    """Raises Invalid naming the place ("objectives[3].actions[0].text") where the content is not in this form."""
    return _Reader().plan(_read(content))


def mark_in(content: bytes) -> tuple[str, str]:
    """The mark under which what went out is kept, and whose extract it is; either may be empty. Raises Invalid."""
    given, reader = _read(content), _Reader()
    return reader.text(given.get("mark"), "mark"), reader.text(given.get("extract_of"), "extract_of")


def _read(content: bytes) -> Json:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise Invalid({"file": "The file is no JSON that can be read"}) from fault
    return _Reader().mapping(given, "the file")


class _Reader:
    """Takes each value with a look at its kind; what is wrong is raised at its place."""

    def plan(self, given: Json) -> PlanDraft:
        period = self.mapping(given.get("period") or {}, "period")
        glossary = self.mapping(given.get("glossary") or {}, "glossary")
        return PlanDraft(
            objectives=tuple(self._objectives(given)),
            glossary=tuple(
                AbbreviationDraft(self.text(short, "glossary"), self.text(meaning, f"glossary.{short}"), "glossary")
                for short, meaning in glossary.items()
            ),
            strategy=self.text(given.get("strategy"), "strategy"),
            title=self.text(given.get("title"), "title"),
            is_exact=True,
            period_from=self.date(period.get("from"), "period.from"),
            period_to=self.date(period.get("to"), "period.to"),
            as_at=self.date(given.get("as_at"), "as_at"),
        )

    def _objectives(self, given: Json) -> Iterator[ObjectiveDraft]:
        for objective, place in self.items(given, "objectives", ""):
            yield ObjectiveDraft(
                self.text(objective.get("number"), f"{place}.number"),
                self.text(objective.get("title"), f"{place}.title"),
                self.slug(objective.get("lead"), f"{place}.lead"),
                tuple(self._actions(objective, place)),
                place,
            )

    def _actions(self, objective: Json, within: str) -> Iterator[ActionDraft]:
        for action, place in self.items(objective, "actions", within):
            shares = None if action.get("shares") is None else tuple(self._shares(action, place))
            yield ActionDraft(
                self.text(action.get("number"), f"{place}.number"),
                self.text(action.get("text"), f"{place}.text"),
                self.slug(action.get("lead"), f"{place}.lead"),
                self.owner(action.get("owner"), f"{place}.owner"),
                shares,
                tuple(self._outcomes(action, place)),
                place,
            )

    def _shares(self, action: Json, within: str) -> Iterator[ShareDraft]:
        for share, place in self.items(action, "shares", within):
            slug = self.slug(share.get("authority"), f"{place}.authority")
            yield ShareDraft(slug or "", self.owner(share.get("owner"), f"{place}.owner") or Owner())

    def _outcomes(self, action: Json, within: str) -> Iterator[OutcomeDraft]:
        for outcome, place in self.items(action, "outcomes", within):
            notes = tuple(self._notes(outcome, place))
            text = self.text(outcome.get("text"), f"{place}.text")
            timescale = self.timescale(outcome.get("timescale"), f"{place}.timescale")
            said = "timescale" in outcome
            lead = self.slug(outcome.get("lead"), f"{place}.lead")
            yield OutcomeDraft(text, timescale if said else None, not said, lead, notes, place)

    def _notes(self, outcome: Json, within: str) -> Iterator[NoteDraft]:
        for note, place in self.items(outcome, "progress", within):
            status = self.text(note.get("status"), f"{place}.status")
            if status and status not in set(Status):
                raise Invalid({place: f"{place}.status: “{status}” is no status; there are {', '.join(Status)}"})
            yield NoteDraft(
                self.text(note.get("text"), f"{place}.text"),
                Status(status) if status else None,
                False,
                self.slug(note.get("authority"), f"{place}.authority"),
                self.date(note.get("as_at"), f"{place}.as_at"),
                self.text(note.get("reason"), f"{place}.reason"),
                place,
            )

    def items(self, given: Json, name: str, within: str) -> Iterator[tuple[Json, str]]:
        """The entries of a list, each with its place."""
        place = f"{within}.{name}".lstrip(".")
        entries = given.get(name) or []
        if not isinstance(entries, list):
            raise self._wrong(place, "must be a list")
        for number, entry in enumerate(entries):
            yield self.mapping(entry, f"{place}[{number}]"), f"{place}[{number}]"

    def mapping(self, given: Any, place: str) -> Json:
        if not isinstance(given, dict):
            raise self._wrong(place, "must be an object with named values")
        return given

    def text(self, given: Any, place: str) -> str:
        """Numbers count as text: objectives are numbered with either."""
        if given is None:
            return ""
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise self._wrong(place, "must be text")
        return normalise(str(given))

    def slug(self, given: Any, place: str) -> str | None:
        return self.text(given, place) or None

    def date(self, given: Any, place: str) -> dt.date | None:
        words = self.text(given, place)
        try:
            return dt.date.fromisoformat(words) if words else None
        except ValueError as fault:
            raise self._wrong(place, "must be a date such as 2011-06-30") from fault

    def owner(self, given: Any, place: str) -> Owner | None:
        if given is None:
            return None
        entry = self.mapping(given, place)
        kind, name = self.text(entry.get("kind"), f"{place}.kind"), self.text(entry.get("name"), f"{place}.name")
        if kind not in set(OwnerKind) or not (kind and name):
            raise self._wrong(place, "must have a name and a kind: post, person or team")
        return Owner(OwnerKind(kind), name)

    def timescale(self, given: Any, place: str) -> Timescale:
        if given is None:
            return Timescale()
        entry = self.mapping(given, place)
        kind, precision = (self.text(entry.get(name), f"{place}.{name}") for name in ("kind", "precision"))
        due = self.date(entry.get("date"), f"{place}.date")
        words = self.text(entry.get("words"), f"{place}.words")
        if kind not in set(TimescaleKind) or (precision and precision not in set(Precision)):
            raise self._wrong(place, "has a kind or precision that is not known")
        if (kind == TimescaleKind.DATE) != (due is not None):
            raise self._wrong(place, "must have a date if, and only if, its kind is date")
        if kind in (TimescaleKind.CONDITION, TimescaleKind.RECURRING) and not words:
            raise self._wrong(place, "must have words")
        if due is None:
            return Timescale(TimescaleKind(kind), words=words)
        return Timescale(TimescaleKind.DATE, due, Precision(precision or "day"), words)

    @staticmethod
    def _wrong(place: str, sentence: str) -> Invalid:
        return Invalid({place: f"{place} {sentence}"})
