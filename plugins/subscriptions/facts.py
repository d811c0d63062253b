"""Past facts of pings: who wants a private word when which topic begins, and who put their name to which agenda item.

They stand in the stream of the gathering, for they outlive sessions; each names its gathering, and is nothing to the next
one. People stand as they were then; what a nick alone proves is followed as long as the nick is watched.
"""

from msgspec import Struct

from bot.api import Identity


class PingAsked(Struct, frozen=True):
    """Somebody wants a private word when a topic begins that fits all that is not empty here.

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
    """These are not wanted any more."""

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
    """Somebody whom only a nick proved goes by another one, or has an account."""

    old: Identity
    new: Identity


class PingNickLeft(Struct, frozen=True):
    """Somebody whom only a nick proved left: what they wanted is nobody's any more."""

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
