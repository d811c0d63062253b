"""A homeserver that answers as the test says; what it was asked for stays to be looked at."""

import asyncio
import itertools
from collections import defaultdict, deque
from typing import Any, TypeVar

from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.server.homeserver import Access, Content, Page
from tests.networks.matrix.fake_post import FakePost

ME = "@bot:example.org"
AMARU = "@amaru:example.org"
ROSA = "@rosa:example.org"
SECONDS = 1_823_950_800  # 2027-10-19 13:00 UTC

Json = dict[str, Any]
T = TypeVar("T")
numbers = itertools.count()


def said(number: int, text: str = "", sender: str = AMARU) -> Json:
    """A line of a room."""
    return {
        "type": "m.room.message",
        "event_id": f"$m{number}",
        "sender": sender,
        "origin_server_ts": (SECONDS + number) * 1000,
        "content": {"msgtype": "m.text", "body": text or f"line {number}"},
    }


def state(kind: str, content: Json, key: str = "", sender: str = AMARU, **unsigned: Any) -> Json:
    """A room's state, or a change of it."""
    return {
        "type": kind,
        "state_key": key,
        "event_id": f"$s{next(numbers)}",
        "sender": sender,
        "origin_server_ts": SECONDS * 1000,
        "content": content,
        "unsigned": unsigned,
    }


def member(user: str, membership: str = "join", *, sender: str = "", before: str = "") -> Json:
    """Somebody's coming or going."""
    former = {"prev_content": {"membership": before}} if before else {}
    return state("m.room.member", {"membership": membership}, user, sender or user, **former)


def created(version: str = "11", *, after: str = "") -> Json:
    """The event that made a room; `after` is the room that it replaced."""
    predecessor = {"predecessor": {"room_id": after}} if after else {}
    return state("m.room.create", {"room_version": version, **predecessor})


def room(*timeline: Json, given: tuple[Json, ...] = (), before: str = "") -> Json:
    """What a response tells of a room; `before`: the timeline is limited, and where it goes on."""
    return {
        "state": {"events": list(given)},
        "timeline": {"events": list(timeline), "limited": bool(before), "prev_batch": before},
    }


def response(position: str, **rooms: Json) -> Json:
    """A response to a sync; rooms are in `join` unless they are named leave or invite."""
    other = {kind: rooms.pop(kind) for kind in ("leave", "invite") if kind in rooms}
    return {
        "next_batch": position,
        "rooms": {"join": {f"!{name}": news for name, news in rooms.items()}, **other},
    }


class FakeHomeserver(FakePost):
    """Scripted.

    syncs:    what the next syncs answer or raise; after the last one nothing is ever new
    history:  pages of a room, by where they begin
    aliases:  where they lead; what is not here is not found
    refusing: what joining a room raises
    """

    def __init__(self, *syncs: Json | Exception) -> None:
        super().__init__(ME)
        self.syncs = deque(syncs)
        self.history: dict[tuple[str, str], Page | Exception | list[Page | Exception]] = {}
        self.aliases: dict[str, str | Exception] = {}
        self.refusing: dict[str, Exception] = {}
        self.people: dict[str, tuple[str, ...]] = defaultdict(lambda: (ME, AMARU, ROSA))
        self.logins: deque[Access | Exception] = deque()
        self.who: deque[tuple[str, str] | Exception] = deque()
        self.used: list[Access] = []
        self.asked: list[tuple[str | None, bool]] = []
        self.pages: list[tuple[str, str, str | None]] = []
        self.joined: list[tuple[str, tuple[str, ...]]] = []
        self.left: list[str] = []
        self.closed = 0
        self.idle = asyncio.Event()
        self._more = asyncio.Event()

    def tell(self, *syncs: Json | Exception) -> None:
        """What is new now."""
        self.idle.clear()
        self.syncs.extend(syncs)
        self._more.set()

    def use(self, access: Access) -> None:
        self.used.append(access)

    async def log_in(self, password: str, *, device: str, name: str) -> Access:
        answer = self.logins.popleft() if self.logins else Access(device or "DEVICE", "token")
        return _given(answer)

    async def whoami(self) -> tuple[str, str]:
        return _given(self.who.popleft() if self.who else (ME, "DEVICE"))

    async def display_name(self) -> str:
        return "Gatherbot"

    async def sync(self, since: str | None, *, wait: float, full_state: bool = False) -> Content:
        self.asked.append((since, full_state))
        while not self.syncs:
            self._more.clear()
            self.idle.set()
            await self._more.wait()
        return _given(self.syncs.popleft())

    async def messages(self, room: str, start: str, end: str | None) -> Page:
        self.pages.append((room, start, end))
        answer = self.history.get((room, start), Page((), ""))
        return _given(answer.pop(0) if isinstance(answer, list) else answer)

    async def members(self, room: str) -> Content:
        return {"joined": {user: {} for user in self.people[room]}}

    async def resolve(self, alias: str) -> tuple[str, tuple[str, ...]]:
        answer = _given(self.aliases.get(alias, RefusedError("M_NOT_FOUND")))
        return answer, ("hs.example.org",)

    async def join(self, room: str, via: tuple[str, ...] = ()) -> str:
        self.joined.append((room, via))
        if room in self.refusing:
            raise self.refusing[room]
        return room

    async def leave(self, room: str) -> None:
        self.left.append(room)

    async def close(self) -> None:
        self.closed += 1


def _given(answer: T | Exception) -> T:
    if isinstance(answer, Exception):
        raise answer
    return answer
