"""Scoring schemes, in versions."""
