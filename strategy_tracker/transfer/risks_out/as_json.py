"""A register as JSON: its scheme, and every risk with all of its scores, each with the version and the words it was
given in."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from strategy_tracker.access.policy import Acting
from strategy_tracker.risks import queries
from strategy_tracker.risks.models import Register, Risk, Score
from strategy_tracker.risks.page import whose
from strategy_tracker.risks.risk_page import known_scores
from strategy_tracker.risks.said_before import is_told, told_since
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.plain import as_plain
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.standing import RiskLine
from strategy_tracker.risks.then import every_score
from strategy_tracker.transfer.risks_out.book import forwarded, lines_for, reader_words

FORMAT = "strategy-tracker risk register 1"


def register_as_json(person: Acting, register: Register, on: dt.date | None = None) -> bytes:
    """Whoever reads a risk that is another authority's gets the scores that she may know of."""
    lines = lines_for(person, register, on)
    ids = [line.id for line in lines]
    since = _told_since(person, register, ids)
    scores = _scores(since, ids, on)
    controls = queries.controls_of(ids)
    given = {score.scheme_version_id: score.scheme_version for found in scores.values() for score in found}
    version = current_version(register.scheme)
    whole = {
        "format": FORMAT,
        "partnership": register.partnership.slug,
        "authority": register.authority.slug if register.authority_id else None,
        "whose": whose(register),
        "register": register.slug,
        "title": register.title,
        "body": register.body,
        "as_at": (on or register.day).isoformat(),
        "review_months": register.review_months,
        "top": register.top,
        "scheme": {"name": register.scheme.name, "version": version.number, **as_plain(version.shape)},
        "older_versions": [_version(one) for one in given.values() if one.id != version.id],
        "risks": [
            _risk(person, line, _given(scores[line.id], since.get(line.id)), controls.get(line.id, ()))
            for line in lines
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _told_since(person: Acting, register: Register, ids: list[int]) -> dict[int, dt.datetime | None]:
    """The instant from which she may know what a risk said, by risk; empty where she may know all."""
    if queries.is_own(person, register):
        return {}
    return {risk.id: told_since(person, risk) for risk in Risk.reach().query.where(Risk.id.in_(ids))}


def _scores(since: dict[int, dt.datetime | None], ids: list[int], on: dt.date | None) -> dict[int, list[Score]]:
    found: dict[int, list[Score]] = defaultdict(list)
    for score in every_score(ids):
        if on is None or score.scored_on <= on:
            found[score.risk_id].append(score)
    for risk_id, instant in since.items():
        found[risk_id] = known_scores(found[risk_id], instant)
    return found


def _version(version: SchemeVersion) -> dict[str, Any]:
    return {"name": version.scheme.name, "version": version.number, **as_plain(version.shape)}


def _risk(person: Acting, line: RiskLine, scores: Iterable[dict[str, Any]], controls: Iterable[Any]) -> dict[str, Any]:
    return {
        "number": line.ref,
        "risk": line.event,
        "cause": line.cause,
        "effect": line.effect,
        "category": line.category,
        "kind": "opportunity" if line.is_opportunity else "threat",
        "owner": {"kind": line.owner.kind.value, "name": line.owner.name},
        "proximity": line.proximity.value,
        "readers": reader_words(line),
        "opened_on": line.opened_on.isoformat(),
        "reviewed_on": line.reviewed_on.isoformat() if line.reviewed_on else None,
        "review_due_on": line.review_due_on.isoformat(),
        "above_tolerance": line.is_above,
        "accepted_by": line.accepted.accepted_by if line.accepted else None,
        "accepted_until": line.accepted.until.isoformat() if line.accepted else None,
        "put_forward": list(forwarded(person, line)),
        "scores": list(scores),
        "responses": [
            {
                "number": one.number,
                "kind": one.kind,
                "text": one.text,
                "owner": {"kind": one.owner_kind, "name": one.owner_name},
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "state": one.state,
            }
            for one in line.responses
        ],
        "controls": [{"number": one.number, "text": one.text, "effectiveness": one.effectiveness} for one in controls],
    }


def _given(scores: Iterable[Score], since: dt.datetime | None) -> Iterator[dict[str, Any]]:
    """The reason of what was given before that instant is not for the reader."""
    for one in scores:
        yield {
            "kind": one.kind,
            "scored_on": one.scored_on.isoformat(),
            "scheme": one.scheme_version.scheme.name,
            "version": one.scheme_version.number,
            "impact": one.impact,
            "likelihood": one.likelihood,
            "impact_label": one.impact_label,
            "likelihood_label": one.likelihood_label,
            "value": one.value,
            "band": one.band_name,
            "tone": one.tone,
            "reason": one.reason if is_told(one, since) else "",
        }
