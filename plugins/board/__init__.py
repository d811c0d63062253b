"""The board: what is on and next in every track, where it meets and writes, messages of the day, who is where."""

from plugins.board import (
    day_messages,
    days,
    mistakes,
    topics,
    track_lists,
    track_settings,
    voice,
    web,
    whereabouts,
)
from plugins.board.declaration import plugin
from plugins.board.ptgbot import imports, served

__all__ = [
    "day_messages",
    "days",
    "imports",
    "mistakes",
    "plugin",
    "served",
    "topics",
    "track_lists",
    "track_settings",
    "voice",
    "web",
    "whereabouts",
]
