"""Schedule: slots are booked, listed in any time zone, announced before they begin, and served as a grid and as calendars."""

from plugins.schedule import (
    booking_commands,
    feeds,
    panels,
    published,
    reminders,
    slot_lists,
    week,
    when_command,
)
from plugins.schedule.declaration import plugin

__all__ = [
    "booking_commands",
    "feeds",
    "panels",
    "plugin",
    "published",
    "reminders",
    "slot_lists",
    "week",
    "when_command",
]
