"""An item of a session's agenda, as other plugins see it."""

from msgspec import Struct


class AgendaItem(Struct, frozen=True):
    """An item of an agenda.

    n:     the number that people use for it
    state: open, current, done, skipped or deferred
    id:    the id that the item's topic refers to (`Topic.item`)
    """

    n: int
    title: str
    minutes: int | None = None
    proposer: str | None = None
    state: str = "open"
    id: str = ""
