"""What a page about an action asks besides its plan."""

from peewee import JOIN, Expression, ModelSelect

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.history.models import Event
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.models import Action, Share


def own_shares(person: Acting, action: Action) -> list[Share]:
    """The action's shares for which this person may write, in the order of the authorities."""
    query = visible(person, Share, Permission.PROGRESS_WRITE).where(Share.action == action.id)
    return list(query.order_by(Authority.position, Authority.id))


def attached_events(action_id: int) -> ModelSelect:
    """What happened to an action's milestones, files and links, those that were removed too, as named tuples."""
    at_either_end = (ActionLink.action == action_id) | (ActionLink.other == action_id)
    about = (
        _about("Milestone", Milestone.select(Milestone.id).where(Milestone.action == action_id))
        | _about("Evidence", Evidence.select(Evidence.id).where(Evidence.action == action_id))
        | _about("ActionLink", ActionLink.select(ActionLink.id).where(at_either_end))
    )
    return (
        Event.select(Event.id, Event.at, Event.verb, Event.data, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(about)
        .order_by(Event.id.desc())
        .namedtuples()
    )


def _about(kind: str, ids: ModelSelect) -> Expression:
    return (Event.subject_type == kind) & Event.subject_id.in_(ids)
