"""Meetings of the steering group: the agenda, the papers and when they must be out, who came, the minutes."""
