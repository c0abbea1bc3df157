"""Evidence in the words of the domain."""

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.evidence.operations import add_evidence
from strategy_tracker.plans.models import Action
from tests import builders
from tests.evidence.files import PDF


def a_file(
    action: Action,
    title: str = "Rent arrears protocol",
    *,
    of: str = "",
    name: str = "protocol.pdf",
    content: bytes = PDF,
    by: Acting = OPERATOR,
    form_key: str | None = None,
) -> Evidence:
    """Of the whole action, or of one authority's share."""
    share = builders.share(action, of) if of else None
    return add_evidence(by, action, share, title=title, filename=name, content=content, form_key=form_key)
