"""Switching over from ptgbot: its data is read, shown and taken, and served in its own form."""
