"""Drafts that nobody has looked at: a reminder on the next day, once."""
