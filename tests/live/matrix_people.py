"""People on a Matrix homeserver, made of plain HTTP: an independent view of what the bot does there."""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import aiohttp

PATIENCE = 60.0  # seconds; a machine where all tests run at once is slow
CLIENT = "/_matrix/client/v3"
Event = dict[str, Any]
keys = itertools.count()
# by default an answer holds the last 10 events of a room, and what came before them is never seen
FILTER = quote('{"room":{"timeline":{"limit":1000}}}')


class AnsweredError(Exception):
    """The homeserver said no; `code` as in the specification."""

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {answer}")
        self.status = status
        self.code = str(answer.get("errcode", ""))


class Person:
    """Somebody with an account; registered with the password "pw-NAME" where there is none yet.

    events: what they saw in each room since they came, oldest first, by room id
    """

    def __init__(self, url: str, name: str) -> None:
        self.url = url
        self.name = name
        self.user = ""
        self.token = ""
        self.device = ""
        self.events: dict[str, list[Event]] = {}
        self.invites: dict[str, list[Event]] = {}
        self._http = aiohttp.ClientSession()
        self._watching: asyncio.Task[None] | None = None
        self._more = asyncio.Event()

    async def __aenter__(self) -> Self:
        return await self.enter()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.leave()

    async def enter(self) -> Self:
        """Log in, and see what happens from now on."""
        proof = {"type": "m.login.dummy"}
        wanted = {"username": self.name, "password": f"pw-{self.name}", "auth": proof}
        try:
            answer = await self.ask("POST", "/register", wanted)
        except AnsweredError as error:
            if error.code != "M_USER_IN_USE":
                raise
            who = {"type": "m.id.user", "user": self.name}
            answer = await self.ask(
                "POST",
                "/login",
                {"type": "m.login.password", "identifier": who, "password": f"pw-{self.name}"},
            )
        self.user, self.token, self.device = answer["user_id"], answer["access_token"], answer["device_id"]
        answer = await self.ask("GET", "/sync")
        self._take(answer)
        self._watching = asyncio.create_task(self._watch(answer["next_batch"]))
        return self

    async def leave(self) -> None:
        """Close the connection; they stay in their rooms."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        await self._http.close()

    async def ask(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Any:
        """Any request to the client API, without its beginning. Raises AnsweredError."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = content if content is not None or method == "GET" else {}
        async with self._http.request(
            method, f"{self.url}{CLIENT}{path}", json=body, headers=headers
        ) as response:
            answer = await response.json()
            if response.status >= 300:
                raise AnsweredError(response.status, answer)
            return answer

    async def create(self, version: str = "12", **wanted: Any) -> str:
        """A public room of this version; its id. `wanted` as in the specification: room_alias_name, invite, ..."""
        answer = await self.ask(
            "POST", "/createRoom", {"preset": "public_chat", "room_version": version, **wanted}
        )
        return str(answer["room_id"])

    async def join(self, room: str) -> None:
        """By id or alias."""
        await self.ask("POST", f"/join/{quote(room, safe='')}")

    async def do(self, room: str, what: str, **content: Any) -> Any:
        """What is done to a room by POST: invite, kick, ban, unban, leave, upgrade."""
        return await self.ask("POST", f"/rooms/{quote(room, safe='')}/{what}", content)

    async def invite(self, room: str, user: str) -> None:
        """Ask somebody in who may come by the room's alias at the same moment."""
        try:
            await self.do(room, "invite", user_id=user)
        except AnsweredError:
            if await self.member(room, user) != "join":
                raise

    async def say(self, room: str, text: str, **more: Any) -> str:
        """A line of text; the event's id."""
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def edit(self, room: str, target: str, text: str) -> str:
        """Have a message say something else; the edit's id."""
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": target}
        return await self.say(room, f"* {text}", **{"m.new_content": new, "m.relates_to": relation})

    async def react(self, room: str, target: str, emoji: str) -> str:
        """React to a message; the reaction's id."""
        relation = {"rel_type": "m.annotation", "event_id": target, "key": emoji}
        return await self.send(room, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room: str, target: str) -> str:
        """Take an event away; the redaction's id."""
        path = f"/rooms/{quote(room, safe='')}/redact/{quote(target, safe='')}/k{next(keys)}-{id(self)}"
        return str((await self.ask("PUT", path))["event_id"])

    async def send(self, room: str, kind: str, content: Mapping[str, Any]) -> str:
        """Any event; its id."""
        path = f"/rooms/{quote(room, safe='')}/send/{kind}/k{next(keys)}-{id(self)}"
        return str((await self.ask("PUT", path, content))["event_id"])

    async def set_state(self, room: str, kind: str, content: Mapping[str, Any], key: str = "") -> str:
        """Set a room's state; the event's id."""
        path = f"/rooms/{quote(room, safe='')}/state/{kind}/{quote(key, safe='')}"
        return str((await self.ask("PUT", path, content))["event_id"])

    async def state(self, room: str, kind: str, key: str = "") -> Any:
        """What a room's state is."""
        return await self.ask("GET", f"/rooms/{quote(room, safe='')}/state/{kind}/{quote(key, safe='')}")

    async def member(self, room: str, user: str) -> str:
        """What somebody is in a room: join, invite, leave, ban; empty where they never were."""
        try:
            return str((await self.state(room, "m.room.member", user))["membership"])
        except AnsweredError:
            return ""

    async def until_member(self, room: str, user: str, membership: str) -> None:
        """Wait until somebody is this in a room."""

        def memberships() -> list[str]:
            return [
                event["content"]["membership"]
                for event in self.events.get(room, [])
                if event["type"] == "m.room.member" and event["state_key"] == user
            ]

        await self.until(lambda: memberships()[-1:] == [membership])

    def said(self, room: str, by: str, kind: str = "m.room.message") -> list[Event]:
        """The events of this kind that somebody sent to a room."""
        return [
            event for event in self.events.get(room, []) if event["type"] == kind and event["sender"] == by
        ]

    async def heard(self, room: str, by: str, count: int) -> list[str]:
        """The first `count` texts that somebody said in a room, waited for."""
        await self.until(lambda: len(self.said(room, by)) >= count)
        return [str(event["content"].get("body")) for event in self.said(room, by)[:count]]

    async def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is so; looked at with all that comes in."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._more.clear()
                await self._more.wait()

    async def _watch(self, since: str) -> None:
        while True:
            try:
                answer = await self.ask(
                    "GET", f"/sync?timeout=30000&filter={FILTER}&since={quote(since, safe='')}"
                )
            except (aiohttp.ClientError, OSError):  # the server is away; a test may do that
                await asyncio.sleep(0.1)
                continue
            since = answer["next_batch"]
            self._take(answer)

    def _take(self, answer: Mapping[str, Any]) -> None:
        rooms = answer.get("rooms", {})
        for kind in ("join", "leave"):
            for room, news in rooms.get(kind, {}).items():
                known = self.events.setdefault(room, [])
                known += news.get("state", {}).get("events", []) + news["timeline"]["events"]
        for room, news in rooms.get("invite", {}).items():
            self.invites[room] = news["invite_state"]["events"]
        self._more.set()
