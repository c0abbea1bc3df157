"""What is kept with an action: milestones, files."""
