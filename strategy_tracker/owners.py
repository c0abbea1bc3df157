"""Who answers for something."""

from dataclasses import dataclass
from enum import StrEnum


class OwnerKind(StrEnum):
    NOBODY = ""
    POST = "post"
    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True)
class Owner:
    """Who answers for it: a post, a person or a team, by name; or nobody yet."""

    kind: OwnerKind = OwnerKind.NOBODY
    name: str = ""
