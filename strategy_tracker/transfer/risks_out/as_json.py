"""A register as JSON: its scheme, and every risk with all of its scores, each with the version and the words it was
given in.

Places of levels and bands ("impact", "likelihood", "tolerated") count from `places_from`, the least severe. Sentences
for people ("readers", "put_forward") stand beside the fields that they are made of.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.reviews.risks.page import LinkView, risk_links_of
from strategy_tracker.risks import queries
from strategy_tracker.risks.lines import LineControl, LineResponse
from strategy_tracker.risks.models import Register, RiskReview, Score
from strategy_tracker.risks.past import running_on, terms_on
from strategy_tracker.risks.received import Received, received_on
from strategy_tracker.risks.risk_page import known_scores
from strategy_tracker.risks.said_before import is_told, told_since, who_words
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.plain import as_plain
from strategy_tracker.risks.standing import RiskLine
from strategy_tracker.risks.then import whole_register
from strategy_tracker.transfer.risks_out.book import forwarded, reader_words

FORMAT = "strategy-tracker risk register 1"
Since = dict[int, dt.datetime | None]
"""By risk the instant from which the reader may know what it said; None where she may know all."""


def register_as_json(person: Acting, register: Register, on: dt.date | None = None) -> bytes:
    """Whoever reads a risk that is another authority's gets the scores and reviews that she may know of.

    `on`: as at that day; what risks were linked to then is not known.
    """
    read, day = whole_register(person, register, on), on or register.day
    lines = (*read.open, *read.closed)
    ids = [line.id for line in lines]
    since: Since = {line.id: told_since(person, line) for line in lines}
    scores, reviews = _scores(since, on), _reviews(since, on)
    links = None if on else risk_links_of(person, ids)
    given = {one.scheme_version_id: one.scheme_version for found in scores.values() for one in found}
    version, months = terms_on([register], day)[register.id]

    def told(line: RiskLine) -> dict[str, Any]:
        return {
            **_words(line),
            "put_forward": list(forwarded(person, line)),
            "escalations": list(_escalations(person, line)),
            "scores": [_score(one, line, since[line.id]) for one in scores.get(line.id, ())],
            "reviews": [_review(one, line) for one in reviews.get(line.id, ())],
            "responses": [_response(one) for one in line.responses],
            "controls": [_control(one) for one in read.controls.get(line.id, ())],
            "links": None if links is None else [_link(one) for one in links.get(line.id, ())],
        }

    whole = {
        "format": FORMAT,
        "partnership": register.partnership.slug,
        "authority": register.authority.slug if register.authority_id else None,
        "whose": register.whose,
        "register": register.slug,
        "title": register.title,
        "body": register.body,
        "as_at": day.isoformat(),
        "review_months": months,
        "top": register.top,
        "places_from": 0,
        "scheme": _version(version),
        "older_versions": [_version(one) for one in given.values() if one.id != version.id],
        "risks": [told(line) for line in read.open],
        "closed": [told(line) for line in read.closed],
        "put_forward_here": [_received(one) for one in received_on(person, register, day)],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _scores(since: Since, on: dt.date | None) -> dict[int, list[Score]]:
    found: dict[int, list[Score]] = defaultdict(list)
    for score in queries.every_score(since):
        if on is None or score.scored_on <= on:
            found[score.risk_id].append(score)
    return {risk_id: known_scores(scores, since[risk_id]) for risk_id, scores in found.items()}


def _reviews(since: Since, on: dt.date | None) -> dict[int, list[RiskReview]]:
    found: dict[int, list[RiskReview]] = defaultdict(list)
    for review in queries.every_review(since):
        if is_told(review, since[review.risk_id]) and (on is None or review.reviewed_on <= on):
            found[review.risk_id].append(review)
    return found


def _version(version: SchemeVersion) -> dict[str, Any]:
    return {"name": version.name, "version": version.number, **as_plain(version.shape)}


def _words(line: RiskLine) -> dict[str, Any]:
    return {
        "number": line.ref,
        "risk": line.event,
        "cause": line.cause,
        "effect": line.effect,
        "assumptions": line.assumptions,
        "category": line.category,
        "kind": "opportunity" if line.is_opportunity else "threat",
        "owner": {"kind": line.owner.kind.value, "name": line.owner.name},
        "proximity": line.proximity.value,
        "readers": reader_words(line),
        "shared": line.register.authority_id is None or line.is_shared,
        "opened_on": line.opened_on.isoformat(),
        "reviewed_on": _day(line.reviewed_on),
        "review_due_on": line.review_due_on.isoformat(),
        "review_months": line.review_months,
        "review_overdue": line.is_overdue,
        "closed_on": _day(line.closed_on),
        "closed_why": line.closed_why,
        "above_tolerance": line.is_above,
        "accepted_by": line.accepted.accepted_by if line.accepted else None,
        "accepted_until": _day(line.accepted.until) if line.accepted else None,
    }


def _escalations(person: Acting, line: RiskLine) -> Iterator[dict[str, Any]]:
    """Where it stands at the next level: for its own people, and for those who decide there."""
    is_own = queries.is_own(person, line.register)
    for one in running_on(line.escalations, line.day):
        if is_own or may(person, Permission.RISK_READ, one):
            yield {
                "to": one.to.slug,
                "state": one.state,
                "nominated_on": one.nominated_on.isoformat(),
                "words": one.words,
                "decided_on": _day(one.decided_on),
                "answer": one.decided_words,
            }


def _received(one: Received) -> dict[str, Any]:
    """A risk of another register that was put forward to this one, with its words and score as they were then.

    `number` is None where the reader may not read the risk.
    """
    return {
        "risk": one.event,
        "whose": one.whose,
        "register": one.from_title,
        "number": one.risk_ref or None,
        "score": one.score,
        "words": one.words,
        "nominated_on": _day(one.nominated_on if one.is_told else None),
        "state": one.state,
        "state_on": _day(one.state_on),
        "answer": one.state_words,
    }


def _score(one: Score, line: RiskLine, since: dt.datetime | None) -> dict[str, Any]:
    """Who gave it and why, unless that was before the reader may know of it."""
    is_known = is_told(one, since)
    return {
        "kind": one.kind,
        "scored_on": one.scored_on.isoformat(),
        "scheme": one.scheme_version.name,
        "version": one.scheme_version.number,
        "impact": one.impact,
        "likelihood": one.likelihood,
        "impact_label": one.impact_label,
        "likelihood_label": one.likelihood_label,
        "value": one.value,
        "band": one.band_name,
        "tone": one.tone,
        "who": who_words(one, line.register) if is_known else None,
        "reason": one.reason if is_known else "",
    }


def _review(one: RiskReview, line: RiskLine) -> dict[str, Any]:
    return {
        "reviewed_on": one.reviewed_on.isoformat(),
        "still_valid": one.score_id is None,
        "who": who_words(one, line.register),
        "note": one.note,
    }


def _response(one: LineResponse) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "text": one.text,
        "owner": {"kind": one.owner_kind, "name": one.owner_name},
        "due_on": _day(one.due_on),
        "state": one.state,
    }


def _control(one: LineControl) -> dict[str, Any]:
    return {"number": one.number, "text": one.text, "effectiveness": one.effectiveness}


def _link(one: LinkView) -> dict[str, Any]:
    return {"what": one.words, "text": one.text, "plan": one.plan, "address": one.address}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
