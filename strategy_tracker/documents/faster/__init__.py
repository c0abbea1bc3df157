"""Makes WeasyPrint 70.0 faster without changing what comes out; any other version is left as it is.

WeasyPrint gives each element its own style object only where styles differ, yet asks each box anew for what follows
from the style alone. Most of what is here remembers such answers on the style. Measured in bench/.
"""

import weasyprint

from strategy_tracker.documents.faster import layout, styles, text, writing

KNOWN = "70.0"


def apply() -> None:
    """Replaces the slow functions, once in a process."""
    if weasyprint.__version__ == KNOWN:
        for part in (styles, layout, text, writing):
            part.apply()
