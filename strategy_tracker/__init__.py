"""Strategy Tracker: the action plans that councils share."""
