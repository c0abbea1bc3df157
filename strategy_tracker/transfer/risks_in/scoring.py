"""The scores of one risk of a file: its levels found in the register's scheme, its totals held against their cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strategy_tracker.checks import LONGEST_REASON
from strategy_tracker.risks.rules import ScoreKind, score_words
from strategy_tracker.risks.schemes.rules import Axis, Level, Scheme
from strategy_tracker.text import one_line
from strategy_tracker.transfer.risks_in.drafts import RiskDraft, ScoreDraft
from strategy_tracker.transfer.risks_in.heads import LABELS, SCORES, Field
from strategy_tracker.transfer.risks_in.noted import Noted
from strategy_tracker.transfer.risks_in.own_sheets import Line
from strategy_tracker.transfer.risks_in.values import cells_with, is_nothing, level_in, says_cell
from strategy_tracker.transfer.risks_out.columns import GIVEN_ON, IMPACT, LIKELIHOOD, WHICH, WHY

NOWHERE = -1
"""The place of a level that the scheme in force has not."""


@dataclass(frozen=True)
class Against:
    """What the scores of a risk are held against: the scheme in force and what it is called, and the risk as the
    register has it under its number, None where it is new."""

    shape: Scheme
    scheme: str = ""
    standing: RiskDraft | None = None


def scores_of(noted: Noted, against: Against) -> tuple[ScoreDraft, ...]:
    """Each with its day and its reason, where a sheet of the file gives them.

    Of a risk that the register has, a score in the words of the one that stands is that one, whatever scheme it was
    given under; in no words of the scheme in force it is another one, but nothing is wrong: it is not taken.
    """
    scoring = _Scoring(noted, against)
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
    def __init__(self, noted: Noted, against: Against) -> None:
        self.noted, self.raw, self.against, self.shape = noted, noted.raw, against, against.shape
        self.is_wrong = False
        said = one_line(self.raw.said(Field.SCHEME))
        self.other_scheme = "" if said.casefold() == against.scheme.casefold() or is_nothing(said) else said

    def score(self, kind: ScoreKind) -> ScoreDraft | None:
        standing = self.against.standing
        if standing is None:
            return self._score(kind)
        impact, likelihood, total = (one_line(self.raw.said(what)) for what in SCORES[kind])
        kept = standing.score(kind)
        if kept and _says_the_same(kept, impact, likelihood, total):
            return kept
        self.is_wrong = False
        found = self._score(kind)
        return ScoreDraft(kind, NOWHERE, NOWHERE, impact, likelihood, total, 0) if self.is_wrong else found

    def _wrong(self, what: Field, sentence: str) -> None:
        self.is_wrong = True
        if self.against.standing is None:
            self.noted.wrong(what, sentence)

    def _level(self, what: Field, axis: Axis) -> int | None:
        words = one_line(self.raw.said(what))
        if is_nothing(words):
            return None
        place = level_in(words, self.shape.levels(axis))
        if place is None and self.other_scheme:
            self._wrong_scheme()
        elif place is None:
            there = _listed(self.shape.levels(axis))
            self._wrong(what, f"“{words[:60]}” is no level of {LABELS[what].lower()} in the register’s scheme: {there}")
        return place

    def _wrong_scheme(self) -> None:
        """Told at the first risk alone: whoever brings one such risk brings many."""
        levels = "; ".join(f"{axis.value} {_listed(self.shape.levels(axis))}" for axis in Axis)
        sentence = (
            f"New risks of the file are scored under “{self.other_scheme[:200]}”, but the register has "
            f"“{self.against.scheme}”: give them levels of that one, {levels}"
        )
        self.is_wrong = True
        if sentence not in self.noted.problems.values():
            self._wrong(Field.SCHEME, sentence)

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
                self.noted.warnings.append("the file gives no score: it is added without one")
            return None
        if any(blank):
            given, missing = (on_likelihood, on_impact) if blank[0] else (on_impact, on_likelihood)
            self._wrong(missing, f"There is {_of(given)} and no {LABELS[missing].lower()}: a score needs both")
        if impact is None or likelihood is None:
            return None
        if self.other_scheme and kind is ScoreKind.CURRENT:
            self.noted.warnings.append(
                f"it is scored under “{self.other_scheme[:200]}”: here the levels count as those of "
                f"“{self.against.scheme}”"
            )
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
        self._wrong(
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


def _says_the_same(kept: ScoreDraft, impact: str, likelihood: str, total: str) -> bool:
    """Whether a file has the words of a score that stands: of its levels; or of what it comes to, without levels."""
    if is_nothing(impact) and is_nothing(likelihood):
        number, _, band = kept.words.partition(" ")
        return total.casefold() in {said.casefold() for said in (kept.words, number, band) if said}
    said = impact.casefold(), likelihood.casefold()
    return said == (kept.impact_words.casefold(), kept.likelihood_words.casefold())


def _listed(levels: Sequence[Level]) -> str:
    return ", ".join(level.words for level in levels)
