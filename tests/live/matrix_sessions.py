"""Whole bots on a real homeserver, each in many rooms, and the sessions that people hold with them."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.live.bot_process import BotProcess
from tests.live.irc_people import IS_BACK
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Event, Person
from tests.live.matrix_servers import Homeserver

numbers = itertools.count()


@dataclass
class Gathering:
    """What goes into config.toml: one Matrix network and some tracks.

    tracks:  the rooms of each, by its slug (several rooms in one list are linked); an alias alone is that of a room on
             the homeserver
    network: how the bot proves itself, and further lines of [[network]]
    track:   lines that every track gets
    more:    further tables
    """

    home: Home
    tracks: Mapping[str, Sequence[str | list[str]]]
    network: str = 'password_file = "password"'
    track: str = 'list = "ptg@lists.test"'
    more: str = ""

    def text(self) -> str:
        """It as TOML."""
        today = datetime.now(UTC).date()
        return f"""
[bot]
data = "data"
[gathering]
slug = "now"
name = "Present PTG"
starts = {today}
ends = {today + timedelta(1)}
[[network]]
kind = "matrix"
name = "matrix"
homeserver = "{self.home.homeserver.url}"
user = "{self.home.user}"
{self.network}
{"".join(self._track(slug, rooms) for slug, rooms in self.tracks.items())}
[recap]
settle = "1s"
by = "session"
[limits]
commands = 10000
{self.more}
"""

    def _track(self, slug: str, rooms: Sequence[str | list[str]]) -> str:
        named = [
            f"matrix/#{room}:{self.home.homeserver.name}"
            if isinstance(room, str) and "/" not in room
            else room
            for room in rooms
        ]
        return f'[[track]]\nslug = "{slug}"\nrooms = {named}\n{self.track}\n'


@dataclass
class WholeBot:
    """A bot as a process of its own, with the rooms that wait for it."""

    home: Home
    process: BotProcess
    aliases: list[str] = field(default_factory=list)

    @property
    def user(self) -> str:
        return self.home.user

    @property
    def database(self) -> Path:
        return self.process.folder / "data" / "gatherbot.sqlite"

    async def room(self, person: Person, version: str = "12", **wanted: Any) -> "Talk":
        """A room of a track of its own that somebody made, with the bot in it."""
        await self.process.until_logged("logged in as")
        alias = self.aliases.pop(0)
        room = await person.create(version, room_alias_name=alias, **wanted)
        await person.invite(room, self.user)
        await person.until_member(room, self.user, "join")
        return Talk(person, room, self.user, alias)

    async def session(self, talk: "Talk") -> dict[str, Any]:
        """What `gatherbot export` tells of the last session in a room."""
        room = f"matrix/#{talk.alias}:{self.home.homeserver.name}"
        return [session for session in await self.process.sessions() if room in session["rooms"]][-1]

    def count(self, table: str) -> int:
        """How many rows a table of the database has; none before there is one."""
        if not self.database.exists():
            return 0
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            (found,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(found)

    def lines(self, talk: "Talk") -> list[tuple[str, str]]:
        """The log of a room: who said what, in order, edits at their end."""
        wanted = (
            "SELECT speaker.name, line.text FROM line JOIN speaker ON speaker.id = line.speaker "
            "JOIN room ON room.id = line.room WHERE room.name = ? ORDER BY line.session, line.n"
        )
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return [*db.execute(wanted, (f"matrix/#{talk.alias}:{self.home.homeserver.name}",))]


@dataclass
class Talk:
    """Somebody in a room with a bot.

    speaker: who speaks, where that is not the person whose eyes and ears we have
    """

    person: Person
    room: str
    bot: str
    alias: str
    speaker: Person | None = None

    def by(self, speaker: Person) -> "Talk":
        """The same room, where somebody else speaks."""
        return replace(self, speaker=speaker)

    async def say(self, text: str, **more: Any) -> str:
        """A line of text; the event's id."""
        return await (self.speaker or self.person).say(self.room, text, **more)

    async def ask(self, text: str, **more: Any) -> str:
        """Say something, and give what the bot says next."""
        return str((await self.answer(text, **more))["content"]["body"])

    async def answer(self, text: str, **more: Any) -> Event:
        """Say something, and give the event that the bot says next."""
        before = len(self.told())
        await self.say(text, **more)
        return await self.next_told(before)

    async def next_told(self, before: int) -> Event:
        """What the bot says after so many events."""
        await self.person.until(lambda: len(self.told()) > before)
        return self.told()[before]

    async def record(self, text: str, **more: Any) -> str:
        """Say something that the bot acknowledges with an emoji; the event's id."""
        said = await self.say(text, **more)
        await self.person.until(lambda: said in self.acknowledged())
        return said

    def told(self) -> list[Event]:
        """What the bot said in the room, but that it is back."""
        found = self.person.said(self.room, self.bot)
        return [event for event in found if not str(event["content"].get("body", "")).startswith(IS_BACK)]

    def texts(self) -> list[str]:
        """What the bot said in the room, as text."""
        return [str(event["content"].get("body")) for event in self.told()]

    def reactions(self) -> list[tuple[str, str]]:
        """The bot's reactions: to which event, and what."""
        found = self.person.said(self.room, self.bot, "m.reaction")
        relations = [event["content"].get("m.relates_to", {}) for event in found]
        return [(relation["event_id"], relation["key"]) for relation in relations if relation]

    def acknowledged(self) -> list[str]:
        """The events to which the bot reacted."""
        return [target for target, _ in self.reactions()]


def prepared(homeserver: Homeserver, folder: Path, aliases: int = 1, **more: Any) -> WholeBot:
    """A bot that is not started, with so many rooms that anybody may make; its account is still to be registered."""
    home = Home(homeserver, folder / "data", f"gatherbot{next(numbers)}")
    put_password(folder, f"pw-{home.name}")
    names = [f"{home.name}-{number}" for number in range(aliases)]
    tracks = {name: [name] for name in names}
    return WholeBot(home, BotProcess(folder, Gathering(home, tracks, **more)), names)


def put_password(folder: Path, password: str) -> None:
    """Write the file that a configuration names."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "password").write_text(f"{password}\n")
    (folder / "password").chmod(0o600)


@asynccontextmanager
async def whole_bot(
    homeserver: Homeserver, folder: Path, aliases: int = 1, **more: Any
) -> AsyncIterator[WholeBot]:
    """A bot that runs."""
    bot = prepared(homeserver, folder, aliases, **more)
    await bot.home.register()
    bot.process.start()
    try:
        yield bot
    finally:
        bot.process.abandon()


@contextmanager
def shared_bot(homeserver: Homeserver, folder: Path, aliases: int, **more: Any) -> Iterator[WholeBot]:
    """A bot for several tests, each in a room of its own; whatever they do, it logs no fault."""
    bot = prepared(homeserver, folder, aliases, **more)
    asyncio.run(bot.home.register())
    bot.process.start()
    try:
        yield bot
    finally:
        status, _ = asyncio.run(bot.process.stop())
    assert (status, bot.process.faults()) == (0, [])
