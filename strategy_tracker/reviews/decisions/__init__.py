"""What the steering group decided: who does it by when, what came of it, and what it changed in a plan."""
