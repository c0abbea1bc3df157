"""`python -m strategy_tracker`: the command line."""

from strategy_tracker.cli import main

if __name__ == "__main__":
    main()
