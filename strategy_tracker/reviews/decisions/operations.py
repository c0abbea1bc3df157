"""The verbs of a decision: recorded, edited, answered, dropped, opened again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, allows
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_NAME, LONGEST_REASON, Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.plans import checks
from strategy_tracker.plans.models import Action, Outcome, Share
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.reviews.decisions.models import Decision, DecisionRevision
from strategy_tracker.reviews.decisions.owners import Answerable, candidates_of
from strategy_tracker.reviews.decisions.rules import (
    OF_THE_WHOLE,
    TARGETS_ARE_READ,
    Kind,
    State,
    next_number,
    owner_label,
)
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting
from strategy_tracker.reviews.meetings.operations import require_not_called_off
from strategy_tracker.reviews.meetings.queries import minutes_of
from strategy_tracker.text import has_marks

LONGEST_WORDS = 5_000
CHANGING = ("kind", "action", "outcome", "share", "new_due_on", "new_precision", "new_text")
"""What can no longer be another once the decision has changed the plan."""
AT_NO_TIME = Timescale()


@dataclass(frozen=True)
class Wording:
    """What a decision says. `new_due` and `new_text` are what a change makes of the outcome; empty: it stays."""

    kind: Kind
    words: str
    owner: Answerable
    due_on: dt.date
    action: Action | None = None
    outcome: Outcome | None = None
    share: Share | None = None
    new_due: Timescale = AT_NO_TIME
    new_text: str = ""
    item: AgendaItem | None = None


def record_decision(person: Acting, meeting: Meeting, wording: Wording, *, form_key: str | None = None) -> Decision:
    """The next decision of a meeting that was held. Raises Forbidden, Invalid."""
    require(person, Permission.DECISION_WRITE, meeting)
    columns = _columns(meeting, wording)
    _require_whole(wording)
    if meeting.held_on > clock.today():
        raise Invalid({"words": "The meeting has not been held yet: decisions are recorded from its day on"})
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        _wait_for(meeting)
        used = Decision.select(Decision.number).where(Decision.meeting == meeting.id).tuples()
        number = next_number(row[0] for row in used)
        decision = Decision.create(
            meeting=meeting, number=number, item=wording.item, assigned_at=clock.now(), **columns
        )
        _keep(person, decision, "")
        _record(person, decision, "decision recorded", after=_plain(columns))
    return decision


def edit_decision(
    person: Acting, decision: Decision, version: int, wording: Wording, *, reason: str = "", form_key: str | None = None
) -> None:
    """New words, owner or date; what it said stays. Once the minutes are approved it needs a reason.

    Raises Conflict with the decision as it stands, Forbidden, Invalid.
    """
    require(person, Permission.DECISION_WRITE, decision)
    meeting: Any = decision.meeting
    columns = _columns(meeting, wording)
    before = {name: getattr(decision, name) for name in columns}
    _refuse_after_applied(decision, before, columns)
    if decision.applied_at is None:
        _require_whole(wording)
    problems = Problems()
    why = problems.text("reason", "The reason", reason, longest=LONGEST_REASON, required=False)
    problems.marks(reason=why)
    if not why and minutes_of(meeting).approved_in_id:
        problems.add("reason", "Say why the decision changes: the minutes of its meeting are approved")
    problems.raise_if_any()
    is_given_away = (before["owner"], before["authority"]) != (columns["owner"], columns["authority"])
    more = {"assigned_at": clock.now()} if is_given_away else {}
    said = {"reason": why} if why else {}
    with history.writing(person, form_key):
        save_versioned(decision, version, **columns, **more)
        _keep(person, decision, why)
        _record(person, decision, "decision edited", before=_plain(before), after=_plain(columns), **said)


def answer_decision(
    person: Acting, decision: Decision, version: int, *, answer: str, form_key: str | None = None
) -> None:
    """It is done, in words that say what came of it; for its owner and whoever may answer. Raises Conflict, Invalid."""
    require_answer(person, decision)
    _settle(person, decision, version, State.DONE, answer, "Say what came of it", form_key)


def drop_decision(
    person: Acting, decision: Decision, version: int, *, answer: str, form_key: str | None = None
) -> None:
    """It will not be done, in words that say why. Raises Conflict, Invalid."""
    require(person, Permission.DECISION_WRITE, decision)
    _settle(person, decision, version, State.DROPPED, answer, "Say why it is dropped", form_key)


def reopen_decision(
    person: Acting, decision: Decision, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """It is to be done after all. What came of it stays in its history. Raises Conflict, Invalid."""
    require(person, Permission.DECISION_WRITE, decision)
    why = _words("reason", "The reason", reason, "Say why it is open again")
    if decision.state == State.OPEN:
        raise Invalid({"reason": "The decision is open"})
    before = {"state": decision.state, "answer": decision.answer}
    with history.writing(person, form_key):
        save_versioned(decision, version, state=State.OPEN.value, answer="", settled_on=None, settled_by=None)
        _record(person, decision, "decision opened again", before=before, reason=why)


def require_answer(person: Acting, decision: Decision) -> None:
    """Raises Forbidden unless the person owns it, or may answer where it belongs."""
    if not may_answer(person, decision):
        raise Forbidden


def may_answer(person: Acting, decision: Decision) -> bool:
    is_owner = person.id is not None and decision.owner_id == person.id
    return is_owner or allows(person, Permission.DECISION_ANSWER, decision.place())


def _settle(
    person: Acting, decision: Decision, version: int, state: State, answer: str, without: str, form_key: str | None
) -> None:
    words = _words("answer", "What came of it", answer, without)
    if decision.state != State.OPEN and decision.version == version:
        raise Invalid({"answer": f"The decision is {decision.state} already"})
    with history.writing(person, form_key):
        save_versioned(
            decision, version, state=state.value, answer=words, settled_on=clock.today(), settled_by=person.id
        )
        _record(person, decision, f"decision {state}", answer=words)


def _words(field: str, label: str, given: str, without: str) -> str:
    problems = Problems()
    words = problems.text(field, label, given, longest=LONGEST_REASON, required=False)
    problems.marks(**{field: words})
    if not words:
        problems.add(field, without)
    problems.raise_if_any()
    return words


def _columns(meeting: Meeting, given: Wording) -> dict[str, Any]:
    problems = Problems()
    columns: dict[str, Any] = {
        "kind": given.kind.value,
        "words": problems.text("words", "The decision", given.words, longest=LONGEST_WORDS),
        "due_on": given.due_on,
        "action": given.action,
        "share": given.share,
        **_owner(problems, meeting, given.owner),
        **_change(problems, given),
    }
    problems.marks(words=given.words)
    problems.date("due_on", "The date", given.due_on)
    if given.due_on < meeting.held_on:
        problems.add("due_on", "The date is before the meeting that decides it")
    if given.action is not None and given.action.plan.partnership_id != meeting.partnership_id:
        problems.add("number", "Only an action of the same partnership can be decided about")
    if given.share is not None and (given.action is None or given.share.action_id != given.action.id):
        problems.add("whose", "That authority has no share of the action")
    if given.item is not None and given.item.meeting_id != meeting.id:
        problems.add("words", "The item is on the agenda of another meeting")
    problems.raise_if_any()
    return columns


def _owner(problems: Problems, meeting: Meeting, owner: Answerable) -> dict[str, Any]:
    words = problems.line("owner_words", "The post", owner.words, longest=LONGEST_NAME, required=False)
    authority = owner.authority
    if authority is not None and authority.partnership_id != meeting.partnership_id:
        problems.add("owner", "Select an authority of this partnership")
    if owner.person is not None:
        found = {one.person.id: one for one in candidates_of(meeting.partnership_id)}.get(owner.person.id)
        if found is None:
            problems.add("owner", "Select somebody who may read the decisions of this partnership")
        elif words:
            problems.add("owner_words", "Choose a person, or name a post: not both")
        else:
            authority = found.authority
    elif authority is None and not words:
        problems.add("owner", "Say who answers for it: a person, an authority, or a post in words")
    return {"owner": owner.person, "authority": authority, "owner_words": words}


def _change(problems: Problems, given: Wording) -> dict[str, Any]:
    """The outcome that it is about, and what becomes of it; only a change has the latter."""
    outcome, action = given.outcome, given.action
    if outcome is not None and (action is None or outcome.action_id != action.id):
        problems.add("outcome", "The action has no such outcome")
    nothing = {"outcome": outcome, "new_due_on": None, "new_precision": "", "new_text": ""}
    if given.kind is not Kind.CHANGE or action is None:
        return nothing
    new_text = problems.text("new_text", "The new target", given.new_text, required=False)
    if has_marks(new_text):
        problems.add("new_text", TARGETS_ARE_READ)
    timescale = _timescale(problems, given.new_due)
    if outcome is None:
        outcome = _only_outcome(problems, action)
    if not new_text and timescale["due_on"] is None:
        problems.add("new_due_on", "Enter the new date or the new target")
    return {
        "outcome": outcome,
        "new_due_on": timescale["due_on"],
        "new_precision": timescale["due_precision"],
        "new_text": new_text,
    }


def _require_whole(given: Wording) -> None:
    """Raises Invalid unless a change says of which action it is, and is of the whole of it."""
    if given.kind is not Kind.CHANGE:
        return
    if given.action is None:
        raise Invalid({"number": "Choose the action whose date or target changes"})
    if given.share is not None:
        raise Invalid({"whose": OF_THE_WHOLE})


def _timescale(problems: Problems, given: Timescale) -> dict[str, Any]:
    """The columns of the new date; what is wrong with it is said at its own field."""
    own = Problems()
    columns = checks.timescale(own, given)
    for words in own.found.values():
        problems.add("new_due_on", words)
    return columns


def _only_outcome(problems: Problems, action: Action) -> Outcome | None:
    standing = list(Outcome.select().where(Outcome.action == action.id, Outcome.removed_at.is_null()))
    if len(standing) != 1:
        has = f"has {len(standing)} outcomes" if standing else "has no outcome"
        problems.add(
            "outcome", f"The action {has}: say which one changes" if standing else f"The action {has} to change"
        )
        return None
    return standing[0]


def _refuse_after_applied(decision: Decision, before: Mapping[str, Any], columns: Mapping[str, Any]) -> None:
    if decision.applied_at is not None and any(before[name] != columns[name] for name in CHANGING):
        raise Invalid({"kind": "The plan was changed by it: what it is about and what it changes stay as they are"})


def _wait_for(meeting: Meeting) -> None:
    """Everyone who records a decision of this meeting waits here for the one before: no number is given twice."""
    Meeting.update(version=Meeting.version).where(Meeting.id == meeting.id).execute()


def _keep(person: Acting, decision: Decision, reason: str) -> None:
    """Inside the transaction, after the save: its lock on the row keeps the numbers without gap or double."""
    owner: Any = decision.owner if decision.owner_id else None
    authority: Any = decision.authority if decision.authority_id else None
    DecisionRevision.create(
        decision=decision,
        number=DecisionRevision.select().where(DecisionRevision.decision == decision.id).count() + 1,
        kind=decision.kind,
        words=decision.words,
        owner=owner_label(owner.name if owner else "", authority.short_name if authority else "", decision.owner_words),
        due_on=decision.due_on,
        reason=reason,
        person=person.id,
        recorded_at=clock.now(),
    )


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.id if hasattr(value, "id") else value for name, value in columns.items()}


def _record(person: Acting, decision: Decision, verb: str, **data: Any) -> None:
    meeting: Any = decision.meeting
    data |= {"meeting": meeting.id, "number": decision.number}
    history.record(person, meeting.partnership_id, verb, decision, version=decision.version, **data)
