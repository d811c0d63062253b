"""Past facts of breaks, in which a topic stays and its time stands still."""

from datetime import datetime

from msgspec import Struct


class BreakBegan(Struct, frozen=True):
    """A break, planned until a moment."""

    until: datetime


class BreakEnded(Struct, frozen=True):
    """The break is over, and the topic's time goes on."""
