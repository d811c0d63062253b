"""Moments in words, in the zone of the gathering."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.api import clock
from bot.api.words import day_in_words


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Format a time with its day: `13:26 UTC on Wednesday 20 October`."""
    return f"{clock(at, zone)} on {day_in_words(at.astimezone(zone).date())}"


def when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Format a time, with its day if that is not today."""
    same_day = at.astimezone(zone).date() == now.astimezone(zone).date()
    return clock(at, zone) if same_day else moment(at, zone)
