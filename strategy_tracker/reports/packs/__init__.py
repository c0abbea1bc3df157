"""Board packs: chosen reports, plans and registers of risks as one PDF, kept as it was made."""
