"""A bare bot on matrix-nio: answers `#bothelp WORDS` with WORDS, stores nothing; what the round trip is measured beside.

    python tests/bench/echo.py HOMESERVER USER PASSWORD ROOM
"""

import asyncio
import sys

from nio import AsyncClient, MatrixRoom, RoomMessageText

HOMESERVER, USER, PASSWORD, ROOM = sys.argv[1:5]


async def main() -> None:
    """Join the room, then answer for ever."""
    client = AsyncClient(HOMESERVER, USER)
    await client.login(PASSWORD)
    await client.join(ROOM)
    await client.sync(timeout=0, full_state=True)  # what was said before is not answered

    async def heard(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != USER and event.body.startswith("#bothelp "):
            content = {"msgtype": "m.notice", "body": event.body.removeprefix("#bothelp ")}
            await client.room_send(room.room_id, "m.room.message", content)

    client.add_event_callback(heard, RoomMessageText)  # type: ignore[arg-type]  # nio's own example does the same
    print("ready", flush=True)
    await client.sync_forever(timeout=30_000)


asyncio.run(main())
