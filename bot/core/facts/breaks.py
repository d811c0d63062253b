"""Past facts of breaks, in which a topic stays and its time stands still."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BreakBegan:
    """A break, planned until a moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class BreakEnded:
    """The break is over, and the topic's time goes on."""
