"""The pages of the calendar of quarters."""
