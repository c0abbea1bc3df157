"""HTML to accessible PDF (PDF/UA-1). Knows no domain: it takes a page and gives bytes.

The caller's process never imports WeasyPrint. Each document is rendered in a child process with limits on time and
memory, which reaches neither the network nor the disk, and the bytes are kept under a digest of all that made them.
"""

from strategy_tracker.documents.renderer import RenderFailed, pdf, unhurried
from strategy_tracker.documents.templates import page

__all__ = ["RenderFailed", "page", "pdf", "unhurried"]
