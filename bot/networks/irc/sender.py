"""Sends lines: the first of a turn at once, the others together, and all at the network's pace."""

import asyncio
from typing import Protocol

from bot.networks.irc.send_queue import SendQueue


class Transport(Protocol):
    """The part of an asyncio transport that sending needs."""

    def write(self, data: bytes) -> None:
        """Send `data` as soon as possible."""


class Sender:
    """Writes a network's queue to the current connection."""

    def __init__(self, queue: SendQueue) -> None:
        self.queue = queue
        self._transport: Transport | None = None
        self._paused = False
        self._handle: asyncio.Handle | None = None
        self._emptied = asyncio.Event()
        self._emptied.set()

    @property
    def attached(self) -> bool:
        """Whether there is a connection."""
        return self._transport is not None

    def attach(self, transport: Transport) -> None:
        """A connection was made."""
        self._transport = transport

    def detach(self) -> None:
        """The connection is gone."""
        self._transport = None
        if self._paused:
            self.resume()
        self.queue.forget_errands()
        self._emptied.set()

    def pause(self) -> None:
        """The network does not take what is sent."""
        self._paused = True

    def resume(self) -> None:
        """The network takes more."""
        self._paused = False
        self.wake()

    def send_now(self, line: bytes) -> None:
        """Send a protocol line before everything that waits."""
        if self._transport is not None:
            self._transport.write(line)
            self.queue.charge(asyncio.get_running_loop().time())

    def send_later(self, name: str, spare: float, line: bytes) -> None:
        """Send a line when no answer waits and `spare` lines are free; it replaces an earlier line of this name."""
        if self._transport is not None:
            self.queue.add_errand(name, line, spare)
            self.wake()

    def forget(self, target: str) -> None:
        """Drop everything that waits for this target."""
        self.queue.forget(target)
        self.wake()

    def say(
        self, target: str, text: str, *, asker: str = "", patient: bool = False, private: bool = False
    ) -> None:
        """Queue a text; see `SendQueue.add`."""
        now = asyncio.get_running_loop().time()
        self.queue.add(target, text, now, asker=asker, patient=patient, private=private)
        self.wake()

    def too_many_targets(self, target: str, rest: float) -> None:
        """The server refused the last line to somebody, and will refuse lines to more people for `rest` seconds."""
        self.queue.too_many_targets(target, asyncio.get_running_loop().time(), rest)
        self.wake()

    def wake(self) -> None:
        """Send what can be sent: the first line at once, what is queued later in this turn together."""
        if self._handle is None:
            self._pump()
        elif isinstance(self._handle, asyncio.TimerHandle):
            self._handle.cancel()
            self._handle = None
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_soon(self._pump)

    def stop(self) -> None:
        """Stop sending."""
        self.detach()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    async def drain(self) -> None:
        """Return when everything queued was sent, or there is no connection."""
        while self._transport is not None and not self.queue.empty:
            self._emptied.clear()
            await self._emptied.wait()

    def _pump(self) -> None:
        self._handle = None
        loop = asyncio.get_running_loop()
        if self._paused:
            return
        if lines := self.queue.take(loop.time()):
            assert self._transport is not None  # without a connection no target is ready
            self._transport.write(b"".join(lines))
        if self.queue.empty:
            self._emptied.set()
        wait = self.queue.wait(loop.time())
        if wait is not None:
            self._handle = loop.call_later(wait, self._pump)
