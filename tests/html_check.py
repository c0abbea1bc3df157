"""What every page must keep: HTML that parses without an error, and names that lead somewhere."""

import hashlib
import re
from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

FIELDS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers", "list", "form")
NEW_EACH_TIME = re.compile(
    r'(?<=name="csrf_token" value=")[^"]*|(?<=name="form_key" value=")[^"]*'
    r"|(?<=\d{4}, )\d\d:\d\d|(?<=this number: )[0-9a-f]{16}|(?<=/calendars/)[\w-]{43}"
)
"""What stands otherwise in a page each time that it is asked for: secrets, the time of day, the number of a request."""
FOUND_SOUND: set[str] = set()
"""Digests of the pages that this worker has judged: the same page on the other database is not judged again."""


def digest_of(html: str) -> str:
    """Of the page without what is new each time that it is asked for."""
    return hashlib.sha256(NEW_EACH_TIME.sub("", html).encode()).hexdigest()


def parsed(html: str) -> tuple[Element, list[str]]:
    """The page's elements, and a line for each error in the HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    return root, [f"line {line}: {code} {details}" for (line, _), code, details in parser.errors]


def faults(html: str) -> list[str]:
    """A line for each fault of a whole page; none where it is sound."""
    root, errors = parsed(html)
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    ids = Counter(each.attrib["id"] for each in elements if "id" in each.attrib)
    return [
        *errors,
        *(f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1),
        *_faults_of_the_head(root, elements),
        *_dead_references(elements, set(ids)),
        *_unlabelled_fields(root, elements),
    ]


def assert_sound(html: str) -> None:
    """Fails the test, with every fault, where the page has one."""
    digest = digest_of(html)
    if digest in FOUND_SOUND:
        return
    found = faults(html)
    assert not found, "\n".join(found)
    FOUND_SOUND.add(digest)


def words(element: Element) -> str:
    """The text of an element and all within it, spaces collapsed."""
    return " ".join("".join(element.itertext()).split())


def _faults_of_the_head(root: Element, elements: list[Element]) -> list[str]:
    found = []
    if not root.attrib.get("lang"):
        found.append("no language")
    title = root.find("head/title")
    if title is None or not words(title):
        found.append("no title")
    headings = [int(each.tag[1]) for each in elements if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    if headings.count(1) != 1:
        found.append(f"{headings.count(1)} h1")
    found += [f"h{now} follows h{before}" for before, now in pairwise(headings) if now > before + 1]
    if sum(each.tag == "main" for each in elements) != 1:
        found.append("not one main")
    return found


def _dead_references(elements: list[Element], ids: set[str]) -> list[str]:
    found = []
    for each in elements:
        target = each.attrib.get("href", "")
        if target.startswith("#") and target[1:] not in {"", "top", *ids}:
            found.append(f"link to {target}, which is not there")
        for name in REFERENCES:
            missing = set(each.attrib.get(name, "").split()) - ids
            found += [f"<{each.tag} {name}> names {one!r}, which is not there" for one in sorted(missing)]
    return found


def _unlabelled_fields(root: Element, elements: list[Element]) -> list[str]:
    labelled = {each.attrib["for"] for each in elements if each.tag == "label" and "for" in each.attrib and words(each)}
    wrapped = {id(field) for label in root.iter("label") for field in label.iter() if field.tag in FIELDS}
    return [
        f"<{each.tag} name={each.attrib.get('name')!r}> has no label"
        for each in elements
        if each.tag in FIELDS
        and each.attrib.get("type") not in UNLABELLED_TYPES
        and each.attrib.get("id") not in labelled
        and id(each) not in wrapped
        and not each.attrib.get("aria-label")
        and not each.attrib.get("aria-labelledby")
    ]
