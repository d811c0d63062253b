"""A plan while it is made: the facts that an import writes, what is there already, and what cannot be taken."""

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct, field

from bot.api import GATHERING, Declared, StateView, counted, track_stream
from plugins.board.ptgbot.document import Left, shown

KINDS = {  # in the order in which they are told
    "track": "tracks",
    "slot": "slots",
    "booking": "bookings",
    "topic that is on": "topics that are on",
    "topic that is next": "topics that are next",
    "etherpad": "etherpads",
    "address to meet at": "addresses to meet at",
    "color": "colors",
    "place": "places",
    "message of the day": "messages of the day",
    "link": "links",
    "rule that commands need voice": "rules",
    "subscription": "subscriptions",
}


class Taken(Struct, frozen=True):
    """A fact to be written, and what it brings: its kind and its name."""

    kind: str
    name: str
    stream: str
    fact: object


class Plan(Struct, frozen=True):
    """What an import does. Its facts are in the order in which they are to be written.

    there: how much is there already
    notes: what people should know before they accept it
    """

    taken: tuple[Taken, ...] = ()
    there: int = 0
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()

    def counts(self) -> list[str]:
        """How much of each kind is taken: "57 tracks"."""
        found = {kind: len(list(same)) for kind, same in groupby(self._sorted(), key=lambda one: one.kind)}
        return [counted(number, kind, KINDS[kind]) for kind, number in found.items()]

    def names(self) -> dict[str, list[str]]:
        """What is taken, by its kind in the plural."""
        found: dict[str, list[str]] = {}
        for one in self._sorted():
            found.setdefault(KINDS[one.kind], []).append(one.name)
        return found

    def _sorted(self) -> list[Taken]:
        order = list(KINDS)
        return sorted(self.taken, key=lambda one: order.index(one.kind))


class DraftPlan(Struct):
    """What a plan gathers.

    network: the IRC network of the nicks in the data; empty if nobody said which
    """

    state: StateView
    register: Declared
    network: str = ""
    taken: list[Taken] = field(default_factory=list)
    there: int = 0
    left: list[Left] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def gathering(self) -> str:
        """The slug of the gathering."""
        return self.state.setup.gathering.slug

    def take(self, kind: str, name: str, fact: object, track: str = "") -> None:
        """Write a fact into the stream of a track, or of the gathering."""
        self.taken.append(Taken(kind, name, track_stream(track) if track else GATHERING, fact))

    def take_all(self, kind: str, names: Iterable[str], fact: object) -> None:
        """Write one fact of the gathering that brings several things."""
        first, *others = names
        self.take(kind, first, fact)
        self.taken += (Taken(kind, name, "", None) for name in others)

    def leave(self, what: str, why: str) -> None:
        """Note what cannot be taken."""
        self.left.append(Left(shown(what), why))

    def known(self) -> None:
        """Note that something is there already."""
        self.there += 1

    def plan(self) -> Plan:
        """The finished plan."""
        return Plan(tuple(self.taken), self.there, tuple(self.left), tuple(self.notes))
