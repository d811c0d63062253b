"""Logs of chats, read as if they happened now."""
