"""A room that the bot wants to join, or an invitation that it declines."""

from msgspec import Struct

NEVER = float("inf")


class JoinRequest(Struct):
    """A room to join, or an invitation to decline.

    name:      as configured, or the room's id
    due:       when to try next, in seconds of the loop's clock; infinite during an attempt
    reported:  why the last attempt failed, as logged
    """

    name: str
    room_id: str = ""
    due: float = 0.0
    via: tuple[str, ...] = ()
    attempts: int = 0
    attempts_left: float = NEVER
    decline: bool = False
    successor: bool = False
    reported: str = ""
    inviter: str = ""
