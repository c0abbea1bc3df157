"""How one risk of a file is managed: what is done and what is in place, out of its cells or of sheets of their own."""

from collections.abc import Iterable

from strategy_tracker.checks import LONGEST_TEXT
from strategy_tracker.risks.rules import Effectiveness, ResponseState
from strategy_tracker.text import one_line
from strategy_tracker.transfer.risks_in.drafts import ControlDraft, ResponseDraft
from strategy_tracker.transfer.risks_in.heads import Field
from strategy_tracker.transfer.risks_in.noted import Noted
from strategy_tracker.transfer.risks_in.own_sheets import Line
from strategy_tracker.transfer.risks_in.responses import Said, kinds_in, responses_in
from strategy_tracker.transfer.risks_in.values import controls_in, is_nothing
from strategy_tracker.transfer.risks_out.columns import DONE, DUE, HOW_GOOD, IN_PLACE, KIND, OWNER, OWNER_KIND, STATE

NOT_MANAGED = "the file does not say how it is managed"


def responses_of(noted: Noted) -> tuple[ResponseDraft, ...]:
    """Of a sheet of their own, where the file has one; else out of the risk's cells, all due on its one day."""
    if (lines := noted.raw.further.responses) is not None:
        found = tuple(draft for line in lines if (draft := _response(noted, line)))
        if not lines:
            noted.warnings.append(NOT_MANAGED)
        _warn_of_others(noted, Field.RESPONSE, (f"{each.kind}: {each.text}" for each in found), "responses")
        return found
    said = _said(noted)
    due_on = noted.day_of(Field.DUE, noted.raw.said(Field.DUE), "days by when it is done")
    if due_on and not said:
        noted.wrong(Field.DUE, "There is a day by when, and nothing that is done by then")
    return tuple(ResponseDraft(each.kind, each.text, due_on=due_on) for each in said)


def controls_of(noted: Noted) -> tuple[ControlDraft, ...]:
    """Likewise."""
    if (lines := noted.raw.further.controls) is not None:
        found = tuple(draft for line in lines if (draft := _control(noted, line)))
        _warn_of_others(noted, Field.CONTROLS, (f"{each.effectiveness}: {each.text}" for each in found), "controls")
        return found
    text = noted.raw.said(Field.CONTROLS)
    drafts = [] if is_nothing(text) else [ControlDraft(*said) for said in controls_in(text)]
    for each in drafts:
        noted.bounded(Field.CONTROLS, "What is in place", each.text, LONGEST_TEXT)
    return tuple(drafts)


def _response(noted: Noted, line: Line) -> ResponseDraft | None:
    kinds = kinds_in(line.said(KIND)).kinds
    if len(kinds) != 1:
        words = one_line(line.said(KIND))[:60]
        noted.wrong(line.place_of(KIND), f"“{words}” is not one of treat, tolerate, transfer and terminate")
        return None
    text = _text(noted, line, DONE, "What is done")
    owner, _ = noted.owner_of(line.place_of(OWNER), line.said(OWNER), line.said(OWNER_KIND), line.place_of(OWNER_KIND))
    due_on = noted.day_of(line.place_of(DUE), line.said(DUE), "day by when it is done")
    state = one_line(line.said(STATE)).casefold() or ResponseState.UNDER_WAY
    if state not in set(ResponseState):
        noted.wrong(line.place_of(STATE), f"“{state[:60]}” is none of {', '.join(ResponseState)}")
        return None
    return ResponseDraft(kinds[0], text, owner, due_on, ResponseState(state))


def _control(noted: Noted, line: Line) -> ControlDraft | None:
    how = one_line(line.said(HOW_GOOD)).casefold() or Effectiveness.NOT_TESTED
    if how not in set(Effectiveness):
        noted.wrong(line.place_of(HOW_GOOD), f"“{how[:60]}” is none of {', '.join(Effectiveness)}")
        return None
    return ControlDraft(_text(noted, line, IN_PLACE, "What is in place"), Effectiveness(how))


def _text(noted: Noted, line: Line, head: str, label: str) -> str:
    if not line.said(head):
        noted.wrong(line.place_of(head), f"This row does not say it: {label.lower()}")
    return noted.bounded(line.place_of(head), label, line.said(head), LONGEST_TEXT)


def _warn_of_others(noted: Noted, what: Field, lines: Iterable[str], name: str) -> None:
    """Where somebody wrote into the cell that repeats what the sheet says."""
    there, of_sheet = noted.raw.said(what).casefold().split(), "\n".join(lines).casefold().split()
    if there and there != of_sheet:
        noted.warnings.append(f"{noted.raw.place_of(what)} says otherwise than the sheet of {name}, which counts")


def _said(noted: Noted) -> tuple[Said, ...]:
    named = kinds_in(noted.raw.said(Field.KIND))
    kinds = named.kinds
    noted.warnings += named.notes
    if noted.raw.said(Field.KIND) and not kinds and not is_nothing(noted.raw.said(Field.KIND)):
        words = one_line(noted.raw.said(Field.KIND))[:60]
        noted.wrong(Field.KIND, f"“{words}” is none of treat, tolerate, transfer and terminate")
    text = noted.raw.said(Field.RESPONSE)
    if is_nothing(text):
        text = ""
    if not text and kinds:
        noted.warnings.append("the file says how it is managed, and not what is done")
        return tuple(Said(kind, kind.capitalize()) for kind in kinds)
    found = responses_in(text, kinds)
    unsaid = [kind for kind in kinds if kind not in {said.kind for said in found.said}]
    if unsaid:
        noted.warnings.append(f"no words stand under {' and '.join(unsaid)}, which the file names too")
    if not found.said:
        noted.warnings.append(NOT_MANAGED)
    noted.warnings += found.notes
    for said in found.said:
        noted.bounded(Field.RESPONSE, "How it is managed", said.text, LONGEST_TEXT)
    return found.said
