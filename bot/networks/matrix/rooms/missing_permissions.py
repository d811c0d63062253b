"""What a Matrix room does not allow the bot to do, for people who can change that."""

from collections.abc import Iterator

from bot.networks.contract import MissingPermission
from bot.networks.matrix.rooms.room_state import RoomState

TOPIC = "m.room.topic"


def missing_permissions_of(state: RoomState, *, readable: bool = True) -> Iterator[MissingPermission]:
    """What the bot lacks in a room that it is in; `readable` is whether it can read there."""
    room, me = f"{state.network}: {state.name}", state.me
    if not readable:
        yield MissingPermission(
            f"{room}: the room is encrypted, and nothing said there is recorded: set encryption = true",
            critical=True,
        )
    if not state.may_send(me):
        yield MissingPermission(
            f"{room}: the bot may not say anything there: somebody must give it the power to", critical=True
        )
    elif not state.may_send(me, "m.reaction"):
        yield MissingPermission(
            f"{room}: the bot may not react there, so nobody sees that something is recorded"
        )
    if not state.may_send_state(me, TOPIC):
        level = state.state_level(TOPIC)
        yield MissingPermission(
            f"{room}: the bot may not set the topic, which takes a power level of {level}; it stays as it is"
        )
