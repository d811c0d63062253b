"""A homeserver that takes what is sent, or refuses it as the test says; known transaction ids give the known event."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

from bot.networks.matrix.server.homeserver import Content


class FakePost:
    """Keeps what it gets.

    sent:     room, kind, content and transaction id of every request, also of those that were refused
    events:   what is in the rooms, by room and transaction id
    answers:  raised by the next requests to send or to set state; None lets one through
    no_room:  raised by the next requests for a private room
    """

    def __init__(self, user: str = "@bot:example.org") -> None:
        self.user = user
        self.sent: list[tuple[str, str, Content, str]] = []
        self.events: dict[tuple[str, str], Content] = {}
        self.state: list[tuple[str, str, Content]] = []
        self.answers: deque[Exception | None] = deque()
        self.no_room: deque[Exception] = deque()
        self.asked_for: list[str] = []
        self.rooms: Mapping[str, str] = {}
        self.largest: int | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.under_way = 0
        self.most_under_way = 0

    def bodies(self, room: str = "!a") -> list[str]:
        """What stands in a room, in order."""
        return [
            content["body"] if "body" in content else content["m.relates_to"]["key"]
            for (where, _), content in self.events.items()
            if where == room
        ]

    async def send(self, room: str, kind: str, content: Content, key: str) -> str:
        self.sent.append((room, kind, content, key))
        await self._answer()
        self.events.setdefault((room, key), content)
        return f"${key}"

    async def set_state(self, room: str, kind: str, content: Content) -> None:
        self.state.append((room, kind, content))
        await self._answer()

    async def private_room(self, user: str) -> str:
        self.asked_for.append(user)
        if self.no_room:
            raise self.no_room.popleft()
        return self.rooms.get(user, f"!with-{user}")

    async def _answer(self) -> None:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await self.gate.wait()
        finally:
            self.under_way -= 1
        answer: Any = self.answers.popleft() if self.answers else None
        if answer is not None:
            raise answer
