"""Actions that depend on each other, help each other or are better read together."""
