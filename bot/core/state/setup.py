"""What is known before anybody speaks: the gathering, its tracks, teams and slots, as plain values.

Rules of this file: filled from the configuration by `bot.config`; handlers and folds only read it. What a plugin
needs beyond this stands in the plugin's own model, found by type with `Track.of` and `Setup.of`.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.core.people.puppets import Puppets
from bot.core.session.session import Session
from bot.core.state.streams import track_of_stream

M = TypeVar("M")
EARLY = timedelta(minutes=30)  # how long before its slot a session may begin and still be the slot's


def _of(models: Mapping[type, object], model: type[M]) -> M:
    found = models.get(model)
    if not isinstance(found, model):
        found = model()  # every key of a plugin's model has a default
    return found


class Team(Struct, frozen=True):
    """A section of a track's recap that is known before: its standing description, when it meets."""

    name: str
    about: str = ""
    meeting: str = ""


class Maintainer(Struct, frozen=True):
    """Who gets the drafts: a mail address, and the accounts that speak for it ("oftc/account")."""

    mail: str
    accounts: frozenset[str] = frozenset()


class Slot(Struct, frozen=True):
    """A time and place of the schedule; `track` is empty while it is bookable."""

    name: str
    track: str
    place: str
    starts: datetime
    ends: datetime
    agenda: tuple[str, ...] = ()


class Track(Struct, frozen=True):
    """A project or team of the gathering.

    venues:     each a tuple of linked rooms that share one session
    days:       the days on which it meets; empty when not known
    moderators: proven accounts, "network/account"
    relay:      whether the bot says in the linked rooms of a venue what is said in one of them
    aliases:    rooms that a bridge joins to one of a venue's, and that one: the bot neither listens nor speaks there
    """

    slug: str
    name: str
    venues: tuple[tuple[str, ...], ...] = ()
    days: tuple[date, ...] = ()
    list: str = ""
    release_done: str = ""
    release_next: str = ""
    session_minutes: int = 60
    public: bool = True
    moderators: frozenset[str] = frozenset()
    maintainers: tuple[Maintainer, ...] = ()
    teams: tuple[Team, ...] = ()
    models: Mapping[type, object] = field(default_factory=dict)
    relay: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)

    def of(self, model: type[M]) -> M:
        """The track's values of a plugin's model (its defaults where nothing is configured)."""
        return _of(self.models, model)

    def team(self, name: str | None) -> Team | None:
        """The configured team of this name, in any case."""
        wanted = (name or "").casefold()
        return next((team for team in self.teams if team.name.casefold() == wanted), None)


class Gathering(Struct, frozen=True):
    """The event; name and days are empty when no gathering is configured."""

    slug: str = "gathering"
    name: str = ""
    kind: str = ""
    starts: date | None = None
    ends: date | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    url: str = ""
    rooms: tuple[str, ...] = ()


class Setup(Struct, frozen=True, dict=True):
    """Everything that is configured, as the core and the plugins see it.

    names:  what the bot answers to, besides its nick on each network
    prefixes, record_prefixes: what stands before a command, before a record
    networks: name of each configured network, and its kind, "irc" or "matrix"
    puppets: how those of each configured bridge are told
    """

    gathering: Gathering = field(default_factory=Gathering)
    tracks: tuple[Track, ...] = ()
    slots: tuple[Slot, ...] = ()
    names: tuple[str, ...] = ("gatherbot",)
    prefixes: tuple[str, ...] = ("#", "!")
    record_prefixes: tuple[str, ...] = ("^",)
    ack: str = "short"
    start: str = "anyone"
    voice_moderates: bool = False
    admins: frozenset[str] = frozenset()
    networks: Mapping[str, str] = field(default_factory=dict)
    puppets: tuple[Puppets, ...] = ()
    models: Mapping[type, object] = field(default_factory=dict)

    @cached_property
    def _by_room(self) -> dict[str, tuple[Track, ...]]:
        found: dict[str, tuple[Track, ...]] = {}
        for track in self.tracks:
            for room in dict.fromkeys(room for venue in track.venues for room in venue):
                found[room] = (*found.get(room, ()), track)
        return found

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {alias: room for track in self.tracks for alias, room in track.aliases.items()}

    @cached_property
    def _by_slug(self) -> dict[str, Track]:
        return {track.slug.casefold(): track for track in reversed(self.tracks)}  # the first of a name stays

    def of(self, model: type[M]) -> M:
        """The values of a plugin's table (its defaults where nothing is configured)."""
        return _of(self.models, model)

    @property
    def network_names(self) -> tuple[str, ...]:
        """The networks that are configured; where none is, those of the rooms."""
        rooms = (
            *self.gathering.rooms,
            *(room for one in self.tracks for rooms in one.venues for room in rooms),
        )
        return tuple(self.networks) or tuple(dict.fromkeys(room.partition("/")[0] for room in rooms))

    def track(self, slug: str) -> Track | None:
        """The track with this slug, in any case."""
        return self._by_slug.get(slug.casefold())

    def tracks_of(self, room: str) -> tuple[Track, ...]:
        """The tracks that meet in this room."""
        return self._by_room.get(room, ())

    def track_in(self, room: str, session: Session | None) -> Track | None:
        """The track that is meant in a room: the session's, else the only one that meets there."""
        if session is not None:
            return self.track(session.track)
        tracks = self.tracks_of(room)
        return tracks[0] if len(tracks) == 1 else None

    def track_of(self, stream: str, session: Session | None) -> Track | None:
        """The track that a stream belongs to; `session` is the one whose stream it is, where it is a session's."""
        slug = session.track if session is not None else track_of_stream(stream)
        return self.track(slug) if slug is not None else None

    def alias_of(self, room: str) -> str | None:
        """The room that a bridge joins `room` to, and where the bot is instead; None where it is in `room` itself."""
        return self._aliases.get(room)

    def venue(self, track: Track, room: str) -> tuple[str, ...]:
        """All rooms that share a session with `room`."""
        return next((venue for venue in track.venues if room in venue), (room,))

    def slot_at(self, track: str, at: datetime) -> Slot | None:
        """The slot that a session of a track belongs to when it opens at `at`: the one that runs, or begins soon."""
        return next((slot for slot in self.slots_of(track) if slot.starts - EARLY <= at < slot.ends), None)

    def slots_of(self, track: str) -> tuple[Slot, ...]:
        """The slots of a track, by start."""
        return tuple(sorted((s for s in self.slots if s.track == track), key=lambda slot: slot.starts))
