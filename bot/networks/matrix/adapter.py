"""A Matrix network as the desk sees it: logs in, reads, joins its rooms, and sends what the bot says."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from bot.core.people.identity import Identity
from bot.networks.backoff import Backoff, Trouble
from bot.networks.contract import Inbox, MissingPermission
from bot.networks.matrix.encryption.room_notices import RoomNotices
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import user_id
from bot.networks.matrix.messages.display_names import identity
from bot.networks.matrix.outgoing.sender import Sender
from bot.networks.matrix.rooms.joins import Joins
from bot.networks.matrix.rooms.missing_permissions import missing_permissions_of
from bot.networks.matrix.rooms.room_directory import RoomDirectory
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import Homeserver
from bot.networks.matrix.server.login import Login, LoginError
from bot.networks.matrix.server.nio_server import NioServer
from bot.networks.matrix.settings import MatrixSettings, Timing
from bot.networks.matrix.sync.sync_loop import Sleep, SyncLoop
from bot.networks.matrix.sync.sync_reader import SyncReader

log = logging.getLogger(__name__)

ANYBODY = "\0"  # stands for all askers of patient texts, so that these keep their order

Position = Callable[[], Awaitable[str | None]]
Connect = Callable[[MatrixSettings, Timing], Homeserver]


class MatrixNetwork:
    """One Matrix network; see `bot.networks.contract.Network`.

    clock:    gives the time, aware UTC
    position: gives the read position at the last stop; None before the first start
    connect:  makes the client of the homeserver
    """

    reactions = True
    durable = True

    def __init__(
        self,
        settings: MatrixSettings,
        *,
        clock: Callable[[], datetime],
        position: Position | None = None,
        timing: Timing | None = None,
        backoff: Backoff | None = None,
        connect: Connect = NioServer,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.name = settings.name
        self._settings = settings
        self._clock = clock
        self._position = position
        self._timing = timing = timing or Timing()
        self._backoff = backoff = backoff or Backoff()
        self._connect = connect
        self._sleep = sleep
        saved = SavedState(settings)
        self._login = Login(settings, saved)
        self._directory = RoomDirectory(settings)
        self._joins = Joins(settings, self._directory, saved, timing)
        self._sender = Sender(settings.name, clock=clock)
        self._notices = RoomNotices(settings, saved)
        reader = SyncReader(
            settings, self._directory, self._joins, self._sender.private, self._notices, clock
        )
        self._sync_loop = SyncLoop(
            settings.name, reader, clock=clock, timing=timing, backoff=backoff, sleep=sleep
        )

    @property
    def nick(self) -> str:
        """The bot's display name there, else the first part of its id."""
        return self._directory.own_name

    @property
    def connected(self) -> bool:
        """Whether the homeserver answers the syncs."""
        return self._sync_loop.connected

    async def run(self, inbox: Inbox) -> None:
        """Log in and stay connected until canceled; the login stays valid."""
        if self._position is not None:
            self._sync_loop.since = await self._position()
        while True:
            trouble = await self._visit(inbox)
            delay = self._backoff.delay(trouble)
            log.info("%s: next attempt in %.0f s", self.name, delay)
            await self._sleep(delay)

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",
        key: str = "",
        asker: str = "",
        patient: bool = False,
    ) -> None:
        """Say `text` in a room; returns when it is queued."""
        asker = ANYBODY if patient else asker
        if self._is_here(room, key):
            self._directory.when_entered(
                room, lambda room_id: self._sender.say(room_id, text, thread=thread, key=key, asker=asker)
            )

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:  # noqa: ARG002
        """Say `text` to one person in private."""
        if user_id(to.key):
            self._sender.tell(to.key, text, key=key)
        else:  # people behind a relay have no account
            log.warning("%s: can't send a private message to %r", self.name, to.name)
            self._sender.give_up(key)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        """React to a message."""
        if self._is_here(room, key):
            self._directory.when_entered(
                room, lambda room_id: self._sender.react(room_id, message, emoji, key=key, asker=asker)
            )

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Set a room's topic if the bot may, and if it still is `instead_of`."""
        state = self._directory.find(room)
        if state is not None:
            self._sender.set_topic(
                state.room_id,
                text,
                instead_of=instead_of,
                current=lambda: state.topic,
                may=lambda: state.may_send_state(self._settings.user, "m.room.topic"),
            )

    def missing_permissions(self) -> list[MissingPermission]:
        """What the bot lacks in the configured rooms."""
        rooms = self._directory.rooms.values()
        ours = [state for state in rooms if self._directory.configured(state.room_id) is not None]
        here = [state for state in ours if not self._directory.is_replaced(state)]
        return [
            missing
            for state in here
            for missing in missing_permissions_of(state, readable=not self._notices.is_unreadable(state))
        ]

    async def drain(self) -> None:
        """Return when everything queued was sent, or there is no connection."""
        await self._sender.drain()

    def _is_here(self, room: str, key: str) -> bool:
        if self._directory.is_here(room):
            return True
        log.error("%s: there is no room %r here", self.name, room)
        self._sender.give_up(key)
        return False

    async def _visit(self, inbox: Inbox) -> Trouble:
        """Log in and stay connected; returns why that ended."""
        server: Homeserver | None = None
        try:
            server = self._connect(self._settings, self._timing)
            await self._login.enter(server)
            self._directory.own_name = await self._display_name(server)
            await self._joins.resolve_aliases(server)
            log.info("%s: connected as %s", self.name, self._settings.user)
            await self._stay(server, inbox)
        except UnreachableError as error:
            log.warning("%s: not connected: %s", self.name, error)
            return Trouble.LOST
        except RefusedError as error:
            if error.wait is not None:
                await self._sleep(error.wait)
                return Trouble.LOST
            lost = error.is_login_lost
            log.warning("%s: not connected: %s", self.name, self._login.lost() if lost else error)
            return Trouble.LOST if lost else Trouble.LOGIN
        except LoginError as error:
            log.warning("%s: login refused: %s", self.name, error)
            return Trouble.LOGIN
        except Exception:  # a bug that concerns one network must not end the bot on the others
            log.exception("%s: an internal error; reconnecting", self.name)
        finally:
            self._sync_loop.connected = False
            if server is not None:
                await self._leave(server)
        return Trouble.LOST

    async def _stay(self, server: Homeserver, inbox: Inbox) -> None:
        """Read, join and send until the login is lost."""
        parts = {
            asyncio.create_task(part, name=f"{self.name} {what}")
            for what, part in (
                ("sending", self._sender.run(server, inbox)),
                ("joining", self._joins.run(server)),
                ("listening", self._sync_loop.run(server, inbox)),
            )
        }
        try:
            done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            for part in done:
                part.result()  # these only end with an error
        finally:
            for part in parts:
                part.cancel()
            await asyncio.wait(parts, timeout=self._timing.goodbye)

    async def _display_name(self, server: Homeserver) -> str:
        settings = self._settings
        return identity(settings.name, settings.user, await server.display_name()).name

    async def _leave(self, server: Homeserver) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._timing.goodbye):
                await server.close()
