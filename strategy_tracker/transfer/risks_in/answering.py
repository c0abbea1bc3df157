"""Who answers for a risk, out of its cell. Pure."""

import re
from dataclasses import dataclass

from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.transfer.answerable import POST, TEAM, owner_of
from strategy_tracker.transfer.risks_in.values import is_nothing

ACRONYM = re.compile(r"[A-Z][A-Z&]{1,6}")
PERSON = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? )?[A-Z][a-zà-ÿ'’-]*\.?(?: [A-Z][A-Za-zà-ÿ'’.-]*){1,2}")
ALONE = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ'’-]+")
"""One word that may be a person's first name, or surname."""
OF_WORK = re.compile(
    r"\w+(?:ing|ions?|ments?|ics|ity|ities|ies|ship|ness)|finance|legal|health|transport|highways|parks|audit|council"
    r"|cabinet|board|committee|police|partners?|members?|chair|chairman|chairwoman|leaders?|secretary|treasurer|clerk"
    r"|solicitor|architect|engineers?|trustees?|procurement|waste|leisure|culture|technology|payroll|revenues?|benefits"
    r"|customers?|contractors?|tenants?|landlords?|property|assets|estates|projects?|programmes?|policy|strategy|staff"
    r"|monitor|editor|caretaker|warden|ranger|nurse|all|everybody|everyone|various|executive|deputy|trainer|analyst"
    r"|administrator|consultant|developer|inspector|specialist|technician|buyer|owner|host|mayor|auditors?|insurers?",
    re.IGNORECASE,
)
"""One word that is no name: what a post, a team or a field of work is called."""
BULLET = re.compile(r"\A(?:[•◦▪●·*–-]|\d{1,2}[.)])\s+")
OPEN = re.compile(r"(?:\b(?:of|and|for|the|to|in|on|at|with)|[&/–-])\Z", re.IGNORECASE)
"""How a line ends that goes on in the next."""
WHOLE_POST = re.compile(
    r"officer|manager|director|co-?ordinator|leader|advis[eo]r|supervisor|accountant", re.IGNORECASE
)
"""One word that is a whole post where it stands above others, and the end of one where it stands below."""
SEVERAL = "{} stand on lines of their own: a risk has one owner, and they become “{}”"


@dataclass(frozen=True)
class Answers:
    """Who answers, and what a person should look at; empty where the cell is clear."""

    owner: Owner = Owner()
    note: str = ""


def owner_in(words: str) -> Answers:
    """A post, unless the words name a team, or look like a person's name. Several of them are a person where one is."""
    name, note = name_in(words)
    if note:
        kinds = [OwnerKind.PERSON if _is_name(line) else _one(line).owner.kind for line in _lines(words)]
        return Answers(Owner(OwnerKind.PERSON if OwnerKind.PERSON in kinds else kinds[0], name), note)
    return _one(name)


def name_in(words: str) -> tuple[str, str]:
    """What a cell calls its owner, on one line; and a note where its lines name several."""
    lines = _lines(words)
    name = ", ".join(lines)
    quoted = ", ".join(f"“{line}”" for line in lines[:-1])
    return name, SEVERAL.format(f"{quoted} and “{lines[-1]}”", name) if len(lines) > 1 else ""


def _lines(words: str) -> list[str]:
    """One for each owner: a line that only goes on with the one above is put to it."""
    found: list[str] = []
    for line in filter(None, (" ".join(each.split()) for each in words.split("\n"))):
        own = BULLET.sub("", line)
        if found and not _parts(found[-1].rstrip(",;"), own.rstrip(",;"), is_listed=own != line):
            found[-1] += f" {line}"
        else:
            found.append(own)
    return [line.rstrip(",;") for line in found] if len(found) > 1 else found


def _parts(above: str, line: str, *, is_listed: bool) -> bool:
    """Whether a line names somebody else than the one above."""
    if OPEN.search(above) or not line[:1].isupper():
        return False
    both = above, line
    alike = all(map(_is_name, both)) or all(map(ACRONYM.fullmatch, both))
    return is_listed or alike or (_is_whole(above, WHOLE_POST) and _is_whole(line, ACRONYM))


def _is_name(words: str) -> bool:
    looks = ALONE.fullmatch(words) or PERSON.fullmatch(words)
    works = POST.search(words) or TEAM.search(words) or any(map(OF_WORK.fullmatch, words.split()))
    return bool(looks) and not works


def _is_whole(words: str, or_one_word: re.Pattern[str]) -> bool:
    """Whether it can be an owner by itself: several words with a name, a post or a team in them, or one word."""
    said = POST.search(words) or TEAM.search(words) or _is_name(words)
    return bool(or_one_word.fullmatch(words) or (" " in words and said))


def _one(name: str) -> Answers:
    if not name:
        return Answers(note="nobody answers for it yet")
    if is_nothing(name):
        return Answers(note=f"the file says “{name}” for its owner: nobody answers for it yet")
    settled = name.rstrip("? ")
    found = owner_of(settled)
    kind = found.kind
    if kind is OwnerKind.PERSON:
        kind = OwnerKind.PERSON if PERSON.fullmatch(settled) else OwnerKind.POST
    if POST.search(settled):
        kind = OwnerKind.POST
    elif ACRONYM.fullmatch(settled):
        kind = OwnerKind.TEAM
    note = ""
    if settled != name:
        note = f"the owner is not settled: the file says “{name}”"
    elif kind is OwnerKind.PERSON:
        note = f"“{name}” is taken for a person’s name; a post outlives its holder"
    elif kind is OwnerKind.POST and not POST.search(name) and ALONE.fullmatch(name) and not OF_WORK.fullmatch(name):
        note = f"“{name}” is one word and may be a person’s name; it is taken for a post"
    return Answers(Owner(kind, name), note)


def owner_kind_in(words: str) -> OwnerKind | None:
    """NOBODY for an empty cell, None where it names no kind."""
    said = words.strip().casefold()
    return OwnerKind(said) if said in set(OwnerKind) else None
