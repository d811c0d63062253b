"""The facts of the sessions plugin; those of sessions themselves are in the core."""

from datetime import date

from msgspec import Struct


class SessionCounted(Struct, frozen=True):
    """Somebody started a session on this day. It is in the stream of the gathering, because it outlives the session."""

    day: date


FACTS: tuple[type, ...] = (SessionCounted,)
