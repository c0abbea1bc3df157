"""Operational risk registers: any scoring scheme, honest scores over time, escalation."""
