"""The abbreviations that a document of risks uses, which the partnership's glossary explains: listed at its end."""

from dataclasses import replace
from typing import TypeVar

from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.documents.sections import plain, words_of
from strategy_tracker.plans.queries import abbreviations
from strategy_tracker.risks.document import RegisterDocument, RiskDocument, TopDocument
from strategy_tracker.text import abbreviations_in

Document = TypeVar("Document", RegisterDocument, RiskDocument, TopDocument)


def explained(document: Document, partnership_id: int) -> Document:
    """With the entries of the glossary that stand in its words, and the short names of partners that it names nowhere.

    One risk, which is to stand on one page, explains what is in the glossary alone.
    """
    words = "\n".join(words_of(plain(document)))
    partners: list[Authority] = [] if isinstance(document, RiskDocument) else authorities_of(partnership_id)
    glossary = {
        one.short_name: one.name for one in partners if one.name not in words and one.short_name not in one.name
    }
    glossary |= {one.short: one.meaning for one in abbreviations(partnership_id)}
    used = abbreviations_in(words, glossary)
    return replace(document, abbreviations=tuple((one, glossary[one]) for one in sorted(used, key=str.casefold)))
