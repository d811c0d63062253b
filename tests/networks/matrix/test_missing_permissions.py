import pytest

from bot.networks.contract import MissingPermission
from bot.networks.matrix.rooms.missing_permissions import missing_permissions_of
from bot.networks.matrix.rooms.room_state import RoomState

ME = "@bot:example.org"
AMARU = "@amaru:example.org"
MUTE = MissingPermission(
    "m: #nova: the bot may not say anything there: somebody must give it the power to", critical=True
)
UNREAD = MissingPermission(
    "m: #nova: the room is encrypted, and nothing said there is recorded: set encryption = true",
    critical=True,
)
UNSEEN = MissingPermission("m: #nova: the bot may not react there, so nobody sees that something is recorded")


def topic(level: int) -> MissingPermission:
    return MissingPermission(
        f"m: #nova: the bot may not set the topic, which takes a power level of {level}; it stays as it is"
    )


@pytest.mark.parametrize(
    ("levels", "lacks"),
    [
        ({"users": {ME: 50}}, []),
        ({}, [topic(50)]),
        ({"state_default": 70}, [topic(70)]),
        ({"events": {"m.room.topic": 0}}, []),
        ({"events": {"m.room.topic": 100}, "users": {ME: 99}}, [topic(100)]),
        ({"events_default": 1, "users_default": 1, "state_default": 1}, []),
        ({"events_default": 1}, [MUTE, topic(50)]),
        ({"events": {"m.reaction": 1, "m.room.topic": 0}}, [UNSEEN]),
    ],
)
def test_what_a_room_does_not_let_the_bot_do(
    levels: dict[str, object], lacks: list[MissingPermission]
) -> None:
    hall = RoomState("m", "!nova:example.org", "#nova", ME)
    hall.apply({"type": "m.room.create", "state_key": "", "sender": AMARU, "content": {"room_version": "11"}})
    hall.apply({"type": "m.room.power_levels", "state_key": "", "sender": AMARU, "content": levels})
    assert list(missing_permissions_of(hall)) == lacks


def test_a_room_that_cannot_be_read() -> None:
    assert list(missing_permissions_of(RoomState("m", "!nova:example.org", "#nova", ME), readable=False)) == [
        UNREAD,
        topic(50),
    ]
