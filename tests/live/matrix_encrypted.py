"""Somebody who uses encrypted rooms with a program of their own: matrix-nio's client, which the bot does not use so."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from nio import AsyncClient, AsyncClientConfig, MegolmEvent, RoomMessage

from tests.live.matrix_servers import Homeserver

PATIENCE = 60.0  # seconds; a machine where all tests run at once is slow
ENCRYPTION = {
    "type": "m.room.encryption",
    "state_key": "",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}


class EncryptedPerson:
    """Somebody with an account (password "pw-NAME") and a device whose keys are in a folder.

    read:   sender, body and content of what was said encrypted and they could read, in order
    open:   sender and body of what was said in the clear
    unread: what they could not
    """

    def __init__(self, homeserver: Homeserver, name: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.user = homeserver.user(name)
        self.name = name
        self.read: list[tuple[str, str, dict[str, Any]]] = []
        self.open: list[tuple[str, str]] = []
        self.unread: list[MegolmEvent] = []
        self._client = AsyncClient(
            homeserver.url,
            self.user,
            store_path=str(folder),
            config=AsyncClientConfig(encryption_enabled=True, max_timeouts=3, max_limit_exceeded=3),
        )
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._client.login(f"pw-{self.name}", device_name="a person's")
        await self._client.keys_upload()  # who has no keys yet is given none
        await self._client.sync(timeout=0, full_state=True)
        self._client.add_event_callback(self._on_message, RoomMessage)
        self._client.add_event_callback(self._on_unread, MegolmEvent)
        self._watching = asyncio.create_task(self._client.sync_forever(timeout=5000))
        return self

    async def __aexit__(self, *how: object) -> None:
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        await self._client.close()
        self._client.store.database.close()

    async def create(self, *invited: str, **wanted: Any) -> str:
        """An encrypted room; its id."""
        answer = await self._client.room_create(invite=invited, initial_state=[ENCRYPTION], **wanted)
        await self.until(lambda: answer.room_id in self._client.rooms)
        return str(answer.room_id)

    async def join(self, room: str) -> None:
        """By id."""
        await self._client.join(room)

    async def until_there(self, room: str, user: str) -> None:
        """Wait until somebody joined a room, as this person's program sees it."""

        def joined() -> bool:
            known = self._client.rooms.get(room)
            return known is not None and user in known.users and user not in known.invited_users

        await self.until(joined)

    async def say(self, room: str, text: str, **more: Any) -> str:
        """A line of text, encrypted; the event's id."""
        content = {"msgtype": "m.text", "body": text, **more}
        answer = await self._client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
        return str(answer.event_id)

    def bodies(self, by: str) -> list[str]:
        """What somebody said, as far as this person could read it."""
        return [body for sender, body, _ in self.read if sender == by]

    async def heard(self, by: str, count: int) -> list[str]:
        """The first `count` texts that somebody said, waited for."""
        await self.until(lambda: len(self.bodies(by)) >= count)
        return self.bodies(by)[:count]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110 - what changes is the client's own state
                await asyncio.sleep(0.02)

    def _on_message(self, room: object, event: RoomMessage) -> None:
        if event.decrypted:
            self.read.append((event.sender, event.body, event.source["content"]))
        else:
            self.open.append((event.sender, event.body))

    def _on_unread(self, room: object, event: MegolmEvent) -> None:
        self.unread.append(event)
