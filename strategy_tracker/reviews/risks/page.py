"""What pages show of the ties between risks and plans: frozen, and built without a request."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.plans.models import Objective, Plan
from strategy_tracker.plans.pages import address_of
from strategy_tracker.reviews.risks import queries
from strategy_tracker.reviews.risks.models import RiskLink
from strategy_tracker.reviews.risks.queries import KINDS, Kind, Target, kind_of
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.queries import is_own, reference, scores_of
from strategy_tracker.risks.rows import TONES
from strategy_tracker.risks.rules import ScoreKind


@dataclass(frozen=True)
class LinkView:
    """What a risk is linked to. `remove` is where the link is taken away, "" for whoever may not."""

    words: str
    text: str
    plan: str
    address: str
    remove: str


@dataclass(frozen=True)
class RiskLinks:
    """The links of a risk that a person may read; `add` is where she adds one, "" where she may not."""

    links: tuple[LinkView, ...]
    add: str


@dataclass(frozen=True)
class RiskAbout:
    """A risk on the page of an action. `score` and `tone` are "" where it has none; `is_of_objective` alone.

    `is_private`: nobody but its own authority's people and (put forward) those who decide sees it there.
    """

    ref: str
    event: str
    register: str
    address: str
    score: str
    tone: str
    is_of_objective: bool
    is_private: bool


@dataclass(frozen=True)
class PlanTie:
    """The plan that a register is about ("" where none), and where that is said ("" for whoever may not)."""

    plan: str
    address: str
    edit: str


@dataclass(frozen=True)
class RegisterTie:
    """A register that is about a plan."""

    title: str
    address: str


def risk_links(person: Acting, risk: Risk) -> RiskLinks:
    """As many selects for many links as for one of each kind."""
    base, may_edit = address_of_risk(risk), not risk.is_closed and may(person, Permission.RISK_WRITE, risk)
    links = queries.links_of(risk.id)
    targets = queries.readable_targets(person, links)
    views = tuple(
        _view(target, f"{base}links/{link.slug}/removal" if may_edit else "")
        for link, target in _led_to(links, targets)
    )
    return RiskLinks(views, f"{base}links/add" if may_edit else "")


def risk_links_of(person: Acting, risk_ids: Sequence[int]) -> dict[int, list[LinkView]]:
    """What each of these risks is linked to, as far as she may read it; the risks are hers to read. Three selects."""
    links = queries.links_of(*risk_ids)
    found: dict[int, list[LinkView]] = defaultdict(list)
    for link, target in _led_to(links, queries.readable_targets(person, links)):
        found[link.risk_id].append(_view(target, ""))
    return found


def _led_to(links: Sequence[RiskLink], targets: dict[tuple[Kind, int], Target]) -> Iterator[tuple[RiskLink, Target]]:
    """In the order of a page: by kind, and then as they were made."""
    for kind in KINDS:
        for link in links:
            target = targets.get((kind, getattr(link, f"{kind}_id")))
            if target is not None:
                yield link, target


def risks_about(person: Acting, action_id: int, objective_id: int) -> tuple[RiskAbout, ...]:
    """One select where no risk is linked, four for however many."""
    found = queries.open_risks_about(person, action_id, objective_id)
    if not found:
        return ()
    scores = scores_of([risk.id for risk, _ in found])
    views = []
    for risk, is_of_objective in found:
        score = scores.get(risk.id, {}).get(ScoreKind.CURRENT)
        views.append(
            RiskAbout(
                ref=reference(risk, own=is_own(person, risk.register)),
                event=risk.event,
                register=risk.register.title,
                address=address_of_risk(risk),
                score=score.words if score else "",
                tone=TONES[score.tone] if score else "",
                is_of_objective=is_of_objective,
                is_private=not risk.place().is_settled,
            )
        )
    return tuple(views)


def plan_of_register(person: Acting, register: Register) -> PlanTie:
    plan = queries.plan_about(person, register)
    may_edit = register.closed_at is None and may(person, Permission.REGISTER_EDIT, register)
    return PlanTie(
        plan=plan_named(plan) if plan else "",
        address=_address(plan) if plan else "",
        edit=f"{address_of_register(register)}plan" if may_edit else "",
    )


def registers_of_plan(person: Acting, plan_id: int) -> tuple[RegisterTie, ...]:
    rows = queries.registers_about(person, plan_id)
    return tuple(RegisterTie(title, f"/p/{home}/risks/{slug}/") for home, slug, title in rows)


def target_words(target: Target) -> str:
    """ "Objective 1", "Action 7.2"."""
    return f"{kind_of(target).value.capitalize()} {target.number}"


def target_text(target: Target) -> str:
    return str(target.title if isinstance(target, Objective) else target.text)


def _view(target: Target, remove: str) -> LinkView:
    plan: Any = target.plan
    place = f"#o{target.id}" if kind_of(target) is Kind.OBJECTIVE else f"actions/{target.id}"
    return LinkView(target_words(target), target_text(target), plan_named(plan), f"{_address(plan)}{place}", remove)


def _address(plan: Plan) -> str:
    return address_of(plan.partnership.slug, plan.slug)
