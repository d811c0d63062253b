"""Habits: words of other bots and of people that mean our commands, and one hint where a command was meant in vain."""

from plugins.habits import hints, synonyms
from plugins.habits.declaration import plugin

__all__ = ["hints", "plugin", "synonyms"]
