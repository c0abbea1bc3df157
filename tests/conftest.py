"""What every test may use; the fixtures themselves stand beside this file, one matter in each."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.axe", "tests.html_check", "tests.pdfua", "tests.visitor")
pytest_plugins = ["tests.databases", "tests.application", "tests.browser", "tests.pdfua", "tests.rendered"]

# A busy machine is no fault of what is tested: nothing here is judged by the clock.
settings.register_profile("tracker", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tracker")

LOOPBACK = ("127.", "::1", "localhost")
MOST_WORKERS = 8


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One for each core. None for files, single tests or words (`-k`): those are done before workers have started.

    Each worker has a PostgreSQL server, and a browser and a judge of PDFs as soon as its tests ask for one.
    """
    few = config.option.keyword or any(".py" in asked for asked in config.args)
    cores = min(os.cpu_count() or 1, MOST_WORKERS)
    return 0 if few or cores == 1 else cores


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Refuses every connection that would leave the machine."""
    connect = socket.socket.connect

    def refusing(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            pytest.fail(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refusing)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes passwords as the product does, with little work: nobody guesses at those of the tests."""
    from strategy_tracker.accounts import passwords
    from tests.cast import QUICK

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", QUICK)
        yield
