"""Whether the bot works, for those who watch over it: the desk takes turns, the journal writes, the networks are there."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

PATIENCE_S = 3.0  # for the journal to answer
STUCK_S = 20.0  # a desk that is in the same turn for so long is stuck


class Vitals(Struct, frozen=True):
    """How to ask the parts of the bot.

    desk:     how many turns it finished, and whether it is in one
    saves:    whether the journal could save what came last
    journal:  asks the journal something small; raises when it cannot answer
    networks: by name, whether each is connected
    """

    desk: Callable[[], tuple[int, bool]]
    saves: Callable[[], bool]
    journal: Callable[[], Awaitable[object]]
    networks: Callable[[], Mapping[str, bool]]


class Health:
    """Looks at the vitals when somebody asks."""

    def __init__(self, vitals: Vitals, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._vitals = vitals
        self._monotonic = monotonic
        self._turns = -1
        self._since = monotonic()

    async def report(self) -> tuple[bool, bytes]:
        """Whether all is well, and what is, as JSON."""
        desk, journal = self._desk(), await self._journal()
        networks = dict(self._vitals.networks())
        well = desk and journal and all(networks.values())
        parts = {"desk": desk, "journal": journal, "networks": networks}
        return well, json.dumps({"status": "ok" if well else "trouble", **parts}).encode() + b"\n"

    async def watch(self) -> None:
        """Look at the desk now and then, so that one that is stuck is known when somebody asks."""
        while True:
            self._desk()
            await asyncio.sleep(STUCK_S / 4)

    def _desk(self) -> bool:
        """Whether the desk took a turn lately, or has nothing to do."""
        (turns, busy), now = self._vitals.desk(), self._monotonic()
        if not busy or turns != self._turns:
            self._turns, self._since = turns, now
        return now - self._since < STUCK_S

    async def _journal(self) -> bool:
        """Whether the journal saves, and answers."""
        if not self._vitals.saves():
            return False
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._vitals.journal()
        except Exception:  # noqa: BLE001 - whatever it is, the journal does not answer
            return False
        return True
