"""What a homeserver does for encrypted rooms: holds keys, hands each out once, carries messages to devices."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from bot.networks.matrix.encryption.encryption import Encryption
from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.server.homeserver import Access, Content
from bot.networks.matrix.settings import MatrixSettings

ROOM = "!room"


class KeyServer:
    """One for all; `rooms` are its encrypted rooms, and who is in each.

    asked:     the first two parts of the path of every request
    refusals:  what is raised for some of them
    meanwhile: what happens once while the answer to one of them is on its way
    """

    def __init__(self) -> None:
        self.rooms: dict[str, set[str]] = defaultdict(set)
        self.asked: list[str] = []
        self.devices: dict[str, dict[str, Any]] = defaultdict(dict)
        self.once: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
        self.queues: dict[tuple[str, str], list[Content]] = defaultdict(list)
        self.refusals: dict[str, Exception] = {}
        self.meanwhile: dict[str, Callable[[], Awaitable[object]]] = {}

    async def ask(self, user: str, device: str, path: tuple[str, ...], content: Mapping[str, Any]) -> Content:
        what = "/".join(path[:2])
        self.asked.append(what)
        if refusal := self.refusals.get(what):
            raise refusal
        answer = self._answer(user, device, path, content)
        if happening := self.meanwhile.pop(what, None):
            await happening()
        return answer

    def _answer(self, user: str, device: str, path: tuple[str, ...], content: Mapping[str, Any]) -> Content:
        match path:
            case ("keys", "upload"):
                return self._upload(user, device, content)
            case ("keys", "query"):
                return {
                    "device_keys": {key: dict(self.devices.get(key, {})) for key in content["device_keys"]}
                }
            case ("keys", "claim"):
                return {"one_time_keys": self._claim(content["one_time_keys"])}
            case ("sendToDevice", kind, _):
                self._carry(user, kind, content["messages"])
            case ("rooms", room, "joined_members"):
                return {"joined": {user: {} for user in sorted(self.rooms[room])}}
            case ("rooms", room, "state", "m.room.encryption"):
                if room not in self.rooms:
                    raise RefusedError("M_NOT_FOUND")
        return {}

    def _upload(self, user: str, device: str, content: Mapping[str, Any]) -> Content:
        if "device_keys" in content:
            self.devices[user][device] = content["device_keys"]
        self.once[user, device] |= content["one_time_keys"]
        return {"one_time_key_counts": {"signed_curve25519": len(self.once[user, device])}}

    def _carry(self, user: str, kind: str, messages: Mapping[str, Mapping[str, Content]]) -> None:
        for to, devices in messages.items():
            for device, message in devices.items():
                self.queues[to, device].append({"type": kind, "sender": user, "content": message})

    def _claim(self, wanted: Mapping[str, Mapping[str, str]]) -> Content:
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for user, devices in wanted.items():
            for device in devices:
                if held := self.once[user, device]:
                    name = next(iter(held))
                    found[user][device] = {name: held.pop(name)}
        return found


class Peer:
    """Somebody with one device that reads and writes encrypted rooms."""

    def __init__(self, server: KeyServer, folder: Path, name: str, device: str = "", **settings: Any) -> None:
        self.server = server
        self.user = f"@{name}:example.org"
        self.device = device = device or name.upper()
        self.now = 0.0
        self.count = 0
        self.encryption = Encryption(
            MatrixSettings(
                "matrix", "https://example.org", self.user, data=folder / f"{name}-{device}", **settings
            ),
            self._ask,
            now=lambda: self.now,
        )
        self.encryption.use(Access(device, "token"))

    async def _ask(self, method: str, *path: str, content: Content | None = None) -> Mapping[str, Any]:
        return await self.server.ask(self.user, self.device, path, content or {})

    async def hears(
        self,
        room: str = ROOM,
        *events: Content,
        changed: tuple[str, ...] = (),
        state: tuple[Content, ...] = (),
        keys: bool = True,
        before_join: bool = False,
        kind: str = "join",
        **timeline: Any,
    ) -> list[Content]:
        """The timeline of a room after a sync that told these events, and what came to the device."""
        queue = self.server.queues[self.user, self.device]
        came = queue[:] if keys else []
        del queue[: len(came)]
        answer: dict[str, Any] = {
            "to_device": {"events": came},
            "device_lists": {"changed": list(changed)},
            "device_one_time_keys_count": {
                "signed_curve25519": len(self.server.once[self.user, self.device])
            },
        }
        if events or state or timeline:
            told = {"timeline": {"events": list(events), **timeline}, "state": {"events": list(state)}}
            answer["rooms"] = {kind: {room: told}}
        await self.encryption.decrypt_sync(answer, before_join=before_join)
        joined = answer.get("rooms", {}).get(kind, {})
        return list(joined[room]["timeline"]["events"]) if room in joined else []

    async def says(self, text: str, room: str = ROOM, more: Content | None = None) -> dict[str, Any]:
        """The event that others get when this one says something."""
        kind, content = await self.encryption.encrypted(
            room, "m.room.message", {"msgtype": "m.text", "body": text, **(more or {})}
        )
        self.count += 1
        return {
            "type": kind,
            "content": content,
            "sender": self.user,
            "event_id": f"${self.user}{self.count}",
            "origin_server_ts": 1_800_000_000_000 + self.count,
        }


class Scene:
    """People of one homeserver."""

    def __init__(self, folder: Path) -> None:
        self.server = KeyServer()
        self.folder = folder
        self.peers: list[Peer] = []

    async def person(self, name: str, device: str = "", **settings: Any) -> Peer:
        """Somebody whose keys are published, and who is in the room."""
        peer = Peer(self.server, self.folder, name, device, **settings)
        self.peers.append(peer)
        self.server.rooms[ROOM].add(peer.user)
        await peer.hears()
        return peer


def bodies(events: list[Content]) -> list[str]:
    """What was said, and for what cannot be read its kind."""
    return [event["content"].get("body", event["type"]) for event in events]
