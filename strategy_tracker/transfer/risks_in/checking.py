"""One risk of a file, from its words to what the register can take; all that is wrong with it is gathered."""

import datetime as dt
from dataclasses import replace

from strategy_tracker.checks import LONGEST_TEXT
from strategy_tracker.owners import Owner
from strategy_tracker.risks.operations.registers import MOST_MONTHS
from strategy_tracker.risks.operations.risks import LONGEST_EVENT
from strategy_tracker.risks.rules import Proximity
from strategy_tracker.risks.schemes.checks import LONGEST_NAME as LONGEST_CATEGORY
from strategy_tracker.text import one_line
from strategy_tracker.transfer.risks_in.drafts import RiskDraft, ScoreDraft
from strategy_tracker.transfer.risks_in.heads import LABELS, Field
from strategy_tracker.transfer.risks_in.managing import controls_of, responses_of
from strategy_tracker.transfer.risks_in.noted import Noted
from strategy_tracker.transfer.risks_in.rows import RawRisk
from strategy_tracker.transfer.risks_in.scoring import Against, scores_of
from strategy_tracker.transfer.risks_in.values import (
    Parts,
    is_nothing,
    is_plain_number,
    months_in,
    opportunity_in,
    parts_of,
    proximity_in,
)


def parts_in(raw: RawRisk) -> Parts:
    """Of our own file the description is what may happen and nothing else: cause and effect have their columns."""
    words = raw.said(Field.DESCRIPTION)
    parts = Parts(words) if raw.is_own else parts_of(words, LONGEST_EVENT)
    return replace(parts, event=one_line(parts.event))


class Checking(Noted):
    """One risk of the file; what is wrong with it goes to `problems`."""

    def __init__(self, raw: RawRisk, against: Against, problems: dict[str, str], day: dt.date) -> None:
        super().__init__(raw, problems, day)
        self.against = against

    def draft(self, number: int) -> RiskDraft:
        self._say_number(number)
        parts = self._parts()
        responses, scores = responses_of(self), scores_of(self, self.against)
        months, review_on = self._review()
        reviewed_on = self._day(Field.REVIEWED, "day of the last review", is_past=True)
        return RiskDraft(
            number,
            self.raw.place,
            parts.event,
            self._text(Field.CAUSE, self.raw.said(Field.CAUSE), parts.cause),
            self._text(Field.EFFECT, parts.effect, self.raw.said(Field.EFFECT)),
            self._category(),
            self._owner(),
            scores,
            responses,
            controls_of(self),
            self._text(Field.ASSUMPTIONS, self.raw.said(Field.ASSUMPTIONS)),
            self._is_opportunity(),
            self._proximity(),
            self._found(scores, reviewed_on),
            months,
            review_on,
            reviewed_on,
            tuple(self.warnings),
        )

    def _say_number(self, number: int) -> None:
        said = self.raw.said(Field.NUMBER)
        if self.raw.has_number and number and is_nothing(one_line(said)):
            self.warnings.append(f"the file gives no number: it gets {number}, the next free one")
        elif said and number and not is_plain_number(said):
            self.warnings.append(f"“{one_line(said)}” becomes number {number}")

    def _parts(self) -> Parts:
        parts = parts_in(self.raw)
        if parts.note:
            self.warnings.append(parts.note)
        if not parts.event:
            self.wrong(Field.DESCRIPTION, "This risk has no description")
        self.bounded(Field.DESCRIPTION, "What may happen", parts.event, LONGEST_EVENT)
        return parts

    def _text(self, what: Field, *pieces: str) -> str:
        words = "\n".join(filter(None, pieces))
        return self.bounded(what if self.raw.said(what) else Field.DESCRIPTION, LABELS[what], words, LONGEST_TEXT)

    def _category(self) -> str:
        category = one_line(self.raw.said(Field.CATEGORY))
        self.bounded(Field.CATEGORY, "The category", category, LONGEST_CATEGORY)
        known = {one.name.casefold(): one.name for one in self.against.shape.categories}
        if category and known and category.casefold() not in known:
            self.warnings.append(
                f"“{category}” is none of the scheme’s categories, so the scheme’s own tolerance counts"
            )
        return known.get(category.casefold(), category)

    def _owner(self) -> Owner:
        words, kind = self.raw.said(Field.OWNER), self.raw.said(Field.OWNER_KIND)
        owner, note = self.owner_of(Field.OWNER, words, kind, Field.OWNER_KIND)
        if note:
            self.warnings.append(note)
        return owner

    def _is_opportunity(self) -> bool:
        words = one_line(self.raw.said(Field.NATURE))
        found = opportunity_in(words)
        if found is None and not is_nothing(words):
            self.wrong(Field.NATURE, f"“{words[:60]}” is neither a threat nor an opportunity")
        return bool(found)

    def _proximity(self) -> Proximity:
        words = one_line(self.raw.said(Field.PROXIMITY))
        if is_nothing(words):
            return Proximity.NOT_SAID
        found = proximity_in(words)
        if found is None:
            known = ", ".join(filter(None, Proximity))
            self.warnings.append(f"how soon is left out: “{words[:60]}” is none of {known}")
        return found or Proximity.NOT_SAID

    def _day(self, what: Field, label: str, *, is_past: bool = False) -> dt.date | None:
        return self.day_of(what, self.raw.said(what), label, is_past=is_past)

    def _found(self, scores: tuple[ScoreDraft, ...], reviewed_on: dt.date | None) -> dt.date | None:
        found = self._day(Field.FOUND, "day on which it was found", is_past=True)
        said = [score.given_on or reviewed_on or self.day for score in scores] + [reviewed_on or self.day]
        if found and found > min(said):
            self.wrong(Field.FOUND, "It cannot have been found after it was scored or reviewed")
        return found

    def _review(self) -> tuple[int | None, dt.date | None]:
        """How often, and when next; a file may say either under "Review"."""
        often = self.raw.said(Field.RHYTHM)
        months = months_in(often) or months_in(self.raw.said(Field.REVIEW))
        if months is None and not is_nothing(often):
            self.wrong(Field.RHYTHM, f"“{one_line(often)[:60]}” does not say after how many months it is reviewed")
        if months and months > MOST_MONTHS:
            what = Field.RHYTHM if months_in(often) else Field.REVIEW
            self.wrong(what, f"It must be reviewed after {MOST_MONTHS} months at the latest")
        is_rhythm = months_in(self.raw.said(Field.REVIEW)) is not None
        return months, None if is_rhythm else self._day(Field.REVIEW, "day of the next review")
