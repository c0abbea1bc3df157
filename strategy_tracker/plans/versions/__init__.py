"""What an agreed plan said at each point of its life: every change of its structure is a version with a reason."""
