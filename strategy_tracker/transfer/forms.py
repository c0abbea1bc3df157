"""The forms of an import. Their fields have the names that a refusal uses."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Plan
from strategy_tracker.text import one_line
from strategy_tracker.web.dates import DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, Ticks, Upload

NEW_PLAN = "+"
KINDS = ".docx,.xlsx,.ods,.csv,.json"


class WhoseForm(Form):
    """What a file cannot say."""

    progress_of = Choice(
        "Whose progress is in the file?",
        description="A council’s own copy carries its own progress. It becomes that council’s notes",
    )
    as_at = DayMonthYear("Progress as at", description="Only where no column’s head gives the date")

    def offer(self, authorities: Iterable[Authority]) -> None:
        named = [(one.slug, f"{one.short_name} {one.name}") for one in authorities]
        self.progress_of.choices = [("", "Nobody’s, or the heads say whose"), *named]

    def leave_out(self, *, whose: bool, when: bool) -> None:
        """Does not ask what the heads of the file say."""
        for name, is_said in (("progress_of", whose), ("as_at", when)):
            if is_said:
                del self[name]

    @property
    def chosen(self) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        if "progress_of" in self:
            chosen["progress_of"] = self.progress_of.data or ""
        if "as_at" in self:
            chosen["as_at"] = self.as_at.data.isoformat() if self.as_at.data else ""
        return chosen


class UploadForm(WhoseForm):
    order = ("file", "plan", "slug", "progress_of", "as_at")
    file = Upload(
        "Action plan", description="Word (.docx), Excel (.xlsx), OpenDocument (.ods), CSV or JSON, up to 10 MB"
    )
    plan = Choice("Plan", description="An existing plan is brought up to date; you see first what would change")
    slug = Line("Short address of a new plan", description="Small letters, digits and hyphens, such as 2026-27")

    def offer_plans(self, plans: Iterable[Plan]) -> None:
        self.plan.choices = [(NEW_PLAN, "A new plan"), *((plan.slug, f"{plan.slug} {plan.title}") for plan in plans)]

    @property
    def plan_slug(self) -> str:
        return (self.slug.data or "").strip() if self.plan.data == NEW_PLAN else self.plan.data or ""

    @property
    def chosen(self) -> dict[str, Any]:
        return super().chosen | {"plan": self.plan_slug}


class ChoicesForm(WhoseForm):
    """The same once more beside the preview, and who takes part in new actions.

    `seen` is the digest of the changes that the page shows.
    """

    order: tuple[str, ...] = ("progress_of", "as_at", "shares", "reason")
    seen = HiddenField()
    reason = Line("Why does the plan change?", description="It is kept with each change of an agreed plan")
    shares = Ticks("Who takes part in new actions, where the file does not say?")

    def offer(self, authorities: Iterable[Authority]) -> None:
        rows = list(authorities)
        super().offer(rows)
        self.shares.choices = [(one.slug, f"{one.short_name} {one.name}") for one in rows]

    @property
    def chosen(self) -> dict[str, Any]:
        ticked = {"shares": self.shares.data or []} if "shares" in self else {}
        return super().chosen | ticked | {"reason": self._reason}

    @property
    def _reason(self) -> str:
        return one_line(self.reason.data or "") if "reason" in self else ""


class NewPlanChoicesForm(ChoicesForm):
    order = ("title", "period_from", "period_to", "progress_of", "as_at", "shares", "reason")
    title = Line("Title of the plan", description="Leave it empty to take the title in the file")
    period_from = DayMonthYear("First day of the plan’s period")
    period_to = DayMonthYear("Last day of the plan’s period")

    @property
    def chosen(self) -> dict[str, Any]:
        days = {name: self[name].data.isoformat() if self[name].data else "" for name in ("period_from", "period_to")}
        return super().chosen | {"title": self.title.data or ""} | days
