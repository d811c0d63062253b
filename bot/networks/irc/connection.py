"""One connection: bytes go through the link to the inbox as they come in; a full inbox stops the reading.

Events keep their order. What the inbox has no room for waits in a backlog of at most one read, and the server's
silence does not count meanwhile.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import cast

from bot.core.events import Incoming
from bot.networks.contract import Inbox
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.link import Link
from bot.networks.irc.sender import Sender
from bot.networks.irc.wire import build

READ = 64 * 1024  # bytes that are read at a time, so that a flood leaves others their turns
UNSENT = 64 * 1024  # bytes on their way to the server; more waits in the send queue, where it can be dropped

MOST_UNREAD = 1024 * 1024  # bytes that the server makes the bot send (PONG) and does not take


class Connection(asyncio.BufferedProtocol):
    """Carries one link; `last_heard` is when bytes last came in."""

    def __init__(self, link: Link, sender: Sender, inbox: Inbox, clock: Callable[[], datetime]) -> None:
        self.last_heard = clock()
        self._link = link
        self._sender = sender
        self._inbox = inbox
        self._clock = clock
        self._timing = link.state.timing
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._buffer = memoryview(bytearray(READ))
        self._backlog: deque[Incoming] = deque()
        self._error: Exception | None = None
        self._wake = asyncio.Event()  # there is a backlog or an error, or something is due earlier
        self._closed = asyncio.Event()
        self._due = 0.0
        self._idle_since = self._loop.time()
        self._asked = False  # the silent server for a sign of life

    async def run(self) -> None:
        """Watch the time and empty the backlog. Raises LinkDownError (an OSError) or whatever ended the connection."""
        while True:
            self._due = min(self._link.due, self._silent_until)
            try:
                async with asyncio.timeout_at(self._due):
                    await self._wake.wait()
            except TimeoutError:
                self._tick()
            self._wake.clear()
            if self._backlog:
                await self._empty_backlog()
            if self._error is not None:
                raise self._error

    async def close(self) -> None:
        """Leave with a QUIT, within the time for that."""
        self._error = self._error or LinkDownError("closed")
        if self._transport is None:
            return
        self._transport.write(build("QUIT", "bye"))
        self._transport.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._timing.goodbye):
                await self._closed.wait()
        self._transport.abort()

    # -- called by asyncio --------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin the registration."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(UNSENT)
        self._sender.attach(self._transport)
        self._link.start(self._clock(), self._loop.time())

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002
        """Where the next bytes go."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes came in."""
        now, at = self._clock(), self._loop.time()
        waited = timedelta(seconds=at - self._idle_since)
        self._work(lambda: self._link.take(bytes(self._buffer[:nbytes]), now, at, waited))
        if self._transport is not None and self._transport.get_write_buffer_size() > MOST_UNREAD:
            self._end(LinkDownError("the server does not read what it is sent"))
        self.last_heard, self._asked = now, False
        self._idle_since = self._loop.time()
        if self._link.due < self._due:
            self._wake.set()

    def eof_received(self) -> None:
        """The server closed its side."""
        self._end(LinkDownError("the server closed the connection"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing comes in or goes out anymore."""
        self._closed.set()
        self._end(exc or LinkDownError("the server closed the connection"))

    def pause_writing(self) -> None:
        """The server does not take what is sent."""
        self._sender.pause()

    def resume_writing(self) -> None:
        """The server takes more."""
        self._sender.resume()

    # -- inside -------------------------------------------------------------------------------------------------

    @property
    def _silent_until(self) -> float:
        """When the server has been silent for too long."""
        return self._idle_since + self._timing.idle + (self._timing.pong if self._asked else 0)

    def _work(self, work: Callable[[], list[Incoming]]) -> None:
        """Hand over what the link makes of bytes or of time; a fault in it ends only this connection."""
        if self._error is not None:
            return
        try:
            events = work()
        except Exception as error:  # noqa: BLE001 - raised again by `run`
            self._end(error)
            return
        for event in events:
            if self._backlog or not self._inbox.offer(event):
                self._backlog.append(event)
        if self._backlog and self._transport is not None:
            self._transport.pause_reading()
            self._wake.set()

    async def _empty_backlog(self) -> None:
        while self._backlog:
            await self._inbox.put(self._backlog[0])
            self._backlog.popleft()
        self._idle_since = self._loop.time()
        if self._transport is not None:
            self._transport.resume_reading()

    def _end(self, error: Exception) -> None:
        self._error = self._error or error
        self._wake.set()

    def _tick(self) -> None:
        now, at = self._clock(), self._loop.time()
        self._work(lambda: self._link.tick(now, at))
        if at >= self._silent_until:
            if self._asked:
                self._end(
                    LinkDownError(
                        f"no answer from the server for {self._timing.idle + self._timing.pong:.0f} s"
                    )
                )
            else:
                self._asked = True
                self._sender.send_now(build("PING", self._link.state.settings.name))
