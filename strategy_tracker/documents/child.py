"""`python -m strategy_tracker.documents.child FONTS`: a page on standard input, its PDF on standard output.

A fresh interpreter for each document: safe beside a threaded web server, and what one document does to memory ends
with it. The limits are set before WeasyPrint is imported.
"""

import contextlib
import resource
import sys
import warnings
from pathlib import Path

PROCESSOR_SECONDS = 60
ADDRESS_SPACE = 1 << 30


def limit() -> None:
    """Bounds this process. An operating system without address-space limits keeps the others."""
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def main() -> int:
    """Exit status 0 with a PDF on standard output, or 1 with the reason on standard error."""
    limit()
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig", UserWarning)
    try:
        from strategy_tracker.documents import engine
    except OSError:
        print(
            "WeasyPrint needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            file=sys.stderr,
        )
        return 1
    sys.stdout.buffer.write(engine.render(sys.stdin.buffer.read().decode(), Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
