"""Registers and risks as files and documents."""
