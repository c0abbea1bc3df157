"""Frozen reports, composed of sections: what the steering group sees, and what a board gets."""
