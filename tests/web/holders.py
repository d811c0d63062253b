"""Holders of keys: a keyring without a journal, and a desk without a loop that takes what they say.

holders = Holders(stage)
secret = holders.key("shed", "nova 1 3")     # as a letter to MAINTAINER gave it
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.core import effects
from bot.core.events import Incoming, Message
from bot.core.recap.sources import Sources
from bot.core.state.holders import digest_of_secret
from bot.networks.holder_rooms import HolderRooms
from bot.storage.contract import KeptKey
from bot.web.allowance import Allowance
from bot.web.private_site import Doors, PrivateSite
from bot.web.site import Site
from tests.play import Stage

MAINTAINER = "maintainer@example.org"


class Holders:
    """said: each line that the desk took; kept: the keys, by digest; open: whether the desk works; allowance: of the pages."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.kept: dict[str, KeptKey] = {}
        self.said: list[str] = []
        self.before: set[str] = set()
        self.open = asyncio.Event()
        self.open.set()
        self.allowance = Allowance()
        self.rooms = HolderRooms("gatherbot", lambda: stage.at)
        self.rooms.begin(self._put, self._handled)
        self.doors = Doors(self._key, self._sources, self.rooms.ask)

    def key(
        self, opens: str, argument: str = "", holder: str = MAINTAINER, lasts: timedelta = timedelta(days=30)
    ) -> str:
        """The secret of a new key."""
        letters = "abcdefghijklmnopqrstuvwxyz"
        secret = f"{letters[len(self.kept)]}{letters[1:]}"
        at, digest = self.stage.at, digest_of_secret(secret)
        self.kept[digest] = KeptKey(digest, opens, argument, holder, "track/nova", "l@x", at, at + lasts)
        return secret

    def site(self, site: Site, public_url: str = "") -> PrivateSite:
        """The private pages of a stage."""
        stage = self.stage
        whole = (site, stage.state, stage.register, self.doors, lambda: stage.at, public_url)
        return PrivateSite(*whole, self.allowance)

    async def _key(self, digest: str) -> KeptKey | None:
        return self.kept.get(digest)

    async def _sources(self, order: effects.Prepare, at: datetime) -> Sources:
        del at
        return self.sources(order)

    def sources(self, order: effects.Prepare) -> Sources:
        """What the job of a page would get."""
        return self.stage.sources(order.stream.removeprefix("track/"))

    async def _handled(self, ids: Sequence[str]) -> Collection[str]:
        return self.before & set(ids)

    async def _put(self, event: Incoming) -> None:
        """Take a line as the desk does, and say what the holder gets to hear."""
        assert isinstance(event, Message)
        await self.open.wait()
        self.said.append(event.text)
        self.before.add(f"{event.room.id}/{event.id}/{event.number}")
        known = len(self.stage.decisions)
        self.take(event)
        for decision in self.stage.decisions[known:]:
            for order in decision.orders:
                if isinstance(order, effects.Reply) or (
                    isinstance(order, effects.Tell) and order.to == event.speaker
                ):
                    await self.rooms.tell(event.speaker, order.text)

    def take(self, event: Message) -> None:
        """Let the stage decide on a line."""
        self.stage.event(event)
