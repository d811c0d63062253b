"""The core knows the topic of every room, whatever tells it: what a session replaces is put back at its end."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.core.events import BackInRoom, TopicShown
from bot.networks.matrix.encryption.room_notices import RoomNotices
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.settings import MatrixSettings, Timing
from bot.networks.matrix.sync.responses import Sync
from bot.networks.matrix.sync.sync_reader import SyncReader
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
        kept = SavedState(settings)
        self.directory = RoomDirectory(settings)
        self.directory.bind(NOVA, "!nova")
        joins = Joins(settings, self.directory, kept, Timing(), now=lambda: 0.0)
        private = PrivateRooms()
        self.reader = SyncReader(
            settings, self.directory, joins, private, RoomNotices(settings, kept), lambda: NOW
        )
        self.server = FakeHomeserver()

    async def told(
        self, answer: Json, since: str | None, *, full_state: bool = False
    ) -> list[tuple[type, str | None]]:
        """Kind and topic of what the desk gets to know of the room."""
        inbox = Collected()
        await self.reader.read(Sync(self.server, inbox, asyncio.sleep, since, full_state=full_state), answer)
        events = [event for event in inbox.events if isinstance(event, BackInRoom | TopicShown)]
        assert {event.room.id for event in events} <= {f"matrix/{NOVA}"}
        return [(type(event), event.room.topic) for event in events]


async def test_at_the_first_start_a_room_tells_its_topic_as_we_come_in(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    assert await stage.told(response("1", nova=room(given=STATE)), None, full_state=True) == [
        (BackInRoom, "Nova on Matrix")
    ]


async def test_after_a_restart_nothing_was_missed_and_the_topic_is_told(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    assert await stage.told(response("2", nova=room(given=STATE)), "1", full_state=True) == [
        (TopicShown, "Nova on Matrix")
    ]


async def test_every_new_topic_is_told_whoever_sets_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    await stage.told(response("1", nova=room(given=STATE)), None, full_state=True)
    news = room(
        state("m.room.topic", {"topic": "Day 1"}, sender=ME), state("m.room.topic", {"topic": "by hand"})
    )
    assert await stage.told(response("2", nova=news), "1") == [(TopicShown, "Day 1"), (TopicShown, "by hand")]
