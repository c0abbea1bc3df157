"""What README and docs promise is there: every file they link to, every command and option they name, every setting."""

import re
from pathlib import Path

import click
import pytest

from strategy_tracker.cli import main

ROOT = Path(__file__).parents[2]
FILES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
COMMAND = re.compile(r"(?:bin/|`)strategy-tracker ([a-z][^`\n]*)")
NAMES = [file.relative_to(ROOT).as_posix() for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_link_leads_somewhere(file: Path) -> None:
    assert [link for link in LINK.findall(file.read_text()) if not (file.parent / link).exists()] == []


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_command_and_option_exists(file: Path) -> None:
    for line in COMMAND.findall(file.read_text()):
        command, options = found(line.split())
        assert not isinstance(command, click.Group), line
        known = {name for parameter in command.params for name in parameter.opts}
        assert options <= known, f"{line}: {options - known}"


def found(words: list[str]) -> tuple[click.Command, set[str]]:
    """The command that the words begin with, and the options among them."""
    command: click.Command = main
    for place, word in enumerate(words):
        if not isinstance(command, click.Group):
            return command, {given for given in words[place:] if given.startswith("-")}
        command = command.commands[word]
    return command, set()


def test_operations_name_every_setting() -> None:
    read = set(re.findall(r"TRACKER_[A-Z_]+", (ROOT / "strategy_tracker" / "config.py").read_text()))
    assert read == set(re.findall(r"`(TRACKER_[A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))
