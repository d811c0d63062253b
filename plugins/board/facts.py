"""Facts of the board: what people set for a track, messages of the day, and who is where.

What is said to be on and next, and the etherpad, are facts of the core. These are in the stream of their track; messages of the day and links
are in the gathering's stream, and people are in a stream of their own. An empty value takes back what was set.
"""

from msgspec import Struct

from bot.api import Identity


class TrackUrlSet(Struct, frozen=True):
    """Somebody named the address where a track meets; empty for the one of its slot."""

    gathering: str
    url: str


class ColorSet(Struct, frozen=True):
    """Somebody chose a track's color, as CSS writes it: a name, "#rgb" or "#rrggbb"."""

    gathering: str
    color: str


class LocationSet(Struct, frozen=True):
    """Somebody said where a track meets; empty for the place of its slot."""

    gathering: str
    place: str


class SaidPassed(Struct, frozen=True):
    """What was said by hand gave way to a topic (`next_too`), or to the end of a session."""

    gathering: str
    next_too: bool = True


class SaidReworded(Struct, frozen=True):
    """Somebody edited what they had said to be on or next; `cause` is the one of the fact that said it."""

    gathering: str
    cause: str
    text: str


class NoticeAdded(Struct, frozen=True):
    """A message of the day was added after the others.

    level: info, success, warning or danger
    """

    gathering: str
    id: str
    level: str
    text: str


class NoticesTakenDown(Struct, frozen=True):
    """These messages of the day were taken down."""

    gathering: str
    ids: tuple[str, ...]


class NoticesReordered(Struct, frozen=True):
    """The messages of the day stand in this order; those that are not named follow."""

    gathering: str
    ids: tuple[str, ...]


class UsefulLink(Struct, frozen=True):
    """An address that everybody at a gathering may need."""

    title: str
    url: str


class LinksSet(Struct, frozen=True):
    """The useful links of the gathering, after those of the configuration."""

    gathering: str
    links: tuple[UsefulLink, ...]


class CheckedIn(Struct, frozen=True):
    """Somebody said where they are: with a track (by its slug), or at a place in words."""

    gathering: str
    person: Identity
    place: str = ""
    track: str = ""


class CheckedOut(Struct, frozen=True):
    """Somebody said that they left where they were; `person` is who had checked in."""

    gathering: str
    person: Identity


class CheckedInRenamed(Struct, frozen=True):
    """Somebody who had checked in changed nick."""

    old: Identity
    new: Identity


class CheckedInGone(Struct, frozen=True):
    """Somebody who had checked in, known by a nick alone, left the network's sight."""

    person: Identity


class PresenceCleared(Struct, frozen=True):
    """Nobody is checked in anymore: a new day began."""

    gathering: str


class VoiceRequired(Struct, frozen=True):
    """From now on commands about a track need voice or op in the room where they are said."""

    gathering: str


class EveryoneAllowed(Struct, frozen=True):
    """From now on everybody may use commands about a track."""

    gathering: str


FACTS: tuple[type, ...] = (
    TrackUrlSet,
    ColorSet,
    LocationSet,
    SaidPassed,
    NoticeAdded,
    NoticesTakenDown,
    NoticesReordered,
    LinksSet,
    CheckedIn,
    CheckedOut,
    CheckedInRenamed,
    CheckedInGone,
    PresenceCleared,
    VoiceRequired,
    EveryoneAllowed,
    SaidReworded,
)
