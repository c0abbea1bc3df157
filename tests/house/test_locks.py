"""The lock files name versions and digests, and no address to fetch them from."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-node.lock"]


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_python_locks_pin_every_package_by_digest(name: str) -> None:
    words = (ROOT / name).read_text()
    packages = re.split(r"\n(?=\S)", words.strip())
    assert all("==" in package and "--hash=sha256:" in package for package in packages if package[0] != "#")
    assert "://" not in words


def test_the_npm_lock_pins_every_package_by_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert all(package["integrity"].startswith("sha512-") for package in fetched.values())
    assert not any("resolved" in package for package in fetched.values())


def test_what_runs_is_what_is_tested() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[A-Za-z0-9_.\[\]-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-test.lock")
