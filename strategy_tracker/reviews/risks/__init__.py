"""What ties risks to plans, to a person's work and to her mail."""
