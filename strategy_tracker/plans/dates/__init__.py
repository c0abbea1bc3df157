"""Timescales that were changed: the original, each revision with who, when and why, and the number of slips."""
