"""Why a plan is changed after it was agreed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """The reason of a change, who approved it in words ("Steering group, 12 March 2011"), and from when it counts.

    `on` None: today. A draft may be changed without a reason.
    """

    reason: str = ""
    approved_by: str = ""
    on: dt.date | None = None


NO_REASON = Change()
