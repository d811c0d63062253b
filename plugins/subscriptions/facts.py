"""Facts of pings: requests for private messages about topics, and names at agenda items.

They are in the stream of the gathering, because they outlive sessions, and do not apply to later gatherings. Identities
are those of the time of the fact; nicks without an account are followed while they are watched.
"""

from msgspec import Struct

from bot.api import Identity


class PingAsked(Struct, frozen=True):
    """Somebody requested a private message when a topic begins that matches all non-empty fields.

    id:    unique
    n:     the number shown to its owner
    track: slug of the topic's track
    words: words that the title must contain
    regex: a pattern searched for in track and title
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
    """Names were added to an agenda item (by its id), to be mentioned in the room when it begins."""

    gathering: str
    item: str
    people: tuple[Identity, ...]


class NamesTakenOff(Struct, frozen=True):
    """Names were removed from an agenda item."""

    item: str
    people: tuple[Identity, ...]


class PingNickChanged(Struct, frozen=True):
    """Somebody without an account changed nick or logged in."""

    old: Identity
    new: Identity


class PingNickLeft(Struct, frozen=True):
    """Somebody without an account left, which ended their pings."""

    person: Identity


class NextTold(Struct, frozen=True):
    """Pings were sent because this item of a session's agenda is next."""

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
