"""What an encrypted room is told about its encryption, and how often."""

from pathlib import Path
from typing import Literal

import pytest

from bot.networks.matrix.encryption.room_notices import LOST, PLAIN, READABLE, UNREADABLE, RoomNotices
from bot.networks.matrix.errors import UnreachableError
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import DECRYPTED, OURS
from bot.networks.matrix.settings import MatrixSettings
from tests.networks.matrix.fake_homeserver import (
    AMARU,
    ME,
    FakeHomeserver,
    Json,
    created,
    member,
    said,
    state,
)

ENCRYPTION = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
ROOM = "!nova"


class Stage:
    """One room on one homeserver; `start` is a new start of the bot."""

    def __init__(
        self, folder: Path, *, encryption: bool = True, unverified: Literal["trust", "refuse"] = "trust"
    ) -> None:
        self.settings = MatrixSettings(
            "matrix", "https://hs", ME, encryption=encryption, unverified=unverified, data=folder
        )
        self.server = FakeHomeserver()

    async def start(self, *events: Json) -> None:
        self.notices = RoomNotices(self.settings, SavedState(self.settings))
        self.state = RoomState("matrix", ROOM, "#nova:example.org", ME)
        for event in (created(), member(ME), member(AMARU), *events):
            self.state.apply(event)
        await self.notices.on_entered(self.server, self.state)
        await self.notices.on_state(self.server, self.state)

    async def comes(self, event: Json) -> None:
        await self.notices.on_event(self.server, self.state, event)

    @property
    def notes(self) -> list[str]:
        return self.server.bodies(ROOM)


@pytest.mark.parametrize("unverified", ["trust", "refuse"])
async def test_a_room_that_it_can_read_is_told_once_what_is_not_protected(
    tmp_path: Path, unverified: Literal["trust", "refuse"]
) -> None:
    stage = Stage(tmp_path, unverified=unverified)
    await stage.start(ENCRYPTION)
    await stage.start(ENCRYPTION)
    assert stage.notes == [READABLE[unverified]]


async def test_a_room_that_it_cannot_read_is_told_that_nothing_is_recorded(tmp_path: Path) -> None:
    stage = Stage(tmp_path, encryption=False)
    await stage.start(ENCRYPTION)
    await stage.comes(said(1))
    assert stage.notes == [UNREADABLE]


async def test_a_message_without_encryption_is_remarked_once(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    await stage.start(ENCRYPTION)
    stage.server.events.clear()
    await stage.comes({**said(1), DECRYPTED: OURS})
    await stage.comes(said(2, sender=ME))
    await stage.comes({**said(3), "unsigned": {"redacted_because": {}}})
    assert stage.notes == []
    await stage.comes(
        {**said(4), DECRYPTED: "gatherbot.decrypted"}
    )  # a server can say so, but not with our object
    await stage.comes(said(5))
    assert stage.notes == [PLAIN.format(who="amaru")]


async def test_an_open_room_is_told_nothing(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    await stage.start()
    await stage.comes(said(1))
    assert stage.notes == []


async def test_a_room_stays_encrypted_when_the_homeserver_says_no_more_that_it_is(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    await stage.start(ENCRYPTION)
    stage.server.events.clear()
    await stage.start()
    await stage.start()
    assert stage.state.encrypted
    assert stage.notes == [LOST]


async def test_a_notice_that_did_not_go_out_is_said_with_the_next_event(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.server.answers.append(UnreachableError("away"))
    await stage.start(ENCRYPTION)
    assert stage.notes == []
    await stage.notices.on_state(stage.server, stage.state)
    assert stage.notes == [READABLE["trust"]]
