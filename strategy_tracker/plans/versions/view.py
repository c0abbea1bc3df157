"""Which state of a plan is asked for: as it stands, a version of it, or the plan on a date."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from strategy_tracker import clock
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.errors import NotFound
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions.models import PlanVersion
from strategy_tracker.plans.versions.parts import Parts, parts_of_version, standing_parts
from strategy_tracker.plans.versions.queries import versions_of


@dataclass(frozen=True)
class View:
    """`as_at` is the date of the progress. `version` is a past version, or None where the plan is as it stands.

    `until` is the asked date, or that of the asked version; None where nobody asked. `agreed_later` is the day of the
    first version where the plan was no more than a draft on the asked date.
    """

    plan: Plan
    as_at: dt.date
    version: PlanVersion | None = None
    until: dt.date | None = None
    agreed_later: dt.date | None = None

    @property
    def moves_until(self) -> dt.date | None:
        """Up to when changed dates are told: a version knows of none after it. None: all of them."""
        return self.version.dated_on if self.version else None

    @property
    def is_past(self) -> bool:
        return self.version is not None

    @property
    def words(self) -> str:
        """ "Version 2, of 15 December 2010"; empty for the plan as it stands."""
        if self.agreed_later is not None:
            return f"Not agreed before {clock.long_date(self.agreed_later)}: this is what was agreed then"
        if self.version is None:
            return ""
        return f"Version {self.version.number}, of {clock.long_date(self.version.dated_on)}"

    @property
    def query(self) -> str:
        """What asks for this state in an address: "?version=2&as_at=2010-12-15"; empty where nobody asked."""
        asked = {"version": self.version.number} if self.version else {}
        return f"?{urlencode(asked | {'as_at': self.until.isoformat()})}" if self.until else ""

    def parts(self) -> Parts:
        """The parts of the plan in this state."""
        if self.version is None:
            return standing_parts(self.plan)
        places = {each.id: place for place, each in enumerate(authorities_of(self.plan.partnership_id))}
        return parts_of_version(self.plan, self.version.number, places)


def view_of(plan: Plan, asked: dt.date | None = None, number: int | None = None) -> View:
    """The state on a date, or of a version with the progress up to its date, or up to the asked one.

    Before its first version a plan is shown as that version had it. Raises NotFound for a version that is not there.
    """
    effective = asked or plan.as_at or clock.today()
    if asked is None and number is None:
        return View(plan, effective)
    versions = list(versions_of(plan.id))
    if number is not None:
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            raise NotFound
    else:
        version = next((each for each in reversed(versions) if each.dated_on <= effective), None) or next(
            iter(versions), None
        )
    first = versions[0].dated_on if versions else None
    agreed_later = first if first and asked and number is None and asked < first else None
    if version is None or version.number == versions[-1].number:
        return View(plan, effective, None, asked, agreed_later)
    as_at = asked or version.dated_on
    return View(plan, as_at, version, as_at, agreed_later)
