"""In what a risk of a file differs from the one that the register has under its number. Pure."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from strategy_tracker.transfer.risks_in.drafts import RiskDraft
from strategy_tracker.transfer.risks_in.heads import SCORES, Field
from strategy_tracker.transfer.risks_in.own_sheets import Part

Said = Callable[[RiskDraft], Any]
COLUMNS: tuple[tuple[str, Field, Said], ...] = (
    ("cause", Field.CAUSE, lambda risk: risk.cause.split()),
    ("effect", Field.EFFECT, lambda risk: risk.effect.split()),
    ("assumptions", Field.ASSUMPTIONS, lambda risk: risk.assumptions.split()),
    ("category", Field.CATEGORY, lambda risk: risk.category.casefold()),
    ("threat or opportunity", Field.NATURE, lambda risk: risk.is_opportunity),
    ("how soon", Field.PROXIMITY, lambda risk: risk.proximity),
    ("owner", Field.OWNER, lambda risk: risk.owner.name.split()),
    ("kind of owner", Field.OWNER_KIND, lambda risk: risk.owner.kind),
    ("day on which it was found", Field.FOUND, lambda risk: risk.opened_on),
    ("how often it is reviewed", Field.RHYTHM, lambda risk: risk.review_months),
)
"""What is compared where the file has a column for it; how lines break is no difference."""


def differences(draft: RiskDraft, kept: RiskDraft, fields: Collection[Field], parts: Collection[Part]) -> Iterator[str]:
    """In the words of a page. Of what the file does not say nothing is compared."""
    if draft.event.split() != kept.event.split():
        yield "description"
    for name, what, said in COLUMNS:
        beside_event = what in (Field.CAUSE, Field.EFFECT) and said(draft)
        if (what in fields or beside_event) and said(draft) != said(kept):
            yield name
    for kind, columns in SCORES.items():
        if set(columns) & set(fields) and _levels(draft, kind) != _levels(kept, kind):
            yield f"{kind} score"
    if (Part.RESPONSES in parts or {Field.RESPONSE, Field.KIND} & set(fields)) and (
        _responses(draft, parts) != _responses(kept, parts)
    ):
        yield "way of managing it"
    if (Part.CONTROLS in parts or Field.CONTROLS in fields) and _controls(draft) != _controls(kept):
        yield "what is in place"


def _levels(risk: RiskDraft, kind: Any) -> tuple[str, str] | None:
    score = risk.score(kind)
    return (score.impact_words, score.likelihood_words) if score else None


def _responses(risk: RiskDraft, parts: Collection[Part]) -> list[Any]:
    """With who does it, by when and how far it is, where the file has a sheet that says so."""
    more = Part.RESPONSES in parts
    return [
        (each.kind, each.text.split(), (each.owner, each.due_on, each.state) if more else None)
        for each in risk.responses
    ]


def _controls(risk: RiskDraft) -> list[Any]:
    return [(each.text.split(), each.effectiveness) for each in risk.controls]
