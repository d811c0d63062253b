"""An IRC network as the desk sees it: connects, stays connected, and says what it is told to say."""

import asyncio
import logging
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.core.people.identity import Identity
from bot.networks.absence import Absence
from bot.networks.backoff import Backoff, Trouble
from bot.networks.contract import Inbox
from bot.networks.irc.bucket import Bucket
from bot.networks.irc.disconnects import LinkDownError, words_of
from bot.networks.irc.link import Link
from bot.networks.irc.send_queue import SendQueue
from bot.networks.irc.sender import Sender
from bot.networks.irc.settings import IrcSettings, Timing
from bot.networks.irc.wire import build

log = logging.getLogger(__name__)

READ = 64 * 1024
STABLE = 60.0  # seconds after which a connection counts as having worked
SPEAKABLE = re.compile(r"[^\s,:\x00-\x1f][^\s,\x00-\x1f]*")
BLIND_ROOM = 300  # bytes of text that fit a line whatever our prefix is


class IrcNetwork:
    """One IRC network; see `bot.networks.contract.Network`.

    clock: gives the time of what comes in without a time of its own, aware UTC
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
        self._link: Link | None = None
        self._heard: datetime | None = None
        queue = SendQueue(
            Bucket() if settings.throttle else Bucket(burst=float("inf")),
            self._timing.hold,
            ready=lambda target: self._link is not None and self._link.may_say(target),
            room=lambda target: self._link.state.room_for_text(target) if self._link else BLIND_ROOM,
            patience=self._timing.patience,
        )
        self._sender = Sender(queue)

    @property
    def nick(self) -> str:
        """What the bot is called there at the moment."""
        return self._link.state.nick if self._link is not None else self._settings.nick

    async def run(self, inbox: Inbox) -> None:
        """Connect, and stay connected, until cancelled; then leave politely."""
        try:
            while True:
                trouble = await self._visit(inbox)
                delay = self._backoff.delay(trouble)
                log.info("%s: next attempt in %.0f s", self.name, delay)
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
        patient: bool = False,
    ) -> None:
        """Say `text` in a room; returns once it is queued."""
        target = self._target(room)
        if target is not None:
            self._sender.say(target, text, patient=patient)

    async def tell(
        self,
        to: Identity,
        text: str,
        *,
        key: str = "",  # noqa: ARG002 - said at most once
        patient: bool = False,
    ) -> None:
        """Say `text` to one person in private, under the nick that they have now."""
        nick = self._link.nick_of(to) if self._link is not None else to.name
        # people behind a relay have no nick of their own, their key names the relay too
        if nick is None or "/" in to.key or not SPEAKABLE.fullmatch(nick):
            log.warning("%s: can't send a private message to %r", self.name, to.name)
            return
        self._sender.say(nick, text, patient=patient, private=True)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "") -> None:
        """IRC has no reactions; `reactions` says so, and nothing happens."""

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Set a room's topic where the bot may (and it still is `instead_of`); else nothing happens."""
        target = self._target(room)
        if target is not None and self._link is not None:
            self._link.set_topic(target, text, instead_of)

    async def drain(self) -> None:
        """Return when everything that was to be said is sent, or cannot be for want of a connection."""
        await self._sender.drain()

    def _target(self, room: str) -> str | None:
        network, _, target = room.partition("/")
        if network == self.name and SPEAKABLE.fullmatch(target):
            return target
        log.error("%s: there is no room %r here", self.name, room)
        return None

    async def _visit(self, inbox: Inbox) -> Trouble:
        """One connection from beginning to end; returns why it ended."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(self._timing.connect):
                reader, writer = await self._connect()
            try:
                await self._stay(reader, writer, inbox)
            finally:
                await self._leave(writer)
        except OSError as error:  # refused, reset, timed out, TLS, and LinkDownError
            if loop.time() - began > STABLE:
                self._backoff.succeeded()
            settings = self._settings
            log.warning("%s: not connected: %s", self.name, words_of(error, settings.host, settings.port))
            return error.trouble if isinstance(error, LinkDownError) else Trouble.LOST
        except Exception:  # a fault of ours with one network must not end the bot on all others
            log.exception("%s: an internal error; reconnecting", self.name)
        return Trouble.LOST

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        settings = self._settings
        context = tls_context(settings) if settings.tls else None
        return await asyncio.open_connection(settings.host, settings.port, ssl=context, limit=READ)

    async def _stay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, inbox: Inbox) -> None:
        link = Link(self._settings, self._timing, self._sender, self._absence)
        self._link = link
        self._sender.attach(writer.transport)
        try:
            link.start(self._clock(), asyncio.get_running_loop().time())
            await self._listen(link, reader, inbox)
        finally:
            link.lost(self._heard or self._clock())
            self._link = None
            self._sender.detach()

    async def _listen(self, link: Link, reader: asyncio.StreamReader, inbox: Inbox) -> None:
        loop, timing = asyncio.get_running_loop(), self._timing
        heard, asked = loop.time(), False
        while True:
            began = loop.time()
            silence = heard + timing.idle + (timing.pong if asked else 0)
            data = await _read(reader, min(link.due, silence))
            now, at = self._clock(), loop.time()
            if data is not None:
                self._heard, asked = now, False
                events = link.take(data, now, at, timedelta(seconds=at - began))
                if at >= link.due:
                    events += link.tick(now, at)
            else:
                events = link.tick(now, at)
                if at >= silence:
                    if asked:
                        raise LinkDownError(
                            f"no answer from the server for {timing.idle + timing.pong:.0f} s"
                        )
                    asked = True
                    self._sender.send_now(build("PING", self.name))
            for event in events:
                if not inbox.offer(event):
                    await inbox.put(event)
            if data is not None:
                heard = loop.time()

    async def _leave(self, writer: asyncio.StreamWriter) -> None:
        """Close the connection with a QUIT, so that nobody has to guess; within the time for it."""
        with suppress(OSError):  # it may be gone already
            writer.write(build("QUIT", "bye"))
            writer.close()
            async with asyncio.timeout(self._timing.goodbye):
                await writer.wait_closed()
        writer.transport.abort()


async def _read(reader: asyncio.StreamReader, until: float) -> bytes | None:
    """What came in; None when nothing did until a moment of the loop's clock. Raises LinkDownError at the end."""
    try:
        async with asyncio.timeout_at(until if until != float("inf") else None):
            data = await reader.read(READ)
    except TimeoutError:
        return None
    if not data:
        raise LinkDownError("the server closed the connection")
    return data


def tls_context(settings: IrcSettings) -> ssl.SSLContext:
    """How the server proves who it is, and we: the system's authorities, those configured, our certificate.

    Raises OSError where a file cannot be used.
    """
    context = ssl.create_default_context()
    if settings.tls_ca is not None:
        context.load_verify_locations(cafile=settings.tls_ca)
    if settings.certificate is not None:
        context.load_cert_chain(settings.certificate)
    return context
