"""The streams that cannot be read: they are left out of memory, and nothing is written to them.

A stored fact may be damaged, or of a kind that the fold refuses. The stream stays as it is on disk, everything else runs,
and the answers in its rooms say so.
"""

from collections.abc import Iterator

from msgspec import Struct

from bot.core.state.streams import track_stream


class UnreadableError(LookupError):
    """A fact would belong to a stream that cannot be read."""


class Unreadable(Struct, frozen=True):
    """A stream that cannot be read.

    track: slug of its track; empty for the gathering's stream
    rooms: the rooms of a session that was running; empty for all other streams
    why:   what is wrong with it, for admins
    """

    stream: str
    track: str
    rooms: tuple[str, ...]
    why: str


class UnreadableStreams:
    """All streams that could not be read since the start."""

    def __init__(self) -> None:
        self._by_stream: dict[str, Unreadable] = {}

    def add(self, stream: Unreadable) -> None:
        """Leave a stream out."""
        self._by_stream[stream.stream] = stream

    def __contains__(self, stream: str) -> bool:
        return stream in self._by_stream

    def __iter__(self) -> Iterator[Unreadable]:
        return iter(self._by_stream.values())

    def __bool__(self) -> bool:
        return bool(self._by_stream)

    def session_in(self, room: str) -> Unreadable | None:
        """The session that ran in this room; None if there is none that cannot be read."""
        return next((one for one in self if room in one.rooms), None)

    def has_track(self, slug: str) -> bool:
        """Whether the stream of a track cannot be read."""
        return bool(self) and track_stream(slug) in self

    def may_hold_record(self, track: str) -> bool:
        """Whether a session of this track cannot be read."""
        return any(one.track == track and one.stream != track_stream(track) for one in self)
