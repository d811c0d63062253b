"""Sessions: start, end, chairs, names and pauses, the reminder before the end, and the timeout."""

from plugins.sessions import afterwards, chairs, end, lifecycle, panels, start
from plugins.sessions.declaration import plugin

__all__ = ["afterwards", "chairs", "end", "lifecycle", "panels", "plugin", "start"]
