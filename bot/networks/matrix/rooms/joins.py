"""Joins rooms: the configured ones, the ones that the bot is invited to, and the successors of upgraded rooms."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from itertools import count

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import mapping, user_id
from bot.networks.matrix.rooms.direct_chats import DirectChats
from bot.networks.matrix.rooms.join_request import NEVER, JoinRequest
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.rooms.room_state import RoomState, is_membership
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import Content, Homeserver
from bot.networks.matrix.settings import MatrixSettings, Timing

log = logging.getLogger(__name__)

ATTEMPTS = 5  # to follow or decline an invitation
AT_ONCE = 8  # aliases that are resolved at a time
RESOLVE_TIMEOUT = 10.0  # seconds, for an alias whose room is known from before
MOST_LOGGED = 3  # declined invitations; there can be a thousand more
REFUSALS = {
    "M_NOT_FOUND": "there is no such room: fix its name, or make it",
    "M_FORBIDDEN": "the bot is not let in: somebody there must invite it",
    "M_BAD_STATE": "the bot was banned there: somebody must lift the ban",  # so Synapse; it is M_FORBIDDEN elsewhere
}

FALSE_SUCCESSOR = (
    "%s: %s does not name %s as its predecessor, so the bot leaves it and stays in the old room; "
    "if it really is the successor, configure it by its id"
)


class Joins:
    """Joins the rooms of one network, and direct chats of people who share a room with the bot; declines other invitations.

    now: gives monotonic seconds
    """

    def __init__(
        self,
        settings: MatrixSettings,
        directory: RoomDirectory,
        saved: SavedState,
        timing: Timing,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._directory = directory
        self._saved = saved
        self._timing = timing
        self._now = now
        self._requests: dict[str, JoinRequest] = {}
        self._more = asyncio.Event()
        self._declined = count(1)
        self._chats = DirectChats(directory)

    async def resolve_aliases(self, server: Homeserver) -> None:
        """Find the rooms of the configured aliases. Raises RefusedError when the bot has to wait for that.

        When an alias moves while the bot is in its room, that counts from the next start.
        """
        limit = asyncio.Semaphore(AT_ONCE)

        async def resolve(alias: str) -> None:
            async with limit:
                room_id = await self._resolve(server, alias)
            if room_id:
                self._directory.bind_alias(alias, room_id, self._saved.room(alias))

        aliases = (name for name in self._settings.rooms if name.startswith("#"))
        absent = (name for name in aliases if self._directory.id_of(name) not in self._directory.rooms)
        await asyncio.gather(*(resolve(name) for name in absent))

    async def _resolve(self, server: Homeserver, alias: str) -> str:
        """The room of an alias, or the last known one: the alias's server may be down while the room goes on."""
        known = self._saved.room(alias)
        try:
            async with asyncio.timeout(RESOLVE_TIMEOUT if known else None):
                return (await server.resolve(alias))[0]
        except (UnreachableError, TimeoutError):
            return known
        except RefusedError as error:
            if error.wait is not None or error.is_login_lost:
                raise
            return known

    def join_all(self) -> None:
        """Join every configured room that the bot is not in."""
        for name in self._settings.rooms:
            room_id = self._directory.id_of(name)
            if room_id is not None and name.startswith("#"):
                self._saved.save_room(name, room_id)
            if room_id not in self._directory.rooms and name not in self._requests:
                self._request(JoinRequest(name))

    async def run(self, server: Homeserver) -> None:
        """Work on the requests until canceled. Raises RefusedError when the login is lost."""
        for request in self._requests.values():
            if request.due == NEVER:  # the connection was lost during the attempt
                request.due = self._now()
        while True:
            self._more.clear()
            now = self._now()
            for request in [request for request in self._requests.values() if request.due <= now]:
                await self._try(server, request)
            due = min((request.due for request in self._requests.values()), default=NEVER)
            try:
                async with asyncio.timeout(max(0.0, due - self._now()) if due != NEVER else None):
                    await self._more.wait()
            except TimeoutError:
                continue

    # -- what the sync tells ----------------------------------------------------------------------------------------

    def on_entered(self, state: RoomState) -> None:
        """The bot is in a room."""
        for request in tuple(self._requests.values()):
            if state.room_id in {request.room_id, request.name}:
                del self._requests[request.name]

    def on_invited(self, room_id: str, state: Iterable[object]) -> None:
        """Accept an invitation to a configured room, from an inviter, or to a direct chat; decline all others."""
        events = [mapping(event) for event in state]
        # anybody can put forged events in front; the homeserver adds the invitation itself at the end
        own = (event for event in reversed(events) if is_membership(event, self._settings.user))
        last = next(own, mapping(None))
        genuine = mapping(last.get("content")).get("membership") == "invite"
        inviter = user_id(last.get("sender")) if genuine else ""
        name = self._directory.configured(room_id) or self._requested_name(room_id)
        if name is not None:
            known = self._requests.get(name)
            self._request(JoinRequest(name, room_id, successor=known is not None and known.successor))
        elif inviter in self._settings.inviters or self._chats.may_begin(last):
            log.info("%s: %s invites the bot to %s", self._settings.name, inviter, room_id)
            self._request(JoinRequest(room_id, room_id, attempts_left=ATTEMPTS))
        elif room_id not in self._requests:
            self._request(
                JoinRequest(room_id, room_id, attempts_left=ATTEMPTS, decline=True, inviter=inviter)
            )

    def on_removed(self, state: RoomState, event: Content) -> None:
        """Somebody removed the bot from a room: it tries once to come back to a configured one, unless it is banned."""
        content = mapping(event.get("content"))
        banned = content.get("membership") == "ban"
        reason = f": {content['reason']!r}" if isinstance(content.get("reason"), str) else ""
        done = "banned" if banned else "removed"
        words = "%s: %s %s the bot from %s%s"
        log.warning(words, self._settings.name, event.get("sender"), done, state.name, reason)
        name = self._current_name(state)
        if name is not None and not banned and state.join_rule == "public":
            due = self._now() + self._timing.rejoin
            self._request(JoinRequest(name, state.room_id, due, attempts_left=1))

    def follow_upgrade(self, state: RoomState, event: Content | None = None) -> None:
        """A room was upgraded: join its successor."""
        name = self._current_name(state)
        if name is None or name in self._requests or self._directory.is_refused(state.replaced_by):
            return
        sender = user_id(mapping(event).get("sender"))
        servers = (state.replaced_by.partition(":")[2], sender.partition(":")[2])
        log.info("%s: %s was upgraded to %s", self._settings.name, name, state.replaced_by)
        via = tuple(dict.fromkeys(filter(None, servers)))
        self._request(JoinRequest(name, state.replaced_by, via=via, successor=True))

    def refuse_successor(self, room_id: str) -> None:
        """Leave a room that does not name the room that it is to replace."""
        name = self._directory.refuse_successor(room_id)
        if name.startswith("#"):
            self._saved.save_room(name, self._directory.id_of(name) or "")
        self._requests.pop(name, None)
        log.warning(FALSE_SUCCESSOR, self._settings.name, room_id, name)
        self._request(JoinRequest(room_id, room_id, attempts_left=ATTEMPTS, decline=True))

    # -- the requests ------------------------------------------------------------------------------------------------

    def _request(self, request: JoinRequest) -> None:
        self._requests[request.name] = request
        self._more.set()

    def _current_name(self, state: RoomState) -> str | None:
        """The configured name of this room; None when another room has that name now."""
        name = self._directory.configured(state.room_id)
        return name if name is not None and self._directory.id_of(name) == state.room_id else None

    def _drop(self, request: JoinRequest) -> None:
        if self._requests.get(request.name) is request:  # a newer request may have replaced it
            del self._requests[request.name]

    def _requested_name(self, room_id: str) -> str | None:
        """The configured room that is being joined under this id."""
        for request in self._requests.values():
            if request.room_id == room_id and not request.decline and request.attempts_left == NEVER:
                return request.name
        return None

    async def _try(self, server: Homeserver, request: JoinRequest) -> None:
        request.due = NEVER
        try:
            claimed = await self._claims_alias(server, request)
            if request.decline and not claimed:
                await self._decline(server, request)
            elif not claimed:
                await self._join(server, request)
        except UnreachableError as error:
            self._retry_later(request, str(error), None)
        except RefusedError as error:
            if error.is_login_lost:
                request.due = self._now()
                raise
            self._retry_later(request, REFUSALS.get(error.code, str(error)), error.wait)
        else:
            if claimed or request.decline or request.room_id in self._directory.rooms:
                self._drop(request)

    async def _claims_alias(self, server: Homeserver, request: JoinRequest) -> bool:
        """Whether an alias that was unknown at the start leads to this room by now; then the configured room is joined."""
        if request.name in self._settings.rooms:
            return False
        for name in self._settings.rooms:
            if self._directory.id_of(name) is None and await self._resolves_to(server, name, request.room_id):
                self._bind(name, request.room_id)
                self._request(JoinRequest(name, request.room_id))
                return True
        return False

    async def _decline(self, server: Homeserver, request: JoinRequest) -> None:
        await server.leave(request.room_id)
        if not request.inviter:
            return
        level = logging.INFO if next(self._declined) <= MOST_LOGGED else logging.DEBUG
        words = "%s: the invitation of %s to %s is declined"
        log.log(level, words, self._settings.name, request.inviter, request.room_id)

    async def _join(self, server: Homeserver, request: JoinRequest) -> None:
        room_id, via = request.room_id or self._directory.id_of(request.name) or "", request.via
        if request.name.startswith("#") and not request.successor:
            found, servers = await self._resolve_or_known(server, request.name, room_id)
            room_id, via = found or room_id, (*via, *servers)
        request.room_id = room_id
        former = self._directory.id_of(request.name)
        if request.name in self._settings.rooms:  # before the next sync tells of the room
            self._bind(request.name, room_id, upgraded=request.successor)
        try:
            await server.join(room_id, via)
        except (RefusedError, UnreachableError):
            if former is not None:
                self._bind(request.name, former)
            raise

    def _bind(self, name: str, room_id: str, *, upgraded: bool = False) -> None:
        (self._directory.upgrade if upgraded else self._directory.bind)(name, room_id)
        if name.startswith("#"):
            self._saved.save_room(name, room_id)

    async def _resolves_to(self, server: Homeserver, alias: str, room_id: str) -> bool:
        try:
            return (await server.resolve(alias))[0] == room_id
        except RefusedError as error:
            if error.wait is not None or error.is_login_lost:
                raise
            return False

    async def _resolve_or_known(
        self, server: Homeserver, alias: str, known: str
    ) -> tuple[str, tuple[str, ...]]:
        try:
            return await server.resolve(alias)
        except RefusedError as error:
            if not known or error.wait is not None:
                raise
            return known, ()

    def _retry_later(self, request: JoinRequest, words: str, wait: float | None) -> None:
        """Log a new reason once, and try again with growing delays."""
        if wait is not None:
            request.due = self._now() + wait
            return
        request.attempts_left -= 1
        if words != request.reported and not request.decline:
            request.reported = words
            log.warning("%s: can't join %s: %s", self._settings.name, request.name, words)
        if request.attempts_left <= 0:
            self._drop(request)
            return
        delays = self._timing.joins
        request.due = self._now() + delays[min(request.attempts, len(delays) - 1)]
        request.attempts += 1
