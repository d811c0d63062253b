"""Facts about breaks. In a break the topic stays, and its time stands still."""

from datetime import datetime

from msgspec import Struct


class BreakBegan(Struct, frozen=True):
    """A break began; `until` is its planned end."""

    until: datetime


class BreakEnded(Struct, frozen=True):
    """The break is over, and the topic's time goes on."""
