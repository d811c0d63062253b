"""The agenda as it stands: the fold of its facts, for a session and for what waits in a track.

Rules of this file: an item keeps its number as long as its list lasts, and no number is given twice; only the order
changes. What cannot apply any more does nothing. Lists of at most 200 items are copied without a second thought.
"""

from datetime import datetime

from msgspec import Struct

from bot.api import Identity
from plugins.agenda.facts import Item

MOST = 200

SKIPPED, DEFERRED = "skipped", "deferred"


class Listed(Struct, frozen=True):
    """An item on a list.

    by:    who added it, where that is known here
    aside: skipped, deferred, or empty
    taken: it is, or was, a topic of the session
    left:  an earlier session did not reach it
    """

    n: int
    item: Item
    by: Identity | None = None
    aside: str = ""
    taken: bool = False
    left: bool = False


class Preview(Struct, frozen=True):
    """A list that was shown and waits for somebody to accept it."""

    digest: str
    source: str
    items: tuple[Item, ...]
    by: Identity | None
    at: datetime


class Agenda(Struct, frozen=True):
    """A list of items, in order.

    used:    the highest number that was given
    current: id of the item that is on; empty where none is
    slots:   the slots of the schedule whose agenda went to a session
    opened:  when the topic that is on came
    changed: when something last changed that the plan of the time depends on
    warned:  when it was said that the time will not do
    late:    items of which it was said
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
        """open, current, done, skipped or deferred."""
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
        """The item that is on."""
        return next(iter(self.in_state("current")), None)
