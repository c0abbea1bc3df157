"""The scores of one risk of a file: its levels found in the register's scheme, its totals held against their cells."""

from collections.abc import Iterator
from dataclasses import replace

from strategy_tracker.checks import LONGEST_REASON
from strategy_tracker.risks.rules import ScoreKind, score_words
from strategy_tracker.risks.schemes.rules import Axis, Scheme
from strategy_tracker.text import one_line
from strategy_tracker.transfer.risks_in.drafts import ScoreDraft
from strategy_tracker.transfer.risks_in.heads import LABELS, SCORES, Field
from strategy_tracker.transfer.risks_in.noted import Noted
from strategy_tracker.transfer.risks_in.own_sheets import Line
from strategy_tracker.transfer.risks_in.values import cells_with, is_nothing, level_in, says_cell
from strategy_tracker.transfer.risks_out.columns import GIVEN_ON, IMPACT, LIKELIHOOD, WHICH, WHY


def scores_of(noted: Noted, shape: Scheme) -> tuple[ScoreDraft, ...]:
    """Each with its day and its reason, where a sheet of the file gives them."""
    scoring = _Scoring(noted, shape)
    found = {kind: score for kind in ScoreKind if (score := scoring.score(kind))}
    return tuple(_given(noted, found))


def _given(noted: Noted, found: dict[ScoreKind, ScoreDraft]) -> Iterator[ScoreDraft]:
    lines = {one_line(line.said(WHICH)).casefold(): line for line in noted.raw.further.scores or ()}
    for kind, line in lines.items():
        if kind not in set(ScoreKind):
            noted.wrong(line.place_of(WHICH), f"“{kind[:60]}” is none of {', '.join(ScoreKind)}")
    for kind, score in found.items():
        of_sheet = lines.get(kind)
        yield _with_line(noted, score, of_sheet) if of_sheet else score


def _with_line(noted: Noted, score: ScoreDraft, line: Line) -> ScoreDraft:
    said = one_line(line.said(IMPACT)), one_line(line.said(LIKELIHOOD))
    if said != (score.impact_words, score.likelihood_words):
        noted.warnings.append(f"{line.place} has another {score.kind} score than the sheet of risks, which counts")
        return score
    day = noted.day_of(line.place_of(GIVEN_ON), line.said(GIVEN_ON), "day of a score", is_past=True)
    why = noted.bounded(line.place_of(WHY), "The reason", line.said(WHY), LONGEST_REASON)
    return replace(score, given_on=day, why=why)


class _Scoring:
    def __init__(self, noted: Noted, shape: Scheme) -> None:
        self.noted, self.raw, self.shape = noted, noted.raw, shape

    def _level(self, what: Field, axis: Axis) -> int | None:
        words = one_line(self.raw.said(what))
        if is_nothing(words):
            return None
        place = level_in(words, self.shape.levels(axis))
        if place is None:
            there = ", ".join(level.words for level in self.shape.levels(axis))
            self.noted.wrong(
                what, f"“{words[:60]}” is no level of {LABELS[what].lower()} in the register’s scheme: {there}"
            )
        return place

    def score(self, kind: ScoreKind) -> ScoreDraft | None:
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
                self.noted.warnings.append("the file gives no score: it is added without one")
            return None
        if any(blank):
            given, missing = (on_likelihood, on_impact) if blank[0] else (on_impact, on_likelihood)
            self.noted.wrong(missing, f"There is {_of(given)} and no {LABELS[missing].lower()}: a score needs both")
        if impact is None or likelihood is None:
            return None
        draft = self._cell(kind, impact, likelihood)
        cell, band = self.shape.cell(impact, likelihood), self.shape.band(impact, likelihood)
        if total and not says_cell(total, cell.value, band.name):
            place = self.raw.place_of(on_score)
            self.noted.warnings.append(
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
            self.noted.warnings.append(
                f"{total} can only be impact {draft.impact_words}, likelihood {draft.likelihood_words}"
            )
            return draft
        fits = f"fits {len(cells)} cells of the scheme" if cells else "fits no cell of the scheme"
        if kind is not ScoreKind.CURRENT:
            self.noted.warnings.append(f"the {kind} score is left out: “{total[:60]}” alone {fits}")
            return None
        self.noted.wrong(
            on_score,
            f"“{total[:60]}” alone {fits}: give {_of(SCORES[kind][0])} and a likelihood, or leave the column out",
        )
        return None

    def _cell(self, kind: ScoreKind, impact: int, likelihood: int) -> ScoreDraft:
        cell, band = self.shape.cell(impact, likelihood), self.shape.band(impact, likelihood)
        names = self.shape.impact[impact].words, self.shape.likelihood[likelihood].words
        return ScoreDraft(kind, impact, likelihood, *names, score_words(cell.value, band.name), band.tone.value)


def _of(what: Field) -> str:
    name = LABELS[what].lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
