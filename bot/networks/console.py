"""A room in your terminal: you type as anybody, and the bot answers.

    amaru: #topic Welcome      somebody speaks; the next line without a name is amaru's too
    /me waves                  an action of the last speaker
    /msg #status               a private line to the bot
    /nick amaru_               the last speaker changes nick
    /op amaru  /deop amaru     gives and takes the power of a moderator
    /quit jbell                somebody leaves; without a name the chat ends

A line that begins with the bot's own name is addressed to the bot.
"""

import asyncio
import re
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import MappingProxyType

from msgspec.structs import replace

from bot.core.events import Departed, Message, NickChanged, Power, Room
from bot.core.people.identity import Identity, casefold
from bot.networks.contract import Inbox

NICK = r"[^\W\d][\w\[\]\\`^{|}-]{0,31}"
NAMED = re.compile(rf"\s*({NICK}):(?:\s(.*))?", re.DOTALL)
COMMAND = re.compile(r"/([a-z]+)(?: +(.*))?", re.DOTALL)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # control characters for the terminal
HINT = (
    "type as anybody (amaru: #topic Welcome); also /me, /msg, /nick NAME, /op NAME, /deop NAME, /quit [NAME]"
)
WAITING = 100  # lines that may be typed ahead


def _now() -> datetime:
    return datetime.now(UTC)


class ConsoleNetwork:
    """The network of one terminal, with one room.

    read:  gives the next line with its line end, and nothing at the end; it may block, and runs in a thread
    show:  shows one line
    names: further names that the bot answers to
    """

    reactions = False
    durable = False

    def __init__(
        self,
        read: Callable[[], bytes],
        show: Callable[[str], object] = print,
        *,
        room: str = "console/#console",
        login: str = "you",
        nick: str = "gatherbot",
        names: Iterable[str] = (),
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.name, _, self._channel = room.partition("/")
        self.nick = nick
        self._read = read
        self._show = show
        self._clock = clock
        self._answers_to = {casefold(name) for name in (nick, *names)}
        self._members: dict[str, Identity] = {}
        self._ops: set[str] = set()
        self._private: dict[str, str] = {}  # the nick of each private conversation, by room
        self._room = Room(room, self.name, members=MappingProxyType(self._members))
        self._speaker = self._person(login)

    async def run(self, inbox: Inbox) -> None:
        """Hear what is typed, until the end of the input or /quit."""
        lines: asyncio.Queue[bytes] = asyncio.Queue()
        free = threading.Semaphore(WAITING)
        reader = threading.Thread(
            target=self._read_all, args=(asyncio.get_running_loop(), lines, free), name="console", daemon=True
        )
        reader.start()  # a thread, because a terminal cannot be polled without changing it for everybody
        while line := await lines.get():
            free.release()
            if not await self._typed(_text_of(line), inbox):
                return

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",  # noqa: ARG002 - a terminal has no threads
        key: str = "",  # noqa: ARG002
        asker: str = "",  # noqa: ARG002
        patient: bool = False,  # noqa: ARG002
    ) -> None:
        """Show what the bot says in the room, or in private to somebody who wrote to it."""
        if room == self._room.id:
            self._show_lines(f"<{self.nick}> ", text)
        elif room in self._private:
            self._show_lines(f"[to {self._private[room]}] <{self.nick}> ", text)

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:  # noqa: ARG002 - shown at once
        """Show what the bot says to one person."""
        self._show_lines(f"[to {to.name}] <{self.nick}> ", text)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        """A terminal has no reactions."""

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Show the room's new topic."""
        if room != self._room.id or (instead_of is not None and instead_of != self._room.topic):
            return
        topic = " ".join(_lines_of(text))
        if topic != self._room.topic:
            self._room = replace(self._room, topic=topic)
            self._show(f"-!- the topic of {self._channel} is now: {topic}")

    async def drain(self) -> None:
        """Return at once: everything is shown."""

    def _read_all(
        self, loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[bytes], free: threading.Semaphore
    ) -> None:
        """Pass on line by line, in the reader's thread."""
        line = b"begin"
        while line:
            free.acquire()
            try:
                line = self._read()
            except (OSError, ValueError):  # the terminal is gone; a closed file is a ValueError
                line = b""
            try:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            except RuntimeError:  # the loop is closed
                return

    def _show_lines(self, start: str, text: str) -> None:
        for line in _lines_of(text):
            self._show(start + line)

    def _person(self, name: str) -> Identity:
        person = Identity(self.name, name, casefold(name))
        self._members[person.key] = person
        return person

    async def _typed(self, line: str, inbox: Inbox) -> bool:
        """Handle one line; returns whether the chat goes on."""
        text = line
        named = NAMED.fullmatch(line)
        if named is not None and casefold(named[1]) not in self._answers_to:
            self._speaker = self._person(named[1])
            text = named[2] or ""
        if not text.strip():
            return True
        command = COMMAND.fullmatch(text.strip())
        if command is not None:
            return await self._command(command[1], (command[2] or "").strip(), inbox)
        await inbox.put(self._message(text))
        return True

    def _message(self, text: str, *, off_record: bool = False) -> Message:
        person = self._person(self._speaker.name)
        power = Power.MODERATOR if person.key in self._ops else Power.NONE
        return Message(self._room, person, text, self._clock(), power, off_record=off_record)

    async def _command(self, word: str, rest: str, inbox: Inbox) -> bool:
        """Carry out one of the console's own commands; returns whether the chat goes on."""
        if word == "quit" and not rest:
            return False
        if word == "me" and rest:
            await inbox.put(self._message(rest, off_record=True))
        elif word == "msg" and rest:
            await inbox.put(self._private_message(rest))
        elif re.fullmatch(NICK, rest) is None:
            self._show(f"-!- {HINT}")
        else:
            await self._about_somebody(word, rest, inbox)
        return True

    async def _about_somebody(self, word: str, name: str, inbox: Inbox) -> None:
        match word:
            case "nick":
                await self._rename(name, inbox)
            case "op":
                self._ops.add(casefold(name))
            case "deop":
                self._ops.discard(casefold(name))
            case "quit":
                await self._leave(name, inbox)
            case _:
                self._show(f"-!- {HINT}")

    def _private_message(self, text: str) -> Message:
        person = self._person(self._speaker.name)
        room = Room(f"{self.name}/{person.name}", self.name, members=self._room.members, private=True)
        self._private[room.id] = person.name
        return Message(room, person, text, self._clock())

    async def _rename(self, name: str, inbox: Inbox) -> None:
        old = self._speaker
        self._members.pop(old.key, None)
        self._speaker = self._person(name)
        if old.key in self._ops:
            self._ops.remove(old.key)
            self._ops.add(self._speaker.key)
        await inbox.put(NickChanged(old, self._speaker, self._clock()))

    async def _leave(self, name: str, inbox: Inbox) -> None:
        person = self._members.pop(casefold(name), None)
        if person is None:
            self._show(f"-!- nobody here is called {name}")
            return
        self._ops.discard(person.key)
        await inbox.put(Departed(person, self._clock()))


def _text_of(line: bytes) -> str:
    """A typed line as text; bytes that are not UTF-8 are read as Latin-1."""
    try:
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        return line.decode("latin-1").rstrip("\r\n")


def _lines_of(text: str) -> list[str]:
    return [CONTROLS.sub("", line) for line in re.split(r"\r\n|\r|\n", text)]
