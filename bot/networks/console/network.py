"""A room in your terminal: you type as yourself or as anybody, and the bot answers.

    #topic Welcome             you speak
    amaru: #topic Welcome      somebody else does
    /me waves                  an action; "amaru: /me waves" is amaru's, and so with the next two
    /msg #status               a private line to the bot
    /nick amaru_               a change of nick
    /op amaru  /deop amaru     gives and takes the power of a moderator
    /quit jbell                somebody leaves; without a name the chat ends

A line that begins with the bot's own name is addressed to the bot.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import MappingProxyType

from msgspec.structs import replace

from bot.core.events import Departed, Message, NickChanged, Power, Room
from bot.core.people.identity import Identity, casefold
from bot.networks.console.keyboard import Keyboard
from bot.networks.contract import Inbox

NICK = r"[^\W\d][\w\[\]\\`^{|}-]{0,31}"
NAMED = re.compile(rf"\s*({NICK}):(?:\s(.*))?", re.DOTALL)
COMMAND = re.compile(r"/([a-z]+)(?: +(.*))?", re.DOTALL)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # control characters for the terminal
HINT = 'type as anybody ("amaru: #topic Welcome"); also /me, /msg, /nick NAME, /op NAME, /deop NAME, /quit [NAME]'
COMMANDS = {
    "/deop": "takes the power of a moderator from somebody",
    "/me": "tells what you do",
    "/msg": "says something to the bot in private",
    "/nick": "changes your nick",
    "/op": "gives somebody the power of a moderator",
    "/quit": "ends the chat, or somebody leaves",
}


def _now() -> datetime:
    return datetime.now(UTC)


class ConsoleNetwork:
    """The network of one terminal, with one room.

    show:  shows one line
    login: your nick
    names: further names that the bot answers to, and other words that no person has as a name
    echo:  show what is typed as well, for a keyboard that does not leave it on the screen
    """

    reactions = False
    durable = False

    def __init__(
        self,
        keyboard: Keyboard,
        show: Callable[[str], object] = print,
        *,
        room: str = "console/#console",
        login: str = "you",
        nick: str = "gatherbot",
        names: Iterable[str] = (),
        echo: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.name, _, self._channel = room.partition("/")
        self.nick = nick
        self._keyboard = keyboard
        self._show = show
        self._echo = echo
        self._clock = clock
        self._nobody = {casefold(name) for name in (nick, *names)}
        self._members: dict[str, Identity] = {}
        self._ops: set[str] = set()
        self._private: dict[str, str] = {}  # the nick of each private conversation, by room
        self._room = Room(room, self.name, members=MappingProxyType(self._members))
        self._you = self._person(login)

    async def run(self, inbox: Inbox) -> None:
        """Hear what is typed, until the end of the input or /quit; a keyboard may raise Interruption."""
        while (line := await self._keyboard.read(self.speaker_of)) is not None:
            if not await self._typed(line, inbox):
                return

    def people(self) -> list[str]:
        """The names of those who are in the room, and the bot's."""
        return [*(person.name for person in self._members.values()), self.nick]

    def speaker_of(self, line: str) -> str:
        """The name of whoever says a line."""
        return self._parted(line)[0]

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

    def _show_lines(self, start: str, text: str) -> None:
        for line in _lines_of(text):
            self._show(start + line)

    def _person(self, name: str) -> Identity:
        person = Identity(self.name, name, casefold(name))
        self._members[person.key] = person
        return person

    def _parted(self, line: str) -> tuple[str, str]:
        """Who says a line, and what."""
        named = NAMED.fullmatch(line)
        if named is None or casefold(named[1]) in self._nobody:
            return self._you.name, line
        return named[1], named[2] or ""

    async def _typed(self, line: str, inbox: Inbox) -> bool:
        """Handle one line; returns whether the chat goes on."""
        name, text = self._parted(line)
        speaker = self._you if name == self._you.name else self._person(name)
        if not text.strip():
            return True
        command = COMMAND.fullmatch(text.strip())
        if command is not None:
            return await self._command(speaker, command[1], (command[2] or "").strip(), inbox)
        await self._put(inbox, self._message(speaker, text), f"<{speaker.name}> {text}")
        return True

    async def _put(self, inbox: Inbox, message: Message, shown: str) -> None:
        if self._echo:
            self._show_lines("", shown)
        await inbox.put(message)

    def _message(self, speaker: Identity, text: str, *, off_record: bool = False) -> Message:
        person = self._person(speaker.name)
        power = Power.MODERATOR if person.key in self._ops else Power.NONE
        return Message(self._room, person, text, self._clock(), power, off_record=off_record)

    async def _command(self, speaker: Identity, word: str, rest: str, inbox: Inbox) -> bool:
        """Carry out one of the console's own commands; returns whether the chat goes on."""
        if word == "quit" and not rest:
            if speaker == self._you:
                return False
            await self._leave(speaker.name, inbox)
        elif word == "me" and rest:
            message = self._message(speaker, rest, off_record=True)
            await self._put(inbox, message, f"* {speaker.name} {rest}")
        elif word == "msg" and rest:
            message = self._private_message(speaker, rest)
            await self._put(inbox, message, f"[to {self.nick}] <{speaker.name}> {rest}")
        elif re.fullmatch(NICK, rest) is None:
            self._show(f"-!- {HINT}")
        else:
            await self._about_somebody(speaker, word, rest, inbox)
        return True

    async def _about_somebody(self, speaker: Identity, word: str, name: str, inbox: Inbox) -> None:
        match word:
            case "nick":
                await self._rename(speaker, name, inbox)
            case "op":
                self._ops.add(casefold(name))
                self._show(f"-!- {name} is a moderator")
            case "deop":
                self._ops.discard(casefold(name))
                self._show(f"-!- {name} is no moderator")
            case "quit":
                await self._leave(name, inbox)
            case _:
                self._show(f"-!- {HINT}")

    def _private_message(self, speaker: Identity, text: str) -> Message:
        person = self._person(speaker.name)
        room = Room(f"{self.name}/{person.name}", self.name, members=self._room.members, private=True)
        self._private[room.id] = person.name
        return Message(room, person, text, self._clock())

    async def _rename(self, old: Identity, name: str, inbox: Inbox) -> None:
        self._members.pop(old.key, None)
        new = self._person(name)
        if old == self._you:
            self._you = new
        if old.key in self._ops:
            self._ops.remove(old.key)
            self._ops.add(new.key)
        self._show(f"-!- {old.name} is now {new.name}")
        await inbox.put(NickChanged(old, new, self._clock()))

    async def _leave(self, name: str, inbox: Inbox) -> None:
        person = self._members.pop(casefold(name), None)
        if person is None:
            self._show(f"-!- nobody here is called {name}")
            return
        self._ops.discard(person.key)
        self._show(f"-!- {person.name} left")
        await inbox.put(Departed(person, self._clock()))


def _lines_of(text: str) -> list[str]:
    return [CONTROLS.sub("", line) for line in re.split(r"\r\n|\r|\n", text)]
