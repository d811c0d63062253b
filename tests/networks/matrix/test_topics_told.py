"""The core knows the topic of every room, whatever tells it: what a session replaces is put back at its end."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.core.events import BackInRoom, TopicShown
from bot.networks.matrix.encryption.unreadable_rooms import Unreadable
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.rooms.room_directory import Places
from bot.networks.matrix.saved_state import Kept
from bot.networks.matrix.settings import MatrixSettings, Timing
from bot.networks.matrix.sync.responses import Visit
from bot.networks.matrix.sync.sync_reader import Telling
from tests.networks.contract import Collected
from tests.networks.matrix.fake_homeserver import (
    ME,
    FakeHomeserver,
    Json,
    created,
    member,
    response,
    room,
    state,
)

NOW = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
NOVA = "#nova:example.org"
STATE = (created(), member(ME), state("m.room.topic", {"topic": "Nova on Matrix"}))


class Stage:
    """What is told of one configured room."""

    def __init__(self, folder: Path) -> None:
        settings = MatrixSettings("matrix", "https://hs", ME, rooms=(NOVA,), data=folder)
        kept = Kept(settings)
        self.places = Places(settings)
        self.places.bind(NOVA, "!nova")
        joins = Joins(settings, self.places, kept, Timing(), now=lambda: 0.0)
        private = PrivateRooms()
        self.telling = Telling(settings, self.places, joins, private, Unreadable(settings, kept), lambda: NOW)
        self.server = FakeHomeserver()

    async def told(
        self, answer: Json, since: str | None, *, whole: bool = False
    ) -> list[tuple[type, str | None]]:
        """Kind and topic of what the desk gets to know of the room."""
        inbox = Collected()
        await self.telling.tell(Visit(self.server, inbox, asyncio.sleep, since, whole=whole), answer)
        events = [event for event in inbox.events if isinstance(event, BackInRoom | TopicShown)]
        assert {event.room.id for event in events} <= {f"matrix/{NOVA}"}
        return [(type(event), event.room.topic) for event in events]


async def test_at_the_first_start_a_room_tells_its_topic_as_we_come_in(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    assert await stage.told(response("1", nova=room(given=STATE)), None, whole=True) == [
        (BackInRoom, "Nova on Matrix")
    ]


async def test_after_a_restart_nothing_was_missed_and_the_topic_is_told(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    assert await stage.told(response("2", nova=room(given=STATE)), "1", whole=True) == [
        (TopicShown, "Nova on Matrix")
    ]


async def test_every_new_topic_is_told_whoever_sets_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    await stage.told(response("1", nova=room(given=STATE)), None, whole=True)
    news = room(
        state("m.room.topic", {"topic": "Day 1"}, sender=ME), state("m.room.topic", {"topic": "by hand"})
    )
    assert await stage.told(response("2", nova=news), "1") == [(TopicShown, "Day 1"), (TopicShown, "by hand")]
