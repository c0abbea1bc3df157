"""Forms with levels meet a scheme that was changed while they were open."""

from strategy_tracker.access.policy import Acting
from strategy_tracker.risks.schemes.level_forms import LevelsForm
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.queries import find_version


def bring_up(form: LevelsForm, person: Acting, now: SchemeVersion) -> None:
    """The form as it must be answered now; after its choices are offered."""
    if not form.began_with(now):
        form.turn_to(now, find_version(person, now.scheme, form.scheme_version.data or ""))
