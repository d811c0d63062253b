"""Where the lines of a console come from; here from a pipe or a file."""

import asyncio
import os
import threading
from collections.abc import Callable
from typing import Protocol

SpeakerOf = Callable[[str], str]  # who says a line, by what is typed of it so far

WAITING = 100  # lines that are read ahead
CHUNK = 65536


class Interruption(Exception):  # noqa: N818 - not an error
    """Somebody at the keyboard wants it to end at once."""


class Keyboard(Protocol):
    """Gives line by line what somebody types."""

    async def read(self, speaker_of: SpeakerOf) -> str | None:
        """The next line without its end, None after the last one."""


class PipedKeyboard:
    """Lines from a pipe, a file, or a terminal without editing keys.

    read: gives some bytes, and none at the end; it may block, and runs in a thread
    """

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._free = threading.Semaphore(WAITING)
        self._reader: threading.Thread | None = None

    async def read(self, speaker_of: SpeakerOf) -> str | None:  # noqa: ARG002 - nobody is asked
        """The next line without its end, None after the last one."""
        if self._reader is None:  # a thread, because files cannot be polled
            target, loop = self._pass_on, asyncio.get_running_loop()
            self._reader = threading.Thread(target=target, args=(loop,), name="console", daemon=True)
            self._reader.start()
        line = await self._lines.get()
        self._free.release()
        return None if line is None else text_of(line)

    def _pass_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Pass on line by line, in the reader's thread."""
        rest = b""
        while data := self._some():
            *lines, rest = (rest + data).split(b"\n")
            if not all(self._passed(loop, line) for line in lines):
                return
        if not rest or self._passed(loop, rest):
            self._passed(loop, None)

    def _some(self) -> bytes:
        try:
            return self._read()
        except (OSError, ValueError):  # the terminal is gone
            return b""

    def _passed(self, loop: asyncio.AbstractEventLoop, line: bytes | None) -> bool:
        self._free.acquire()
        try:
            loop.call_soon_threadsafe(self._lines.put_nowait, line)
        except RuntimeError:  # the loop is closed
            return False
        return True


def standard_input() -> bytes:
    """Some bytes of the standard input, without Python's buffer, whose lock a waiting thread would hold at the end."""
    return os.read(0, CHUNK)


def text_of(line: bytes) -> str:
    """A typed line as text; bytes that are not UTF-8 are read as Latin-1."""
    try:
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        return line.decode("latin-1").rstrip("\r\n")
