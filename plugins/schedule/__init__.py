"""Schedule: slots are booked, listed in any time zone, announced before they begin, and served as a grid and as calendars."""

from plugins.schedule import booking, feeds, listing, panels, published, reminders, week, when_command
from plugins.schedule.declaration import plugin

__all__ = [
    "booking",
    "feeds",
    "listing",
    "panels",
    "plugin",
    "published",
    "reminders",
    "week",
    "when_command",
]
