"""Builds the document of one risk."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.risks import queries
from strategy_tracker.risks.document import Chapter, RiskDocument, ScoreWords
from strategy_tracker.risks.entries import TOLD_THERE, late_words, response_words, score_words, standing_words
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.risk_page import RiskPage, ScoreCard, ScoreRow, risk_page
from strategy_tracker.risks.sections import pdf_of

WITHHELD = "Stays with its authority"


def risk_pdf(document: RiskDocument, folder: Path | None = None) -> bytes:
    return pdf_of("risk.html", document, folder)


def risk_document(person: Acting, risk: Risk, links: Sequence[tuple[str, str]] = ()) -> RiskDocument:
    """A risk that the person may read. `links` are what it is about: (what, its words), which the plans know."""
    page = risk_page(person, risk)
    register = risk.register
    is_private = register.authority_id is not None and not risk.is_shared
    whom = page.whose if queries.is_own(person, register) else "the steering group"
    return RiskDocument(
        partnership=register.partnership.name,
        register=register.title,
        ref=f"{page.whose} {page.ref}",
        event=risk.event,
        as_at=clock.long_date(register.day),
        readers=page.readers.sentence,
        closed=f"Closed on {clock.long_date(risk.closed_on)}: {risk.closed_why}" if risk.closed_on else "",
        facts=tuple(_facts(page)),
        scores=tuple(_card(card) for card in page.cards),
        why_head=page.why.heading if page.why else "",
        why=tuple(_why(page)),
        words=tuple(pair for pair in _words(risk) if pair[1]),
        responses=tuple(response_words(one.row, is_late=one.is_overdue) for one in page.responses),
        controls=tuple((one.effectiveness.capitalize(), one.text) for one in page.controls),
        links=tuple(links),
        standings=tuple(_forward(page)),
        chapters=(*_accepted(page), _history(page)),
        private=f"For {whom}: a private risk" if is_private else "",
    )


def _facts(page: RiskPage) -> Iterator[tuple[str, str]]:
    risk = page.risk
    yield "Owner", f"{page.owner.name} ({page.owner.kind})" if page.owner.name else "Nobody yet"
    yield "Category", risk.category or "None"
    yield "Kind", "Opportunity" if risk.is_opportunity else "Threat"
    yield "How soon", risk.proximity.capitalize() or "Not said"
    yield "Found", clock.long_date(risk.opened_on)
    reviewed = clock.short_date(risk.reviewed_on) if risk.reviewed_on else "Not yet"
    yield "Reviewed", f"{reviewed}; {page.rhythm}"
    if not risk.is_closed:
        late = f". Review overdue by {late_words(risk.review_due_on, risk.register.day)}" if page.is_overdue else ""
        yield "Next review", f"{clock.long_date(risk.review_due_on)}{late}"


def _card(card: ScoreCard) -> tuple[str, str, ScoreWords | None, str]:
    if card.score is None:
        return card.kind.value.capitalize(), card.meaning, None, ""
    older = f", under {card.older}" if card.older else ""
    given = f"{clock.long_date(card.score.scored_on)}{older}"
    return card.kind.value.capitalize(), card.meaning, score_words(card.score), given


def _why(page: RiskPage) -> Iterator[str]:
    if page.why:
        yield f"{page.why.cell} by {page.why.scheme}."
        yield f"{page.why.rule}."
        yield page.why.verdict
        if page.why.acceptance:
            yield page.why.acceptance


def _words(risk: Risk) -> tuple[tuple[str, str], ...]:
    return ("Cause", risk.cause), ("Effect", risk.effect), ("Assumptions", risk.assumptions)


def _accepted(page: RiskPage) -> Iterator[Chapter]:
    if page.accepted.earlier:
        rows = tuple(
            (
                clock.short_date(one.accepted_on),
                f"{one.accepted_by}, until {clock.long_date(one.until)}",
                one.end,
                one.reason or WITHHELD,
            )
            for one in page.accepted.earlier
        )
        yield Chapter("Who accepted it before", ("Day", "Accepted by", "What came of it", "Reason"), rows)


def _forward(page: RiskPage) -> Iterator[tuple[str, ...]]:
    for one in (*page.running, *page.earlier):
        score = f" at {one.score}" if one.score else ""
        answer = one.row.ended_words or one.row.decided_words
        said = (one.row.words, answer) if one.is_told else (TOLD_THERE, "")
        yield one.to, f"{standing_words(one.row)}{score}.", *said


def _history(page: RiskPage) -> Chapter:
    """Scores, and the reviews of which none came, the latest first; the version with each where there are several."""
    versions = {one.version for one in page.rows}
    given = [(one.score.scored_on, *_scored(one, is_mixed=len(versions) > 1)) for one in page.rows]
    valid = [(one.on, one.came, _said(one.who, one.note)) for one in page.reviews if not one.is_scored]
    rows = sorted((*valid, *given), key=lambda row: row[0], reverse=True)
    under = [f"All under {versions.pop()}."] if len(versions) == 1 else []
    note = " ".join((*under, *([] if page.reviews else [page.none_reviewed])))
    return Chapter(
        "How it went",
        ("Date", "What", "Who, and why"),
        tuple((clock.short_date(on), *words) for on, *words in rows),
        note if rows else f"It has no score yet. {note}",
    )


def _scored(one: ScoreRow, *, is_mixed: bool) -> tuple[str, str]:
    levels = f"{one.score.impact_label}; {one.score.likelihood_label}"
    said = f"{one.kind.value.capitalize()}: {one.score.words} ({levels})"
    why = one.reason if one.is_told else WITHHELD
    return f"{said}, under {one.version}" if is_mixed else said, _said(one.who, why)


def _said(who: str, why: str) -> str:
    return f"{who}: {why}" if why else who
