"""What the head of a register's column means: found by its words, in any order, or settled by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.errors import Invalid
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.risks_in.head_words import CHANCE, RESULT, SIZE, STAGES, WORDS


class Field(StrEnum):
    """What a column can hold. NONE: passed over on purpose. A RESPONSE says how the risk is managed, a KIND of it one
    of the four alone. DUE is by when the responses are done, RHYTHM how often it is reviewed, NATURE whether it is a
    threat or an opportunity. SCHEME names what the scores are given under."""

    NUMBER = "number"
    DESCRIPTION = "description"
    CAUSE = "cause"
    EFFECT = "effect"
    CATEGORY = "category"
    ASSUMPTIONS = "assumptions"
    NATURE = "nature"
    PROXIMITY = "proximity"
    FOUND = "found"
    OWNER = "owner"
    OWNER_KIND = "owner-kind"
    IMPACT = "impact"
    LIKELIHOOD = "likelihood"
    SCORE = "score"
    INHERENT_IMPACT = "inherent-impact"
    INHERENT_LIKELIHOOD = "inherent-likelihood"
    INHERENT_SCORE = "inherent-score"
    TARGET_IMPACT = "target-impact"
    TARGET_LIKELIHOOD = "target-likelihood"
    TARGET_SCORE = "target-score"
    KIND = "kind"
    RESPONSE = "response"
    DUE = "due"
    CONTROLS = "controls"
    REVIEWED = "reviewed"
    REVIEW = "review"
    RHYTHM = "rhythm"
    SCHEME = "scheme"
    NONE = "none"


LABELS = {
    Field.NUMBER: "Number",
    Field.DESCRIPTION: "What may happen",
    Field.CAUSE: "Cause",
    Field.EFFECT: "Effect",
    Field.CATEGORY: "Category",
    Field.ASSUMPTIONS: "Assumptions",
    Field.NATURE: "Threat or opportunity",
    Field.PROXIMITY: "How soon",
    Field.FOUND: "Found on",
    Field.OWNER: "Owner",
    Field.OWNER_KIND: "Owner is a post, a person or a team",
    Field.IMPACT: "Impact",
    Field.LIKELIHOOD: "Likelihood",
    Field.SCORE: "Score",
    Field.INHERENT_IMPACT: "Inherent impact",
    Field.INHERENT_LIKELIHOOD: "Inherent likelihood",
    Field.INHERENT_SCORE: "Inherent score",
    Field.TARGET_IMPACT: "Target impact",
    Field.TARGET_LIKELIHOOD: "Target likelihood",
    Field.TARGET_SCORE: "Target score",
    Field.KIND: "Kind of response",
    Field.RESPONSE: "How it is managed",
    Field.DUE: "By when",
    Field.CONTROLS: "What is in place",
    Field.REVIEWED: "Last reviewed",
    Field.REVIEW: "Next review",
    Field.RHYTHM: "Reviewed every",
    Field.SCHEME: "Scoring scheme",
    Field.NONE: "Nothing: leave the column out",
}
SCORES = {
    ScoreKind.CURRENT: (Field.IMPACT, Field.LIKELIHOOD, Field.SCORE),
    ScoreKind.INHERENT: (Field.INHERENT_IMPACT, Field.INHERENT_LIKELIHOOD, Field.INHERENT_SCORE),
    ScoreKind.TARGET: (Field.TARGET_IMPACT, Field.TARGET_LIKELIHOOD, Field.TARGET_SCORE),
}
OF_SCORES = {field for fields in SCORES.values() for field in fields}
SEVERAL = (Field.RESPONSE, Field.CONTROLS, Field.CAUSE, Field.EFFECT, Field.ASSUMPTIONS)
"""What several columns may hold together."""

SHORT_HEAD = 120
ASIDE = re.compile(r"\s*(?:\[[^\]]*\]?|\((?!\s*[\d(])[^)]*\)?)\s*\Z")
"""What a head explains in brackets: "[Treat, tolerate, transfer or terminate]"."""
_COMPILED = tuple((Field(name), re.compile(words)) for name, words in WORDS)
_COMPILED_SCORES = tuple(
    (ScoreKind(kind), re.compile(stage), tuple(re.compile(words) for words in (SIZE, CHANCE, RESULT)))
    for kind, stage in STAGES.items()
)


@dataclass(frozen=True)
class Head:
    """A column's head as it stands in the file, and what it was taken for: None where nobody knows."""

    column: int
    words: str
    field: Field | None
    by_hand: bool = False

    @property
    def said(self) -> str:
        """On one line."""
        return " ".join(self.words.split())


def field_of(words: str) -> Field | None:
    """None where the words of a head say nothing certain."""
    if len(words) > SHORT_HEAD:
        return None
    head = plain(words)
    for said in dict.fromkeys((head, plain(ASIDE.sub("", head)))):
        if found := (_score_field(said) or _other_field(said)):
            return found
    return None


def _score_field(head: str) -> Field | None:
    """ "Impact score" is the current one; "Gross impact", "Impact (target)", "Residual risk", "Target" say which."""
    for kind, stage, sizes in _COMPILED_SCORES:
        rest, named = stage.subn("", head)
        rest = " ".join(re.sub(r"\(\s*\)", " ", rest).split()).strip(" -–:/")
        if named and (not rest or rest == "risk"):
            return SCORES[kind][-1]
        if named:
            return next((SCORES[kind][at] for at, size in enumerate(sizes) if size.fullmatch(rest)), None)
    if head == "risk":
        return None
    current = _COMPILED_SCORES[-1][2]
    return next((SCORES[ScoreKind.CURRENT][at] for at, size in enumerate(current) if size.fullmatch(head)), None)


def _other_field(head: str) -> Field | None:
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(head)), None)


def parse_mapping(pairs: Iterable[str]) -> dict[str, Field]:
    """`HEAD=FIELD` as given on the command line, by the plain head. Raises Invalid for a field there is not."""
    mapping = {}
    for pair in pairs:
        head, equals, code = pair.rpartition("=")
        code = code.strip().lower()
        if not equals or not plain(head) or code not in set(Field):
            raise Invalid({"map": f"--map {pair} is not HEAD=FIELD with a field of: {', '.join(Field)}"})
        mapping[plain(head)] = Field(code)
    return mapping


def understand(words: Sequence[str], mapping: Mapping[str, Field]) -> tuple[Head, ...]:
    """Each column that has a head, with its meaning; what is mapped by hand wins."""
    return tuple(
        Head(column, head, mapping.get(plain(head)) or field_of(head), plain(head) in mapping)
        for column, head in enumerate(words)
        if head
    )


def looks_like_heads(heads: Sequence[Head]) -> bool:
    """Whether a row is the head of a register: what may happen, how bad it is or how it is managed, and one more."""
    fields = {head.field for head in heads if head.field}
    unknown = sum(head.field is None for head in heads)
    is_scored = bool(fields & {Field.IMPACT, Field.LIKELIHOOD, *OF_SCORES})
    is_risk = any(re.search(r"\brisks?\b", plain(head.words)) for head in heads)
    return (
        Field.DESCRIPTION in fields
        and (is_scored or (is_risk and bool(fields & {Field.RESPONSE, Field.KIND})))
        and len(fields - {Field.NONE}) > 2
        and len(fields) >= unknown
    )
