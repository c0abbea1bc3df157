"""A file that went out comes back: what was changed in it, compared with what changed in the plan meanwhile."""
