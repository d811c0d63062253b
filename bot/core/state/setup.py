"""The configuration as plain values: the gathering, its tracks, teams and slots.

`bot.config` fills these values; handlers and folds only read them. A plugin's own settings are in the plugin's model, which
`Track.of` and `Setup.of` find by its type.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.people.identity import casefold, mail_account
from bot.core.people.puppets import Puppets
from bot.core.session.session import Session
from bot.core.state.limits import Limits
from bot.core.state.streams import track_of_stream

M = TypeVar("M")
_defaults: dict[type, object] = {}  # of plugins' models, whose keys all have a default
EARLY = timedelta(minutes=30)  # a session that begins this long before a slot still belongs to it


def _of(models: Mapping[type, object], model: type[M]) -> M:
    found = models.get(model) or _defaults.get(model)
    if not isinstance(found, model):
        found = _defaults[model] = model()
    return found


class Team(Struct, frozen=True):
    """A configured team of a track, with its description for recaps and its meeting time."""

    name: str
    about: str = ""
    meeting: str = ""


class Maintainer(Struct, frozen=True):
    """Somebody who gets the drafts: a mail address, and the accounts of its owner ("oftc/account").

    name: the name of the first account; empty if there is none
    """

    mail: str
    accounts: frozenset[str] = frozenset()
    name: str = ""

    @property
    def proofs(self) -> frozenset[str]:
        """The accounts, and that of the address (`mail_account`)."""
        return self.accounts | {mail_account(self.mail)}


class BookingHours(Struct, frozen=True):
    """Hours that a team may book per day and per week; None for no limit."""

    day: float | None = None
    week: float | None = None


def slot_code(place: str, name: str) -> str:
    """The code of a slot: PLACE-NAME, or its name where it has no place."""
    return f"{place}-{name}" if place else name


class Slot(Struct, frozen=True):
    """A time and place in the schedule; `track` is empty while the slot is bookable.

    link:   the address of its call; empty if it has none of its own
    booked: people booked it for its track
    added:  it is in the journal only
    """

    name: str
    track: str
    place: str
    starts: datetime
    ends: datetime
    agenda: tuple[str, ...] = ()
    link: str = ""
    booked: bool = False
    added: bool = False

    @property
    def code(self) -> str:
        """The name by which people book it, which no other slot has: "Missouri-MonAM"; compared without regard to case."""
        return slot_code(self.place, self.name)


class Track(Struct, frozen=True):
    """A project or team of the gathering.

    venues:     tuples of linked rooms that share one session
    days:       the days on which it meets; empty if unknown
    archive:    the address of a letter in the archive of its list, as in `bot.core.archive_addresses`; empty if unknown
    moderators: proven accounts, "network/account"
    relay:      whether the bot relays lines between the linked rooms of a venue
    aliases:    rooms that a bridge joins to a room of a venue, mapped to that room; the bot ignores them
    configured: whether the configuration has it; otherwise only the journal knows it
    added:      people added it while the bot ran
    """

    slug: str
    name: str
    venues: tuple[tuple[str, ...], ...] = ()
    days: tuple[date, ...] = ()
    list: str = ""
    archive: str = ""
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
    configured: bool = True
    added: bool = False

    def of(self, model: type[M]) -> M:
        """The track's values of a plugin's model, with defaults for everything that is not configured."""
        return _of(self.models, model)

    def team(self, name: str | None) -> Team | None:
        """The configured team with this name, ignoring case; None if there is none."""
        wanted = (name or "").casefold()
        return next((team for team in self.teams if team.name.casefold() == wanted), None)


class Gathering(Struct, frozen=True):
    """The event; name and days are empty if no gathering is configured.

    rooms:     its own rooms, which belong to no track
    etherpads: the beginning of the addresses of its etherpads
    organizers: the mail addresses of those who get what concerns all tracks
    """

    slug: str = "gathering"
    name: str = ""
    kind: str = ""
    starts: date | None = None
    ends: date | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    url: str = ""
    rooms: tuple[str, ...] = ()
    etherpads: str = ""
    organizers: tuple[str, ...] = ()
    limits: BookingHours = BookingHours()


class Setup(Struct, frozen=True, dict=True):
    """The whole configuration, as the core and the plugins see it.

    names:    names that the bot answers to, besides its nick on each network
    prefixes, record_prefixes: characters before commands and before records
    networks: the configured networks: kind ("irc" or "matrix") by name
    puppets:  how to recognize the puppets of each configured bridge
    public_url: the address at which people find the pages, without a slash at its end; empty if it is not configured
    inbox_address: the address whose mail the bot reads; empty if it reads none
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
    limits: Limits = Limits()
    public_url: str = ""
    inbox_address: str = ""

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
        return {
            track.slug.casefold(): track for track in reversed(self.tracks)
        }  # the first track with a slug wins

    @cached_property
    def _by_track(self) -> dict[str, tuple[Slot, ...]]:
        found: dict[str, list[Slot]] = {}
        for slot in sorted(self.slots, key=lambda slot: slot.starts):
            found.setdefault(slot.track, []).append(slot)
        return {track: tuple(slots) for track, slots in found.items()}

    @cached_property
    def account_names(self) -> frozenset[str]:
        """The folded names of the accounts of admins, moderators and maintainers, without their networks."""
        accounts = [*self.admins]
        for track in self.tracks:
            accounts += track.moderators
            accounts += (account for maintainer in track.maintainers for account in maintainer.accounts)
        return frozenset(
            casefold(account[1:].partition(":")[0] if account[:1] == "@" else account.partition("/")[2])
            for account in accounts
        )

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The folded slugs and names of tracks, and the names of their teams."""
        names = [name for track in self.tracks for name in (track.slug, track.name)]
        names += [team.name for track in self.tracks for team in track.teams]
        return frozenset(map(casefold, names))

    def of(self, model: type[M]) -> M:
        """The values of a plugin's table, with defaults for everything that is not configured."""
        return _of(self.models, model)

    def is_gathering_room(self, room: str) -> bool:
        """Whether a room is one of the gathering's own."""
        return room in self.gathering.rooms

    @property
    def network_names(self) -> tuple[str, ...]:
        """The configured networks; if there are none, those of the rooms."""
        rooms = (
            *self.gathering.rooms,
            *(room for track in self.tracks for rooms in track.venues for room in rooms),
        )
        return tuple(self.networks) or tuple(dict.fromkeys(room.partition("/")[0] for room in rooms))

    def track(self, slug: str) -> Track | None:
        """The track with this slug, ignoring case; None if there is none."""
        return self._by_slug.get(slug.casefold())

    def tracks_of(self, room: str) -> tuple[Track, ...]:
        """The tracks that meet in this room."""
        return self._by_room.get(room, ())

    def track_in(self, room: str, session: Session | None) -> Track | None:
        """The track of the session, else the only track that meets in the room; None if there are several."""
        if session is not None:
            return self.track(session.track)
        tracks = self.tracks_of(room)
        return tracks[0] if len(tracks) == 1 else None

    def track_of(self, stream: str, session: Session | None) -> Track | None:
        """The track that a stream belongs to; `session` is the session of the stream, if it has one."""
        slug = session.track if session is not None else track_of_stream(stream)
        return self.track(slug) if slug is not None else None

    def with_tracks(self, slugs: Iterable[str]) -> "Setup":
        """The setup, and the tracks that only the journal knows; these have no rooms and no addresses."""
        left = [slug for slug in dict.fromkeys(slugs) if self.track(slug) is None]
        return replace(self, tracks=(*self.tracks, *(Track(slug, slug, configured=False) for slug in left)))

    def is_stranded(self, session: Session) -> bool:
        """Whether nobody can go on with a session: its track, or all of its networks, left the configuration."""
        track = self.track(session.track)
        return track is None or not track.configured or not self.rooms_left(session)

    def rooms_left(self, session: Session) -> tuple[str, ...]:
        """The rooms of a session whose networks are configured."""
        known = self.networks
        return tuple(room for room in session.rooms if not known or room.partition("/")[0] in known)

    def alias_of(self, room: str) -> str | None:
        """The room that a bridge joins to `room` and that the bot uses instead; None if `room` is no alias."""
        return self._aliases.get(room)

    def venue(self, track: Track, room: str) -> tuple[str, ...]:
        """All rooms that share a session with `room`."""
        return next((venue for venue in track.venues if room in venue), (room,))

    def slot_at(self, track: str, at: datetime) -> Slot | None:
        """The slot of a session that opens at `at`: the current one, or one that begins within half an hour."""
        return next((slot for slot in self.slots_of(track) if slot.starts - EARLY <= at < slot.ends), None)

    def slots_of(self, track: str) -> tuple[Slot, ...]:
        """The slots of a track, by start."""
        return self._by_track.get(track, ())
