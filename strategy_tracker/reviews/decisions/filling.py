"""Between the form of a decision and what it says: what can be chosen, and the parts of a plan that were named."""

from typing import Any

from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.db import LARGEST_ID
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.plans.links.queries import actions_numbered
from strategy_tracker.plans.models import Action, Outcome, Plan, Share
from strategy_tracker.reviews.decisions.forms import DecisionForm, EditDecisionForm
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.operations import Wording
from strategy_tracker.reviews.decisions.owners import candidates_of
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting
from strategy_tracker.reviews.meetings.queries import items_of


class Filling:
    """What a form about decisions of one meeting offers to one person."""

    def __init__(self, person: Acting, meeting: Meeting) -> None:
        self.person, self.meeting = person, meeting
        self.candidates = candidates_of(meeting.partnership_id)
        self.authorities = partners_of(meeting.partnership_id)
        rows = visible(person, Plan).where(Plan.partnership == meeting.partnership_id)
        self.plans = list(rows.order_by(Plan.state != "agreed", Plan.period_from.desc(), Plan.id.desc()))

    def new(self, item: str, action: str) -> DecisionForm:
        """An empty form, or one that begins with an item of the agenda or with an action, by their ids."""
        values: dict[str, Any] = {}
        asked = self._item(item)
        if asked is not None:
            values |= {"item": str(asked.id), "words": asked.asked or asked.title}
        about = self._action(action)
        if about is not None:
            values |= {"plan": str(about.plan.id), "number": about.number}
        form = DecisionForm(data=values)
        self._offer(form)
        return form

    def of(self, row: Decision, *posted: Any) -> EditDecisionForm:
        """The form with what a decision says."""
        action: Any = row.action if row.action_id else None
        share: Any = row.share if row.share_id else None
        owner = (
            f"person-{row.owner_id}" if row.owner_id else f"authority-{row.authority_id}" if row.authority_id else ""
        )
        values = {
            **{
                name: getattr(row, name)
                for name in ("kind", "words", "owner_words", "due_on", "new_due_on", "new_text")
            },
            "owner": owner,
            "plan": str(action.plan.id) if action else "",
            "number": action.number if action else "",
            "whose": str(share.authority_id) if share else "",
            "outcome": self._place(row),
            "is_quarter": row.new_precision == "quarter",
            "item": str(row.item_id or ""),
            "version": row.version,
        }
        form = EditDecisionForm(*posted, data=values)
        self._offer(form)
        if not form.is_submitted() or posted:
            form.show_precision(row.new_precision)
        return form

    def wording(self, form: DecisionForm, row: Decision | None = None) -> Wording:
        """What the form says. `row` is the decision that is edited. Raises Invalid with what was not found."""
        action = self._named(form, row)
        return Wording(
            kind=form.chosen_kind,
            words=form.words.data or "",
            owner=form.answerable(self.candidates, self.authorities),
            due_on=form.due_on.data,  # type: ignore[arg-type]
            action=action,
            outcome=self._outcome(form, action),
            share=self._share(form, action),
            new_due=form.new_due,
            new_text=form.new_text.data or "",
            item=self._item(form.item.data or ""),
        )

    def _offer(self, form: DecisionForm) -> None:
        form.offer(self.candidates, self.authorities, self.plans)

    def _item(self, typed: str) -> AgendaItem | None:
        return next((one for one in items_of(self.meeting.id) if str(one.id) == typed), None)

    def _action(self, typed: str) -> Action | None:
        """The action with this id, which an address named; None where it may not be read."""
        if not (typed.isascii() and typed.isdecimal() and len(typed) < len(str(LARGEST_ID))):
            return None
        rows = visible(self.person, Action).where(Action.id == int(typed))
        found: Action | None = rows.where(Plan.partnership == self.meeting.partnership_id).first()
        return found

    def _named(self, form: DecisionForm, row: Decision | None) -> Action | None:
        number = (form.number.data or "").strip()
        if not number:
            return None
        plan = next((one for one in self.plans if str(one.id) == form.plan.data), None)
        if plan is None:
            raise Invalid({"plan": "Select the plan of the action"})
        found = actions_numbered(self.person, plan, number)
        if row is not None:
            same = [one for one in found if one.id == row.action_id]
            found = same or found
        if not found:
            raise Invalid({"number": f"There is no action {number} in {plan_named(plan)}"})
        if len(found) > 1:
            raise Invalid({"number": f"Several actions in {plan_named(plan)} have the number {number}"})
        return found[0]

    def _outcome(self, form: DecisionForm, action: Action | None) -> Outcome | None:
        typed = (form.outcome.data or "").strip()
        if not typed:
            return None
        standing = _outcomes(action) if action else []
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 5 and 0 < int(typed) <= len(standing)):
            has = f"The action has {len(standing)} outcome{'' if len(standing) == 1 else 's'}"
            raise Invalid({"outcome": f"{has}: enter a number up to that" if action else "Name the action, too"})
        return standing[int(typed) - 1]

    def _share(self, form: DecisionForm, action: Action | None) -> Share | None:
        if not form.whose.data or action is None:
            return None
        rows = visible(self.person, Share).where(Share.action == action.id)
        share: Share | None = next((one for one in rows if str(one.authority_id) == form.whose.data), None)
        if share is None:
            raise Invalid({"whose": "That authority has no share of the action"})
        return share

    def _place(self, row: Decision) -> str:
        """Which of the action's outcomes a decision is about, counted from 1; empty where it says none."""
        action: Any = row.action if row.outcome_id else None
        places = [one.id for one in _outcomes(action)] if action else []
        return str(places.index(row.outcome_id) + 1) if row.outcome_id in places else ""


def _outcomes(action: Action) -> list[Outcome]:
    rows = Outcome.select().where(Outcome.action == action.id, Outcome.removed_at.is_null())
    return list(rows.order_by(Outcome.position, Outcome.id))
