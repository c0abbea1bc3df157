"""Steps below an action, each with a date of its own."""
