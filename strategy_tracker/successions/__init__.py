"""Reorganisations: an authority ends, and others go on with what it had."""
