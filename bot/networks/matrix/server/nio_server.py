"""The homeserver over matrix-nio's client, with refusals as exceptions.

matrix-nio builds the session, and encrypts (see `encryption`). Its own readers of answers are not used: they retry
forever without telling, they log the access token, and one odd event spoils the whole answer.
"""

import asyncio
import json
import secrets
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientTimeout,
    InvalidURL,
)
from nio import AsyncClient, AsyncClientConfig

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import items
from bot.networks.matrix.server.answers import answer_of, text_of
from bot.networks.matrix.server.homeserver import Access, Content, Page
from bot.networks.matrix.settings import MatrixSettings, Timing

if TYPE_CHECKING:
    from bot.networks.matrix.encryption.devices import Request
    from bot.networks.matrix.encryption.encryption import Encryption

API = "/_matrix/client/v3"
PAGE = 100  # events of a room's history in one request
TIMELINE = 50  # events per room in one answer to a sync
LARGEST = (
    64 * 1024 * 1024
)  # bytes of an answer; the first sync of a bot in a hundred rooms has about ten million
WHOLE = 5  # factor for the timeout of a sync with the state of all rooms
QUIET: Content = {"types": []}
FILTER = {
    "presence": QUIET,
    "account_data": QUIET,
    "room": {
        "state": {"lazy_load_members": True},
        "timeline": {"limit": TIMELINE, "lazy_load_members": True},
        "ephemeral": QUIET,
        "account_data": QUIET,
    },
}


def client_of(settings: MatrixSettings, timing: Timing) -> AsyncClient:
    """matrix-nio's client for a network."""
    config = AsyncClientConfig(
        max_limit_exceeded=0, max_timeouts=0, request_timeout=timing.answer, encryption_enabled=False
    )
    return AsyncClient(settings.homeserver.rstrip("/"), settings.user, config=config)


def _encryption_of(settings: MatrixSettings, ask: "Request") -> "Encryption | None":
    """The encryption of a network; None if it is not configured."""
    if not settings.encryption:
        return None
    from bot.networks.matrix.encryption.encryption import Encryption  # noqa: PLC0415 - needs an extra, see the configuration

    return Encryption(settings, ask)


class NioServer:
    """See `bot.networks.matrix.server.homeserver.Homeserver`."""

    def __init__(self, settings: MatrixSettings, timing: Timing) -> None:
        self.user = settings.user
        self._timing = timing
        # for two minutes Synapse answers an identical first sync from its cache, whatever happened since:
        # https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
        self._unlike_others = secrets.randbelow(1000)  # milliseconds
        self._noting = asyncio.Lock()  # noting a private room reads and writes the list of all
        self._client = client_of(settings, timing)
        self._encryption = _encryption_of(settings, self._ask)

    def use(self, access: Access) -> None:
        """Use this login from now on."""
        client = self._client
        client.user_id, client.device_id, client.access_token = self.user, access.device, access.token
        if self._encryption is not None:
            self._encryption.use(access)

    async def log_in(self, password: str, *, device: str, name: str) -> Access:
        """Log in with a password."""
        self._client.access_token = ""
        wanted = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self.user},
            "password": password,
            "initial_device_display_name": name,
        }
        answer = await self._ask("POST", "login", content=wanted | ({"device_id": device} if device else {}))
        access = Access(text_of(answer, "device_id"), text_of(answer, "access_token"))
        if not access.token:
            raise UnreachableError(f"{self._client.homeserver} answered a login without an access token")
        return access

    async def whoami(self) -> tuple[str, str]:
        """The user id and the device id of the current login."""
        answer = await self._ask("GET", "account", "whoami")
        return text_of(answer, "user_id"), text_of(answer, "device_id")

    async def display_name(self) -> str:
        """The bot's display name; empty if it has none."""
        try:
            return text_of(await self._ask("GET", "profile", self.user, "displayname"), "displayname")
        except RefusedError:
            return ""

    async def sync(self, since: str | None, *, wait: float, full_state: bool = False) -> Content:
        """News since a position."""
        patience = self._timing.answer * (WHOLE if full_state else 1)
        wanted = round(wait * 1000) + (self._unlike_others if full_state else 0)
        query = {"filter": json.dumps(FILTER, separators=(",", ":")), "timeout": str(wanted)}
        query |= ({"since": since} if since else {}) | ({"full_state": "true"} if full_state else {})
        answer = await self._ask("GET", "sync", query=query, seconds=wait + patience)
        if not text_of(answer, "next_batch"):
            raise UnreachableError(f"{self._client.homeserver} answered a sync without a position")
        if self._encryption is not None:
            await self._encryption.decrypt_sync(answer, before_join=since is None)
        return answer

    async def messages(self, room: str, start: str, end: str | None) -> Page:
        """A page of a room's history, newest first."""
        query = {"dir": "b", "from": start, "limit": str(PAGE)} | ({"to": end} if end else {})
        answer = await self._ask("GET", "rooms", room, "messages", query=query)
        events = items(answer.get("chunk"))
        if self._encryption is not None:
            events = [self._encryption.decrypted(room, event) for event in events]
        return Page(tuple(events), text_of(answer, "end"))

    async def members(self, room: str) -> Content:
        """The members of a room, as /joined_members answers."""
        return await self._ask("GET", "rooms", room, "joined_members")

    async def resolve(self, alias: str) -> tuple[str, tuple[str, ...]]:
        """The id of the room with this alias, and servers through which the bot can join it."""
        answer = await self._ask("GET", "directory", "room", alias)
        servers = answer.get("servers")
        return text_of(answer, "room_id"), tuple(map(str, servers)) if isinstance(servers, list) else ()

    async def join(self, room: str, via: tuple[str, ...] = ()) -> str:
        """Join a room by id or alias, through these servers; returns its id."""
        # `via` since version 1.12 of the specification; before it was `server_name`
        query = [(name, server) for name in ("via", "server_name") for server in via[:5]]
        return text_of(await self._ask("POST", "join", room, query=query), "room_id")

    async def leave(self, room: str) -> None:
        """Leave a room, or decline an invitation to it."""
        await self._ask("POST", "rooms", room, "leave")

    async def send(self, room: str, kind: str, content: Content, key: str) -> str:
        """Send an event; the id it got."""
        if self._encryption is not None:
            kind, content = await self._encryption.encrypted(room, kind, content)
        return text_of(await self._ask("PUT", "rooms", room, "send", kind, key, content=content), "event_id")

    async def set_state(self, room: str, kind: str, content: Content) -> None:
        """Set a room's state event of this kind, with the empty state key."""
        await self._ask("PUT", "rooms", room, "state", kind, content=content)

    async def private_room(self, user: str) -> str:
        """The room for a private conversation with somebody; created, and they invited, if there is none."""
        listed = (await self._direct_rooms()).get(user)
        rooms = [room for room in listed if isinstance(room, str)] if isinstance(listed, list) else []
        for room in reversed(rooms):
            if await self._can_talk(room, user):
                return room
        wanted = {"preset": "trusted_private_chat", "is_direct": True, "invite": [user]}
        room = text_of(await self._ask("POST", "createRoom", content=wanted), "room_id")
        async with self._noting:
            known = await self._direct_rooms() | {user: [*rooms, room]}
            await self._ask("PUT", "user", self.user, "account_data", "m.direct", content=known)
        return room

    async def close(self) -> None:
        """Close all connections; the login stays."""
        await self._client.close()
        if self._encryption is not None:
            self._encryption.close()

    async def _direct_rooms(self) -> dict[str, Any]:
        """The rooms of private conversations in the account's data, by user id."""
        try:
            return dict(await self._ask("GET", "user", self.user, "account_data", "m.direct"))
        except RefusedError as error:
            if error.code != "M_NOT_FOUND":
                raise
            return {}

    async def _can_talk(self, room: str, user: str) -> bool:
        """Whether the bot is in a room and they are in it or invited; they are invited again after they left."""
        try:
            joined = (await self.members(room)).get("joined")
            if isinstance(joined, dict) and user in joined:
                return True
            state = await self._ask("GET", "rooms", room, "state", "m.room.member", user)
            if state.get("membership") == "leave":
                await self._ask("POST", "rooms", room, "invite", content={"user_id": user})
                return True
        except RefusedError as error:
            if error.wait is not None:
                raise
            return False
        return state.get("membership") == "invite"

    async def _ask(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str] | list[tuple[str, str]] | None = None,
        content: Content | None = None,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """One request and its answer. Raises RefusedError, UnreachableError."""
        client = self._client
        address = "/".join([API, *(quote(part, safe="") for part in path)])
        headers = {"Authorization": f"Bearer {client.access_token}"} if client.access_token else {}
        patience = ClientTimeout(total=seconds or self._timing.answer, sock_connect=self._timing.connect)
        body = None if method == "GET" else json.dumps(content or {}).encode()
        try:
            response = await client.send(
                method,
                f"{address}?{urlencode(query)}" if query else address,
                body,
                headers | ({"Content-Type": "application/json"} if body else {}),
                timeout=patience,  # for aiohttp, which needs this type
            )
            async with response:
                raw, status, header = (
                    await _body(response),
                    response.status,
                    response.headers.get("Retry-After", ""),
                )
        except (ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(words_of(error, client.homeserver)) from error
        return answer_of(client.homeserver, status, raw, header)


async def _body(response: ClientResponse) -> bytes:
    """The body of an answer. Raises ClientPayloadError if it is too large: a homeserver must not fill the memory."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            response.close()
            raise ClientPayloadError(f"more than {LARGEST:,} bytes")
    return bytes(body)


def words_of(error: Exception, address: str) -> str:
    """Why a request failed, in words that say where to look."""
    match error:
        case ClientConnectorCertificateError(certificate_error=ssl.SSLCertVerificationError() as found):
            words = f"the certificate of {address} was not accepted: {found.verify_message}"
        case ClientConnectorError(os_error=ssl.SSLError(reason="WRONG_VERSION_NUMBER")):
            words = f"{address} speaks no TLS: homeserver must name its TLS port, or http://"
        case ClientConnectorError(os_error=ssl.SSLError() as found):
            words = f"no TLS connection with {address} came about: {found.reason or found}"
        case ClientConnectorError(os_error=ConnectionRefusedError()):
            words = f"{address} takes no connections"
        case ClientConnectorError(os_error=found):
            words = f"{address} could not be reached: {found.strerror or found}"
        case TimeoutError():
            words = f"{address} did not answer in time"
        case InvalidURL():
            words = f"{address} is no address of a homeserver"
        case _:
            words = f"the connection with {address} broke: {type(error).__name__}"
    return words
