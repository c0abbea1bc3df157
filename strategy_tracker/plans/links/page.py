"""An action's links as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.links.queries import links_of
from strategy_tracker.plans.links.rules import INVERSE, LinkKind
from strategy_tracker.plans.models import Action, Plan
from strategy_tracker.plans.pages import address_of


@dataclass(frozen=True)
class LinkView:
    """The other end of a link, with the words of this end. `plan` names another plan, and is empty within one."""

    id: int
    words: str
    number: str
    text: str
    plan: str
    address: str
    may_remove: bool


def link_views(action: Action, person: Acting, others: Mapping[int, Action]) -> tuple[LinkView, ...]:
    """The links whose other end is among `others`, those that the person may read; by what they say."""
    links = links_of(action.id)
    may_edit = action.plan.state != "closed" and may(person, Permission.STRUCTURE_EDIT, action)
    views = [
        _view(link, action, others[_other_id(link, action)], may_edit)
        for link in links
        if _other_id(link, action) in others
    ]
    return tuple(sorted(views, key=lambda view: ORDER.index(view.words)))


def _other_id(link: ActionLink, action: Action) -> int:
    return link.other_id if link.action_id == action.id else link.action_id


def _view(link: ActionLink, action: Action, other: Action, may_edit: bool) -> LinkView:
    is_own, kind = link.action_id == action.id, LinkKind(link.kind)
    plan = other.plan
    return LinkView(
        id=link.id,
        words=kind.value if is_own else INVERSE[kind],
        number=other.number,
        text=other.text,
        plan=plan_named(plan) if plan.id != action.plan.id else "",
        address=f"{address_of(plan.partnership.slug, plan.slug)}actions/{other.id}",
        may_remove=is_own and may_edit,
    )


def plan_named(plan: Plan) -> str:
    """A plan with its period, which tells apart the plans of a strategy that have the same title."""
    return f"{plan.title}, {plan.period_from:%B %Y} to {plan.period_to:%B %Y}"


ORDER = ["depends on", "needed by", "contributes to", "helped by", "see also"]
