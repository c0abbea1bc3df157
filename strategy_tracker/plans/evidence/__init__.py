"""Files that show what was done."""
