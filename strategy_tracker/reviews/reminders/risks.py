"""What there is to do about risks: reviews, acceptances that run out, and nominations that wait for an answer."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.reviews.reminders.around import Around, moved_in
from strategy_tracker.reviews.reminders.queries import LATEST_DIGEST, Member
from strategy_tracker.reviews.reminders.rules import OWN, About, Item, Kind, shortened
from strategy_tracker.reviews.reminders.stages import Moved, stages, told_of_new
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.lines import LineScore
from strategy_tracker.risks.models import Acceptance, Escalation, Register, Risk
from strategy_tracker.risks.queries import Scores, is_above_tolerance, scores_of
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.text import without_exempt

AHEAD = 14
"""How many days before it runs out an acceptance is told of, at the most."""


def risk_items(around: Around) -> Iterator[Item]:
    """Everybody's items about risks, as far as a role in the authority, or in the partnership for its own, has them."""
    due = around.risks
    if not due.partnerships:
        return
    scores = scores_of([*(one.id for one in due.reviews), *(one.risk_id for one in due.acceptances)])
    for risk in due.reviews:
        yield from _review(around, risk, _current(scores, risk.id))
    for acceptance in due.acceptances:
        if is_above_tolerance(acceptance.risk, _current(scores, acceptance.risk_id)):
            yield from _acceptance(around, acceptance)
    for escalation in due.nominations:
        yield from _nomination(around, escalation)


def _current(scores: dict[int, Scores], risk_id: int) -> LineScore | None:
    return scores.get(risk_id, {}).get(ScoreKind.CURRENT)


def _review(around: Around, risk: Risk, score: LineScore | None) -> Iterator[Item]:
    """To the one who is named as its owner, else to all who write for the register."""
    register, since = risk.register, risk.reviewed_on or risk.opened_on
    planned = stages(risk.review_due_on, around.rules[register.partnership_id], _moved(around, register))
    found = tuple(one for one in planned if one.on > since)
    writers = around.holders_of_register(Permission.RISK_WRITE, register)
    named = [one for one in writers if one.name.casefold() == risk.owner_name.casefold()]
    if not found:
        return
    for member in named or writers:
        yield _make(register, member, Permission.RISK_WRITE, f"risk-{risk.id}-{risk.review_due_on:%Y%m%d}")(
            kind=Kind.RISK,
            due_on=risk.review_due_on,
            stages=found,
            until=found[-1].on,
            listed_from=found[0].on,
            about=_about(risk, f"{register.title}. {score.words if score else 'Not scored yet'}", is_named=bool(named)),
        )


def _acceptance(around: Around, acceptance: Acceptance) -> Iterator[Item]:
    risk: Any = acceptance.risk
    register, until = risk.register, acceptance.until
    planned = stages(until, around.rules[register.partnership_id], _moved(around, register), lapses=True)
    found = tuple(one for one in planned if one.days >= -AHEAD and one.on > acceptance.accepted_on)
    if not found:
        return
    said = f"{register.title}. Accepted by {acceptance.accepted_by} until {clock.long_date(until)}"
    for member in around.holders_of_register(Permission.RISK_ACCEPT, register):
        yield _make(register, member, Permission.RISK_ACCEPT, f"acceptance-{acceptance.id}")(
            kind=Kind.ACCEPTANCE,
            due_on=until,
            stages=found,
            until=found[-1].on,
            listed_from=found[0].on,
            about=_about(risk, said),
        )


def _nomination(around: Around, escalation: Escalation) -> Iterator[Item]:
    """To those who decide at the next level, once."""
    to: Any = escalation.to
    day, score = escalation.nominated_on, escalation.score
    new = told_of_new(day, _moved(around, to))
    said = f"Put forward to {to.title} on {clock.long_date(day)}{f': {score.words}' if score else ''}"
    for member in around.holders_of_register(Permission.ESCALATION_DECIDE, to):
        yield _make(to, member, Permission.ESCALATION_DECIDE, f"nomination-{escalation.id}")(
            kind=Kind.NOMINATION,
            due_on=day,
            stages=(new,),
            until=new.on + LATEST_DIGEST,
            listed_from=None,
            about=About(
                title=_words(escalation.event),
                detail=said,
                address=f"{address_of_register(to)}escalations/{escalation.slug}/",
                context="",
            ),
        )


def _make(register: Register, member: Member, needs: Permission, key: str) -> "partial[Item]":
    """What is an authority's own is told under an occasion that shows it, so that no one else is shown the mail."""
    name = f"{OWN if register.authority_id else ''}{key}"
    return partial(
        Item,
        key=name,
        occasion=name,
        person_id=member.id,
        partnership_id=register.partnership_id,
        needs=needs,
        authority_id=register.authority_id,
    )


def _about(risk: Risk, detail: str, *, is_named: bool = False) -> About:
    title = f"{risk.number} {_words(risk.event)}"
    return About(title=title, detail=detail, address=address_of_risk(risk), context="", is_named=is_named)


def _words(event: str) -> str:
    return shortened(without_exempt(event)) or "In words that are exempt"


def _moved(around: Around, register: Register) -> Moved:
    """To the working days of the authority's nation, or of every partner's."""
    if register.authority_id is None:
        return moved_in(around.nations(register.partnership_id))
    return moved_in([around.authorities[register.authority_id].nation])
