"""Edited and redacted messages."""
