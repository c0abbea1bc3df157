"""The selects of evidence. None of them reads the bytes but `content_of`."""

import hashlib
from collections.abc import Iterator

from peewee import JOIN, fn

from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.evidence.models import Evidence, EvidenceContent
from strategy_tracker.plans.models import Action, Objective, Plan, Share


def evidence_of_action(action_id: int) -> list[Evidence]:
    """The standing files of an action, its shares' among them, the newest first, with who added each."""
    return list(
        Evidence.select(Evidence, Share, Authority, Person.id, Person.name)
        .join(Share, JOIN.LEFT_OUTER, on=(Evidence.share == Share.id))
        .join(Authority, JOIN.LEFT_OUTER)
        .switch(Evidence)
        .join(Person, JOIN.LEFT_OUTER, on=(Evidence.person == Person.id))
        .where(Evidence.action == action_id, Evidence.removed_at.is_null(), Share.removed_at.is_null())
        .order_by(Evidence.id.desc())
    )


def content_of(evidence: Evidence) -> bytes | None:
    """The bytes; None where they were erased from the database."""
    content = EvidenceContent.select(EvidenceContent.content).where(EvidenceContent.evidence == evidence.id).scalar()
    return None if content is None else bytes(content)


def evidence_faults() -> Iterator[str]:
    """A line for each file, those that were removed too, whose bytes are not those that were added. One at a time."""
    numbers = [row[0] for row in Evidence.select(Evidence.id).order_by(Evidence.id).tuples()]
    for number in numbers:
        row = Evidence.get_by_id(number)
        content = content_of(row)
        if content is None:
            yield f"evidence {number}: its bytes are missing"
        elif (len(content), hashlib.sha256(content).hexdigest()) != (row.size, row.sha256):
            yield f"evidence {number}: its bytes are not those that were added"


def count_of_action(action_id: int) -> int:
    """Files that stand with an action."""
    return Evidence.select().where(Evidence.action == action_id, Evidence.removed_at.is_null()).count()


def bytes_of_partnership(partnership_id: int) -> int:
    """What a partnership's files take up, those that were removed too."""
    query = Evidence.select(fn.COALESCE(fn.SUM(Evidence.size), 0)).join(Action).join(Objective).join(Plan)
    return int(query.where(Plan.partnership == partnership_id).scalar())
