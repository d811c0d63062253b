"""A gathering on a real IRC server: people and real bots, who all go home at the end of the test."""

import asyncio
from pathlib import Path

from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.irc_servers import Ircd


class Scene:
    """Makes people and a bot on one server."""

    def __init__(self, ircd: Ircd, folder: Path) -> None:
        self.ircd = ircd
        self.folder = folder
        self._people: list[Person] = []
        self._bots: list[BotProcess] = []

    async def person(
        self, nick: str, *rooms: str, password: str = "", port: int = 0, user: str = "peer"
    ) -> Person:
        """Somebody in rooms; who comes first has op there."""
        person = Person(nick, user=user)
        self._people.append(person)
        await person.connect(port or self.ircd.port, password=password)
        for room in rooms:
            await person.join(room)
        return person

    async def people(self, *nicks: str, room: str) -> list[Person]:
        """Several at once: InspIRCd lets people in once a second."""
        return await asyncio.gather(*(self.person(nick, room) for nick in nicks))

    def bot(self, configuration: Configuration, folder: Path | None = None) -> BotProcess:
        """A bot that is not started yet."""
        self._bots.append(BotProcess(folder or self.folder, configuration))
        return self._bots[-1]

    async def over(self) -> None:
        """Everybody goes."""
        for bot in self._bots:
            bot.abandon()
        for person in self._people:
            if person.came:
                await person.leave()
