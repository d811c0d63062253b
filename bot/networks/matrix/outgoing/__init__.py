"""Sends what the bot says: queued, paced, and delivered once."""
