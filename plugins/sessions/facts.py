"""The facts of the sessions plugin; those of sessions themselves are in the core."""

from datetime import date

from msgspec import Struct


class SessionCounted(Struct, frozen=True):
    """Somebody started a session on this day. It is in the stream of the gathering, because it outlives the session."""

    day: date


class SessionRested(Struct, frozen=True):
    """The time after the end of a session was over in which its room can add to it in any case."""


FACTS: tuple[type, ...] = (SessionCounted, SessionRested)
