"""The PDFs of the sample's reports, each rendered once in a test run."""

from functools import lru_cache

from strategy_tracker import documents


@lru_cache(maxsize=16)
def quick_pdf(page: str) -> bytes:
    return documents.pdf(page)
