"""Mails that nobody has to write: what is still hers to do, kindly and early, and never twice."""
