"""One risk of a file, from its words to what the register can take; all that is wrong with it is gathered."""

import datetime as dt

from strategy_tracker.checks import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, LONGEST_TEXT
from strategy_tracker.owners import Owner
from strategy_tracker.risks.operations.risks import LONGEST_EVENT
from strategy_tracker.risks.rules import ScoreKind, score_words
from strategy_tracker.risks.schemes.checks import LONGEST_NAME as LONGEST_CATEGORY
from strategy_tracker.risks.schemes.rules import Axis, Scheme
from strategy_tracker.text import one_line, problem_with_marks
from strategy_tracker.transfer.risks_in.drafts import RiskDraft, ScoreDraft
from strategy_tracker.transfer.risks_in.heads import LABELS, SCORES, Field
from strategy_tracker.transfer.risks_in.responses import Said, kinds_in, responses_in
from strategy_tracker.transfer.risks_in.rows import RawRisk
from strategy_tracker.transfer.risks_in.values import (
    cells_with,
    day_in,
    is_nothing,
    is_plain_number,
    level_in,
    months_in,
    owner_in,
    parts_of,
    says_cell,
)


class Checking:
    """One risk of the file; what is wrong with it goes to `problems`."""

    def __init__(self, raw: RawRisk, shape: Scheme, problems: dict[str, str], day: dt.date) -> None:
        self.raw, self.shape, self.problems, self.day = raw, shape, problems, day
        self.warnings = list(raw.notes)

    def draft(self, number: int) -> RiskDraft:
        said = self.raw.said(Field.NUMBER)
        if self.raw.has_number and number and is_nothing(one_line(said)):
            self.warnings.append(f"the file gives no number: it gets {number}, the next free one")
        elif said and number and not is_plain_number(said):
            self.warnings.append(f"“{one_line(said)}” becomes number {number}")
        parts = parts_of(self.raw.said(Field.DESCRIPTION), LONGEST_EVENT)
        if parts.note:
            self.warnings.append(parts.note)
        event = one_line(parts.event)
        if not event:
            self._wrong(Field.DESCRIPTION, "This risk has no description")
        self._bounded(Field.DESCRIPTION, "What may happen", event, LONGEST_EVENT)
        responses, due_on = self._responses(), self._day(Field.DUE, "days by when it is done")
        if due_on and not responses:
            self._wrong(Field.DUE, "There is a day by when, and nothing that is done by then")
        months, review_on = self._review()
        return RiskDraft(
            number,
            self.raw.place,
            event,
            self._text(Field.CAUSE, self.raw.said(Field.CAUSE), parts.cause),
            self._text(Field.EFFECT, parts.effect, self.raw.said(Field.EFFECT)),
            self._category(),
            self._owner(),
            tuple(score for kind in ScoreKind if (score := self._score(kind))),
            responses,
            due_on,
            months,
            review_on,
            self._reviewed(),
            tuple(self.warnings),
        )

    def _wrong(self, what: Field, sentence: str) -> None:
        self.problems.setdefault(self.raw.place_of(what), sentence)

    def _bounded(self, what: Field, label: str, words: str, longest: int) -> None:
        if len(words) > longest:
            self._wrong(what, f"{label} must be {longest:,} characters or fewer; it has {len(words):,}")
        if wrong := problem_with_marks(words):
            self._wrong(what, wrong)

    def _text(self, what: Field, *pieces: str) -> str:
        words = "\n".join(filter(None, pieces))
        self._bounded(what if self.raw.said(what) else Field.DESCRIPTION, LABELS[what], words, LONGEST_TEXT)
        return words

    def _category(self) -> str:
        category = one_line(self.raw.said(Field.CATEGORY))
        self._bounded(Field.CATEGORY, "The category", category, LONGEST_CATEGORY)
        known = {one.name.casefold(): one.name for one in self.shape.categories}
        if category and known and category.casefold() not in known:
            self.warnings.append(
                f"“{category}” is none of the scheme’s categories, so the scheme’s own tolerance counts"
            )
        return known.get(category.casefold(), category)

    def _owner(self) -> Owner:
        answers = owner_in(self.raw.said(Field.OWNER))
        self._bounded(Field.OWNER, "The owner", answers.owner.name, LONGEST_NAME)
        if answers.note:
            self.warnings.append(answers.note)
        return answers.owner

    def _responses(self) -> tuple[Said, ...]:
        named = kinds_in(self.raw.said(Field.KIND))
        kinds = named.kinds
        self.warnings += named.notes
        if self.raw.said(Field.KIND) and not kinds and not is_nothing(self.raw.said(Field.KIND)):
            words = one_line(self.raw.said(Field.KIND))[:60]
            self._wrong(Field.KIND, f"“{words}” is none of treat, tolerate, transfer and terminate")
        text = self.raw.said(Field.RESPONSE)
        if is_nothing(text):
            text = ""
        if not text and kinds:
            self.warnings.append("the file says how it is managed, and not what is done")
            return tuple(Said(kind, kind.capitalize()) for kind in kinds)
        found = responses_in(text, kinds)
        unsaid = [kind for kind in kinds if kind not in {said.kind for said in found.said}]
        if unsaid:
            self.warnings.append(f"no words stand under {' and '.join(unsaid)}, which the file names too")
        if not found.said:
            self.warnings.append("the file does not say how it is managed")
        self.warnings += found.notes
        for said in found.said:
            self._bounded(Field.RESPONSE, "How it is managed", said.text, LONGEST_TEXT)
        return found.said

    def _level(self, what: Field, axis: Axis) -> int | None:
        words = one_line(self.raw.said(what))
        if is_nothing(words):
            return None
        place = level_in(words, self.shape.levels(axis))
        if place is None:
            there = ", ".join(level.words for level in self.shape.levels(axis))
            self._wrong(what, f"“{words[:60]}” is no level of {LABELS[what].lower()} in the register’s scheme: {there}")
        return place

    def _score(self, kind: ScoreKind) -> ScoreDraft | None:
        on_impact, on_likelihood, on_score = SCORES[kind]
        impact, likelihood = self._level(on_impact, Axis.IMPACT), self._level(on_likelihood, Axis.LIKELIHOOD)
        total = one_line(self.raw.said(on_score))
        total = "" if is_nothing(total) else total
        levels = [self.raw.said(what) for what in (on_impact, on_likelihood)]
        blank = [is_nothing(words) for words in levels]
        if all(blank) and total:
            return self._score_of_total(kind, total)
        if all(blank):
            if kind is ScoreKind.CURRENT:
                self.warnings.append("the file gives no score: it is added without one")
            return None
        if any(blank):
            given, missing = (on_likelihood, on_impact) if blank[0] else (on_impact, on_likelihood)
            self._wrong(missing, f"There is {_of(given)} and no {LABELS[missing].lower()}: a score needs both")
        if impact is None or likelihood is None:
            return None
        draft = self._cell(kind, impact, likelihood)
        cell, band = self.shape.cell(impact, likelihood), self.shape.band(impact, likelihood)
        if total and not says_cell(total, cell.value, band.name):
            place = self.raw.place_of(on_score)
            self.warnings.append(
                f"{place} says “{total[:40]}”, but {LABELS[on_impact].lower()} {draft.impact_words} by likelihood "
                f"{draft.likelihood_words} is {draft.words}: that counts"
            )
        return draft

    def _score_of_total(self, kind: ScoreKind, total: str) -> ScoreDraft | None:
        """A score without levels, where only one cell can be meant. Any but the current one can be left out."""
        on_score = SCORES[kind][-1]
        cells = cells_with(total, self.shape)
        if len(cells) == 1:
            draft = self._cell(kind, *cells[0])
            self.warnings.append(
                f"{total} can only be impact {draft.impact_words}, likelihood {draft.likelihood_words}"
            )
            return draft
        fits = f"fits {len(cells)} cells of the scheme" if cells else "fits no cell of the scheme"
        if kind is not ScoreKind.CURRENT:
            self.warnings.append(f"the {kind} score is left out: “{total[:60]}” alone {fits}")
            return None
        self._wrong(
            on_score,
            f"“{total[:60]}” alone {fits}: give {_of(SCORES[kind][0])} and a likelihood, or leave the column out",
        )
        return None

    def _cell(self, kind: ScoreKind, impact: int, likelihood: int) -> ScoreDraft:
        cell, band = self.shape.cell(impact, likelihood), self.shape.band(impact, likelihood)
        names = self.shape.impact[impact].words, self.shape.likelihood[likelihood].words
        return ScoreDraft(kind, impact, likelihood, *names, score_words(cell.value, band.name), band.tone.value)

    def _day(self, what: Field, label: str) -> dt.date | None:
        words = one_line(self.raw.said(what))
        if is_nothing(words):
            return None
        day = day_in(words)
        if day is None:
            self._wrong(what, f"“{words[:60]}” is no single day")
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._wrong(what, f"The {label} must be between {FIRST_YEAR} and {LAST_YEAR}")
        return day

    def _review(self) -> tuple[int | None, dt.date | None]:
        """How often, or when next."""
        if months := months_in(self.raw.said(Field.REVIEW)):
            return months, None
        return None, self._day(Field.REVIEW, "day of the next review")

    def _reviewed(self) -> dt.date | None:
        day = self._day(Field.REVIEWED, "day of the last review")
        if day is not None and day > self.day:
            self._wrong(Field.REVIEWED, "The day of the last review cannot be after the one of the import")
            return None
        return day


def _of(what: Field) -> str:
    name = LABELS[what].lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
