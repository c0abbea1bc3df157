"""A register of risks comes in from a table."""
