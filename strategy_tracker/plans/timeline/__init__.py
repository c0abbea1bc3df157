"""The dates of a plan on a line, with what they were before: a picture and its table."""
