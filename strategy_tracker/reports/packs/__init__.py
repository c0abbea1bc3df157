"""Board packs: chosen reports and plans as one PDF, kept as it was made."""
