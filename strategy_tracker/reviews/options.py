"""The list of statuses of an entry, as HTML: made once for what was said last and what is chosen."""

from functools import lru_cache

from markupsafe import Markup

from strategy_tracker.plans.rules import STATUS_WORDS, Status, why_reason

EMPTY = Markup('<option value="">Choose a status</option>')
OPTION = Markup('<option value="{}"{}{}>{}</option>')


def options(before: str | None, chosen: str = "") -> Markup:
    """Every status, those that ask for a reason after `before` marked so. What is no status is chosen nowhere."""
    return _options(before if before in STATUS_WORDS else None, chosen if chosen in STATUS_WORDS else "")


@lru_cache(maxsize=(len(Status) + 1) ** 2)
def _options(before: str | None, chosen: str) -> Markup:
    earlier = Status(before) if before else None
    return EMPTY + Markup("").join(
        OPTION.format(
            status.value,
            Markup(' class="why"') if why_reason(earlier, status) else "",
            Markup(" selected") if chosen == status else "",
            status.value.capitalize(),
        )
        for status in Status
    )
