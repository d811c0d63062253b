"""What a Matrix room does not let the bot do, for those who can change that."""

from collections.abc import Iterator

from bot.networks.contract import Lack
from bot.networks.matrix.rooms.room_state import Hall

TOPIC = "m.room.topic"


def lacks_of(hall: Hall, *, readable: bool = True) -> Iterator[Lack]:
    """What the bot may not do in a room that it is in, and whether it can read there."""
    room, me = f"{hall.network}: {hall.name}", hall.me
    if not readable:
        yield Lack(
            f"{room}: the room is encrypted, and nothing said there is recorded: set encryption = true",
            grave=True,
        )
    if not hall.may_send(me):
        yield Lack(
            f"{room}: the bot may not say anything there: somebody must give it the power to", grave=True
        )
    elif not hall.may_send(me, "m.reaction"):
        yield Lack(f"{room}: the bot may not react there, so nobody sees that something is recorded")
    if not hall.may_send_state(me, TOPIC):
        level = hall.state_level(TOPIC)
        yield Lack(
            f"{room}: the bot may not set the topic, which takes a power level of {level}; it stays as it is"
        )
