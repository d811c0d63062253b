"""The current agenda of a session or of a track, folded from its facts.

An item keeps its number for the lifetime of its list, and numbers are never reused; only the order changes.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Identity
from plugins.agenda.facts import Item

MOST = 200

SKIPPED, DEFERRED = "skipped", "deferred"


class Listed(Struct, frozen=True):
    """An item on a list.

    by:    the person who added it, if known
    aside: `skipped`, `deferred`, or empty
    taken: whether it is or was a topic of the session
    left:  whether an earlier session did not reach it
    """

    n: int
    item: Item
    by: Identity | None = None
    aside: str = ""
    taken: bool = False
    left: bool = False

    @property
    def outgoing(self) -> Item:
        """The item as it goes to another list, where it still counts for whoever added it."""
        return replace(self.item, by=self.by)


class Preview(Struct, frozen=True):
    """A previewed list that waits for somebody to accept it."""

    digest: str
    source: str
    items: tuple[Item, ...]
    by: Identity | None
    at: datetime


class Agenda(Struct, frozen=True):
    """A list of items, in order.

    used:    the highest number assigned so far
    current: the id of the current item; empty if there is none
    slots:   keys of the schedule slots whose agenda went to a session
    opened:  when the current topic was opened
    changed: the last change that affects the time plan
    warned:  the last warning that the time is too short
    late:    ids of the items in those warnings
    """

    items: tuple[Listed, ...] = ()
    used: int = 0
    current: str = ""
    preview: Preview | None = None
    slots: frozenset[str] = frozenset()
    opened: datetime | None = None
    changed: datetime | None = None
    warned: datetime | None = None
    late: frozenset[str] = frozenset()
    ended: bool = False

    def numbered(self, n: int) -> Listed | None:
        """The item with this number."""
        return next((listed for listed in self.items if listed.n == n), None)

    def titled(self, title: str) -> Listed | None:
        """The item with this title, in any case."""
        wanted = title.casefold()
        return next((listed for listed in self.items if listed.item.title.casefold() == wanted), None)

    def state(self, listed: Listed) -> str:
        """Return `open`, `current`, `done`, `skipped` or `deferred`."""
        if listed.aside:
            return listed.aside
        if not listed.taken:
            return "open"
        return "current" if listed.item.id == self.current and not self.ended else "done"

    def in_state(self, *states: str) -> list[Listed]:
        """The items in one of these states, in order."""
        return [listed for listed in self.items if self.state(listed) in states]

    @property
    def on(self) -> Listed | None:
        """The current item."""
        return next(iter(self.in_state("current")), None)
