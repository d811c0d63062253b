"""Facts of pings: who wants a private message about which topics, and whose name is on which agenda item.

They stand in the stream of the gathering, for they outlive sessions; each names its gathering, and is nothing to the next
one. People stand as they were then; what a nick alone proves is followed as long as the nick is watched.
"""

from msgspec import Struct

from bot.api import Identity


class PingAsked(Struct, frozen=True):
    """Somebody wants a private message when a topic begins that matches everything not empty here.

    id:    unlike that of any other
    n:     by which its owner calls it
    track: its slug
    words: all of them stand in the title
    regex: found in the track and the title
    """

    id: str
    n: int
    gathering: str
    person: Identity
    track: str = ""
    words: str = ""
    regex: str = ""


class PingsStopped(Struct, frozen=True):
    """These pings were ended."""

    ids: tuple[str, ...]


class NamesPut(Struct, frozen=True):
    """People's names were put to an agenda item (by its id): they are named in the room when it begins."""

    gathering: str
    item: str
    people: tuple[Identity, ...]


class NamesTakenOff(Struct, frozen=True):
    """People's names stand at an agenda item no longer."""

    item: str
    people: tuple[Identity, ...]


class PingNickChanged(Struct, frozen=True):
    """Somebody known by a nick alone changed it, or logged in to an account."""

    old: Identity
    new: Identity


class PingNickLeft(Struct, frozen=True):
    """Somebody known by a nick alone left: their pings ended."""

    person: Identity


class NextTold(Struct, frozen=True):
    """Of a session: those who want to know were told that this item of its agenda is the next one."""

    item: str


FACTS: tuple[type, ...] = (
    PingAsked,
    PingsStopped,
    NamesPut,
    NamesTakenOff,
    PingNickChanged,
    PingNickLeft,
    NextTold,
)
