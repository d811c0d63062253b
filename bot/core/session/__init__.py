"""A session as its facts tell it."""
