"""The plan as JSON, in the form that the product's users build on: out, and the same in again."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.dates.queries import moves_of_plan
from strategy_tracker.plans.earlier import EarlierShare, earlier_shares
from strategy_tracker.plans.models import Plan, ProgressNote
from strategy_tracker.plans.rules import Owner, OwnerKind, Precision, Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.view import view_of
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
from strategy_tracker.transfer.out.stamps import stamp_of
from strategy_tracker.transfer.queries import standing_notes
from strategy_tracker.transfer.snapshot import snapshot_of
from strategy_tracker.transfer.stored import StoredAction, StoredOutcome, StoredPlan, owner_of, stored_plan

Json = dict[str, Any]


def plan_as_json(
    plan: Plan, *, authority: str | None = None, as_at: dt.date | None = None, version: int | None = None
) -> bytes:
    """The whole plan, or what is one authority's (a slug): as it stood on a date, or as a version of it had it.

    Without either it is the plan as it stands, with progress up to its own date, else all. Whether the reader may see
    the plan is settled by whoever loaded it. Raises NotFound for a version that is not there.

    It keeps what went out under its `mark`, so that a copy that comes back is known again.
    """
    view = view_of(plan, as_at, version)
    parts = view.parts()
    stored = stored_plan(plan.partnership_id, plan, parts)
    earlier = earlier_shares(view, parts.shares, stored.authorities.values())
    until = view.as_at if view.is_past else as_at or plan.as_at
    content = _Export(stored, authority, until, view.moves_until, earlier).plan(stored.row or plan)
    content["extract_of"] = authority
    content["version"] = view.version.number if view.version else None
    content["mark"] = stamp_of(plan, snapshot_of(stored, authority or "", until, whole=True))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


class _Export:
    def __init__(
        self,
        stored: StoredPlan,
        authority: str | None,
        as_at: dt.date | None,
        until: dt.date | None,
        earlier: Iterable[EarlierShare],
    ) -> None:
        self.stored, self.authority, self.as_at, self.until = stored, authority, as_at, until
        self.order = {slug: place for place, slug in enumerate(stored.authorities)}
        reads = stored.authorities[authority].id if authority else None
        self.earlier = {one.id: one for one in earlier if reads is None or reads in one.successors}
        self.earlier_notes: dict[int, list[ProgressNote]] = defaultdict(list)
        for note in standing_notes(stored.row.id) if stored.row and self.earlier else ():
            if note.share_id in self.earlier and (as_at is None or note.as_at <= as_at):
                self.earlier_notes[note.outcome_id].append(note)

    def plan(self, plan: Plan) -> Json:
        objectives = [(objective, self._actions(objective.actions)) for objective in self.stored.objectives]
        return {
            "partnership": plan.partnership.slug,
            "plan": plan.slug,
            "title": plan.title,
            "strategy": plan.strategy,
            "period": {"from": plan.period_from.isoformat(), "to": plan.period_to.isoformat()},
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "state": plan.state,
            "edition": plan.edition,
            "agreed_on": plan.agreed_on.isoformat() if plan.agreed_on else None,
            "objectives": [
                {
                    "number": _number(objective.row.number),
                    "title": objective.row.title,
                    "lead": self.stored.slug_of(objective.row.lead_id),
                    "actions": actions,
                }
                for objective, actions in objectives
                if actions or self.authority is None
            ],
            "glossary": {short: entry.meaning for short, entry in self.stored.glossary.items()},
            "timescale_changes": list(self._moves(plan)),
        }

    def _moves(self, plan: Plan) -> Iterator[Json]:
        """Each time that a timescale was changed. For reading: an import leaves it as it is."""
        moves = moves_of_plan(plan.id, self.until)
        for objective in self.stored.objectives:
            for action in objective.actions:
                if self.authority not in (None, *action.shares):
                    continue
                for number, outcome in enumerate(action.outcomes, 1):
                    for move in moves.get(outcome.row.id, ()):
                        yield {
                            "action": action.row.number,
                            "outcome": number,
                            "before": _timescale(move.old),
                            "after": _timescale(move.new),
                            "on": move.on.isoformat() if move.on else None,
                            "reason": move.reason,
                        }

    def _actions(self, actions: tuple[StoredAction, ...]) -> list[Json]:
        return [
            {
                "number": action.row.number,
                "text": action.row.text,
                "lead": self.stored.slug_of(action.row.lead_id),
                "owner": _owner(owner_of(action.row)),
                "shares": [
                    {"authority": slug, "owner": _owner(owner_of(share))} for slug, share in action.shares.items()
                ],
                "outcomes": [self._outcome(outcome) for outcome in action.outcomes],
            }
            for action in actions
            if self.authority is None or self.authority in action.shares
        ]

    def _outcome(self, outcome: StoredOutcome) -> Json:
        notes = [
            (slug, note)
            for (slug, as_at), note in outcome.notes.items()
            if self.authority in (None, slug) and (self.as_at is None or as_at <= self.as_at)
        ]
        notes.sort(key=lambda pair: (self.order[pair[0]], pair[1].as_at))
        return {
            "text": outcome.row.text,
            "lead": self.stored.slug_of(outcome.row.lead_id),
            "timescale": _timescale(outcome.timescale),
            "progress": [_note(slug, note) for slug, note in notes],
        } | self._earlier_progress(outcome)

    def _earlier_progress(self, outcome: StoredOutcome) -> Json:
        """What authorities said whose part another took over, if any did. For reading: an import leaves it as it is."""
        told = [self._earlier(note) for note in self.earlier_notes[outcome.row.id]]
        return {"earlier_progress": told} if told else {}

    def _earlier(self, note: ProgressNote) -> Json:
        part = self.earlier[note.share_id]
        slug = self.stored.slug_of(part.authority_id) or ""
        return {**_note(slug, note), "until": part.until.isoformat()}


def _number(number: str) -> int | str:
    """Objectives count in whole numbers where they can."""
    return int(number) if number.isdecimal() and str(int(number)) == number else number


def _owner(owner: Owner) -> Json | None:
    return {"kind": owner.kind.value, "name": owner.name} if owner.name else None


def _timescale(timescale: Timescale) -> Json | None:
    if timescale == Timescale():
        return None
    return {
        "kind": timescale.kind.value,
        "date": timescale.due_on.isoformat() if timescale.due_on else None,
        "precision": timescale.precision.value if timescale.precision else "",
        "words": timescale.words,
    }


def _note(slug: str, note: ProgressNote) -> Json:
    return {
        "authority": slug,
        "as_at": note.as_at.isoformat(),
        "status": note.status,
        "text": note.text,
        "reason": note.reason,
    }


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
