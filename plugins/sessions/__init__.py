"""Sessions: start, end, chairs, names and pauses, the reminder before the end, and the timeout."""

from plugins.sessions import chairs, end, lifecycle, start
from plugins.sessions.declaration import plugin

__all__ = ["chairs", "end", "lifecycle", "plugin", "start"]
