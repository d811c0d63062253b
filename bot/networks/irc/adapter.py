"""An IRC network as the desk sees it: stays connected, and sends what the bot says."""

import asyncio
import logging
import re
import ssl
from collections.abc import Callable
from datetime import datetime

from bot.core.people.identity import Identity
from bot.networks.absence import Absence
from bot.networks.backoff import Backoff, Trouble
from bot.networks.contract import Inbox
from bot.networks.irc.bucket import Bucket
from bot.networks.irc.connection import Connection
from bot.networks.irc.disconnects import LinkDownError, no_tls, words_of
from bot.networks.irc.link import Link
from bot.networks.irc.plain_port import speaks_plainly
from bot.networks.irc.send_queue import SendQueue
from bot.networks.irc.sender import Sender
from bot.networks.irc.settings import IrcSettings, Timing

log = logging.getLogger(__name__)

STABLE = 60.0  # seconds after which a connection counts as having worked
SPEAKABLE = re.compile(r"[^\s,:\x00-\x1f][^\s,\x00-\x1f]*")


class IrcNetwork:
    """One IRC network; see `bot.networks.contract.Network`.

    clock: gives the time of lines that carry none, aware UTC
    """

    reactions = False
    durable = False

    def __init__(
        self,
        settings: IrcSettings,
        *,
        clock: Callable[[], datetime],
        timing: Timing | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self.name = settings.name
        self._settings = settings
        self._clock = clock
        self._timing = timing or Timing()
        self._backoff = backoff or Backoff()
        self._absence = Absence()
        self._trouble = ""  # the last one, in words, since a network let us in
        self._level = logging.WARNING  # of what is logged about it
        queue = SendQueue(
            Bucket() if settings.throttle else Bucket(burst=float("inf")),
            self._timing.hold,
            ready=lambda target: self._link.may_say(target),  # noqa: PLW0108 - each connection has its link
            room=lambda target: self._link.state.room_for_text(target),  # noqa: PLW0108
            patience=self._timing.patience,
        )
        self._sender = Sender(queue)
        self._link = self._new_link()

    @property
    def nick(self) -> str:
        """The bot's current name there."""
        return self._link.state.nick

    @property
    def connected(self) -> bool:
        """Whether the bot is registered, and logged in where a login is configured."""
        return self._link.state.ready

    async def run(self, inbox: Inbox) -> None:
        """Connect and stay connected until canceled; then leave politely."""
        try:
            while True:
                trouble = await self._visit(inbox)
                delay = self._backoff.delay(trouble)
                log.log(min(self._level, logging.INFO), "%s: next attempt in %.0f s", self.name, delay)
                await asyncio.sleep(delay)
        finally:
            self._sender.stop()

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",  # noqa: ARG002 - IRC has no threads
        key: str = "",  # noqa: ARG002
        asker: str = "",
        patient: bool = False,
    ) -> None:
        """Say `text` in a room; returns when it is queued."""
        target = self._target(room)
        if target is not None:
            self._sender.say(target, text, asker=asker, patient=patient)

    async def tell(
        self,
        to: Identity,
        text: str,
        *,
        key: str = "",  # noqa: ARG002 - said at most once
        patient: bool = False,
    ) -> None:
        """Say `text` to one person in private, by their current nick."""
        if to.key == "nickserv":
            self._link.ask_services(text)
            return
        nick = self._link.nick_of(to)
        # people behind a relay have no nick; their key begins with the relay's
        if nick is None or "/" in to.key or not SPEAKABLE.fullmatch(nick):
            log.warning("%s: can't send a private message to %r", self.name, to.name)
            return
        self._sender.say(nick, text, patient=patient, private=True)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        """Do nothing: IRC has no reactions."""

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Set a room's topic if the bot may, and if it still is `instead_of`."""
        target = self._target(room)
        if target is not None:
            self._link.set_topic(target, text, instead_of)

    async def drain(self) -> None:
        """Return when everything queued was sent, or there is no connection."""
        await self._sender.drain()

    def _target(self, room: str) -> str | None:
        network, _, target = room.partition("/")
        if network == self.name and SPEAKABLE.fullmatch(target):
            return target
        log.error("%s: there is no room %r here", self.name, room)
        return None

    async def _visit(self, inbox: Inbox) -> Trouble:
        """Run one connection from beginning to end; returns why it ended."""
        loop, settings = asyncio.get_running_loop(), self._settings
        began = loop.time()
        connection = Connection(self._link, self._sender, inbox, self._clock)
        try:
            async with asyncio.timeout(self._timing.connect):
                context = tls_context(settings) if settings.tls else None
                await loop.create_connection(lambda: connection, settings.host, settings.port, ssl=context)
            await connection.run()
        except OSError as error:  # refused, reset, timed out, TLS, and LinkDownError
            self._credit(loop.time() - began)
            self._report(await self._why(error))
            trouble = error.trouble if isinstance(error, LinkDownError) else Trouble.LOST
            return Trouble.NO_SERVICES if trouble is Trouble.LOST and self._link.lacks_services else trouble
        except Exception:  # a bug that concerns one network must not end the bot on the others
            log.exception("%s: an internal error; reconnecting", self.name)
        finally:
            self._sender.detach()
            self._link.lost(connection.last_heard)
            self._link = self._new_link()
            await connection.close()
        return Trouble.LOST

    def _credit(self, seconds: float) -> None:
        """Forget earlier failures, as far as a connection of this length worked."""
        if self._link.state.ready:
            self._backoff.let_in()
            self._trouble = ""
            if seconds > STABLE:
                self._backoff.succeeded()

    def _report(self, words: str) -> None:
        """Log why there is no connection; at each further attempt only what is new."""
        self._level = logging.DEBUG if words == self._trouble else logging.WARNING
        self._trouble = words
        log.log(self._level, "%s: not connected: %s", self.name, words)

    async def _why(self, error: OSError) -> str:
        """Why there is no connection, in words."""
        host, port = self._settings.host, self._settings.port
        in_doubt = isinstance(error, TimeoutError | ConnectionResetError)
        if self._settings.tls and in_doubt and await speaks_plainly(host, port):
            return no_tls(host, port)
        return words_of(error, host, port)

    def _new_link(self) -> Link:
        return Link(self._settings, self._timing, self._sender, self._absence)


def tls_context(settings: IrcSettings) -> ssl.SSLContext:
    """The TLS context: the system's authorities, the configured ones, and the bot's certificate.

    Raises OSError when a file cannot be used.
    """
    context = ssl.create_default_context()
    if settings.tls_ca is not None:
        context.load_verify_locations(cafile=settings.tls_ca)
    if settings.certificate is not None:
        context.load_cert_chain(settings.certificate)
    return context
