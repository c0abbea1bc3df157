"""Runs the parts named, or all of them. Exit status 1 where a goal is missed."""

import sys
from importlib import import_module

PARTS = ("pdf", "page", "work", "risks", "files", "start", "pack")


def main(wanted: list[str]) -> int:
    missed = False
    for part in wanted or PARTS:
        for said in import_module(f"bench.{part}").report():
            print(said, flush=True)
            missed = missed or "MISSED" in said
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
