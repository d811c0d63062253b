"""How far the journal is for a page: a version that changes whenever something changes that the page depends on.

Versions count from the start of the bot, so the token of the start is a part of them.
"""

import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2s

from bot.core.facts import GATHERING
from bot.core.plugin.pages import Chooser, Held, Loads
from bot.core.state.setup import Setup
from bot.core.state.streams import track_of_stream, track_stream

LOG = "log/"  # before the id of a session: its log


class Positions:
    """The changes of each stream since the start."""

    def __init__(self, token: str = "") -> None:
        self._token = token or secrets.token_hex(4)
        self._changes: Counter[str] = Counter()
        self._public = 0

    def note(self, streams: Iterable[str], logs: Iterable[str], hidden: Iterable[str]) -> None:
        """Note the streams that a commit changed, the sessions whose log it continued, and which of these nobody may see."""
        self._changes.update(streams)
        self._changes.update(f"{LOG}{session}" for session in logs)
        if set(streams) - set(hidden):
            self._public += 1

    def version(self, view: str, streams: Iterable[str] | None, at: datetime) -> str:
        """The version of a view in this minute; it depends on these streams, or on everything public if None."""
        seen = [self._public] if streams is None else [self._changes[stream] for stream in streams]
        words = f"{self._token} {view} {seen} {at:%Y-%m-%dT%H:%M}"
        return blake2s(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


def streams_of(loads: Loads | Chooser, held: Held | None) -> list[str] | None:
    """The streams that a page depends on; None for everything that is public.

    A page of one session depends on that, on its track, and on what concerns all: who is who, the programme.
    """
    if held is None or loads not in {Loads.SESSION, Loads.LOG}:
        return None
    log = [f"{LOG}{held.id}"] if loads is Loads.LOG else []
    return [held.id, track_stream(held.track), GATHERING, *log]


def is_hidden(stream: str, track: str | None, public: Setup) -> bool:
    """Whether nobody may see a stream; `track` is the slug of its session's track, if it is one of a session."""
    slug = track if track is not None else track_of_stream(stream)
    return slug is not None and public.track(slug) is None
