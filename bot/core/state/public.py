"""The state as everybody may see it: nothing of tracks that are not public.

Pages are made from this view alone, so that neither a plugin nor a template has to think of what is private.
"""

from collections.abc import Container, Hashable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.core.events import Room
from bot.core.people.identity import Identity
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Maintainer, Setup, Track
from bot.core.state.streams import track_of_stream
from bot.core.state.unreadable import UnreadableStreams
from bot.core.state.view import NOTHING, StateView

NAMES_A_TRACK = ("track", "slug")  # fields of facts in streams that all tracks share


def is_public(track: Track) -> bool:
    """Whether everybody may see a track; of one that left the configuration nobody knows it."""
    return track.public and track.configured


def public_setup(setup: Setup) -> Setup:
    """The setup without tracks that are not public, their slots, and the addresses and accounts of people.

    Maintainers stay as many as they are, because whether a track has some says where its recap goes.
    """
    seen = {track.slug for track in setup.tracks if is_public(track)}
    return replace(
        setup,
        tracks=tuple(_without_accounts(track) for track in setup.tracks if track.slug in seen),
        slots=tuple(slot for slot in setup.slots if not slot.track or slot.track in seen),
        admins=frozenset(),
    )


def _without_accounts(track: Track) -> Track:
    return replace(
        track, moderators=frozenset(), maintainers=tuple(Maintainer("") for _ in track.maintainers)
    )


class _Sifted(Struct, frozen=True):
    """What was left of a stream after its first `count` entries; None if all of them were."""

    hidden: frozenset[str]
    origin: object
    count: int
    left: Growing[Entry] | None


class PublicStreams:
    """The streams that all tracks share, without what is about tracks that nobody may see; continued as they grow.

    Entries that stand beside entries that were left out are of a stream of another name: what plugins fold of them is kept
    apart from what they fold of all.
    """

    def __init__(self) -> None:
        self._sifted: dict[str, _Sifted] = {}

    def of(self, name: str, entries: Growing[Entry], hidden: frozenset[str]) -> Growing[Entry]:
        """What is left of a stream without the tracks with these slugs."""
        known = self._sifted.get(name)
        if known is None or known.hidden != hidden or not entries.continues(known.origin, known.count):
            known = _Sifted(hidden, entries.origin, 0, None)
        left, new = known.left, entries.after(known.count)
        if left is None and any(_names(entry.fact, hidden) for entry in new):
            left, new = Growing(), list(entries)
        if left is not None:
            for entry in new:
                if not _names(entry.fact, hidden):
                    left = left.plus(replace(entry, stream=f"{entry.stream} in public"))
        self._sifted[name] = _Sifted(hidden, entries.origin, len(entries), left)
        return entries if left is None else left


class PublicState(StateView):
    """A state of which only the public part is seen; it follows the state that it is made from."""

    def __init__(
        self, state: StateView, setup: Setup | None = None, streams: PublicStreams | None = None
    ) -> None:
        """Look at a state.

        setup:   its `public_setup`, where the caller has it already
        streams: what the caller keeps of its streams from one look to the next
        """
        super().__init__(setup or public_setup(state.setup), state)
        self._all = state
        self._streams = streams or PublicStreams()
        self._hidden = frozenset(
            track.slug.casefold() for track in state.setup.tracks if self.setup.track(track.slug) is None
        )
        self.unreadable = UnreadableStreams()
        for one in state.unreadable:
            if one.track and self.setup.track(one.track) is not None:
                self.unreadable.add(one)

    def is_seen(self, track: str) -> bool:
        """Whether everybody may see the track with this slug."""
        return self.setup.track(track) is not None

    def session(self, session_id: str) -> Session | None:
        """A session in memory, of a public track."""
        return self._public(self._all.session(session_id))

    def running(self, room: str) -> Session | None:
        """The session of a public track that runs in a room."""
        return self._public(self._all.running(room))

    def _public(self, session: Session | None) -> Session | None:
        return session if session is not None and self.is_seen(session.track) else None

    def sessions(self) -> Iterator[Session]:
        """All sessions of public tracks in memory, in no order."""
        return (session for session in self._all.sessions() if self.is_seen(session.track))

    def of_track(self, track: str) -> list[Session]:
        """The sessions of a public track that are in memory, by start."""
        return self._all.of_track(track) if self.is_seen(track) else []

    def stream(self, name: str) -> Growing[Entry]:
        """The entries of a stream: of a public track, or of all tracks without those that name one that is not public."""
        entries, slug = self._all.stream(name), track_of_stream(name)
        if slug is not None:
            return entries if self.is_seen(slug) else NOTHING
        return self._streams.of(name, entries, self._hidden) if self._hidden else entries

    def last_number(self, track: str) -> int:
        """The highest record number that a public track's gathering has used."""
        return self._all.last_number(track) if self.is_seen(track) else 0

    def last_heard(self, session_id: str) -> datetime | None:
        """The time of the last line of a public track's session."""
        return self._all.last_heard(session_id) if self.session(session_id) is not None else None

    def last_spoke(self, session_id: str, who: Identity) -> datetime | None:
        """The time of somebody's last line in a public track's session."""
        return self._all.last_spoke(session_id, who) if self.session(session_id) is not None else None

    def room(self, room_id: str) -> Room | None:
        """A room of the gathering, or where only public tracks meet, as its network last reported it."""
        setup = self._all.setup
        tracks = setup.tracks_of(room_id)
        is_ours = bool(tracks) or setup.is_gathering_room(room_id)
        return self._all.room(room_id) if is_ours and all(map(is_public, tracks)) else None

    def remembered(self, key: Hashable) -> object:
        """Nothing: what plugins remember is theirs."""
        del key
        return None


def _names(fact: object, slugs: Container[str]) -> bool:
    """Whether a fact, or the slot in it, is about one of these tracks."""
    parts = (fact, getattr(fact, "slot", None))
    named = (getattr(part, name, "") for part in parts for name in NAMES_A_TRACK)
    return any(isinstance(slug, str) and slug.casefold() in slugs for slug in named)
