"""An item of a session's agenda, as others see it; whose agenda it is, its plugin knows."""

from msgspec import Struct


class AgendaItem(Struct, frozen=True):
    """An item of an agenda.

    n:     the number by which people call it
    state: open, current, done, skipped or deferred
    id:    what a topic that is this item names it by (`Topic.item`)
    """

    n: int
    title: str
    minutes: int | None = None
    proposer: str | None = None
    state: str = "open"
    id: str = ""
