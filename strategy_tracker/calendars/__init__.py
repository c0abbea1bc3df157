"""A person's dates as a calendar that her own program fetches, at a secret address."""
