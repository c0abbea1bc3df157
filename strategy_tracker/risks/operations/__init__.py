"""The verbs of registers and risks. Each is one transaction, with its history."""
