"""Plans that are made from plans, and actions that go on in the plan that follows."""
