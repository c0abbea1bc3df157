"""A status as a word and a mark: made once, so that a page of a thousand shares only puts them in."""

from markupsafe import Markup

CLASSES = {
    "off track": "off",
    "at risk": "risk",
    "not reported": "nr",
    "status not given": "ng",
    "not started": "not",
    "on track": "on",
    "ongoing": "ong",
    "achieved and ongoing": "aon",
    "achieved": "ach",
    "deferred": "def",
    "carried forward": "cf",
    "stopped": "stop",
}
"""The class of each status in the style sheet, in the order of the legend."""

MARKS = {
    status: Markup('<span class="s s-{}">{}</span>').format(name, status.capitalize())
    for status, name in CLASSES.items()
}
