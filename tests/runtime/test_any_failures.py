"""Whatever storage refuses, and when: memory is what the journal tells, and what was acknowledged is in it, once."""

import asyncio
import random
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import BackInRoom, Departed, Incoming, NickChanged, Room
from bot.core.facts import Recorded
from bot.core.people.identity import Identity
from bot.core.session.fold import fold
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime import desk as desk_module
from bot.storage.contract import Batch, StorageFull
from tests.runtime.stage import ROOM, Stage, stage

PLUGINS = [
    plugin for plugin in bundled_plugins() if plugin.name not in {"sessions", "agenda", "topics", "help"}
]
LINES = (
    "#startmeeting Day", "#endmeeting", "#topic A", "#topic B", "#info x", "#info y", "#idea z", "#undo", "#edit 1 q",
    "#edit 2 w", "#drop 1", "s/x/y/", "hello", "hello all", "#status", "#bothelp", "#recap", "#pause", "#resume",
    "#chair bob", "present+", "#reopen", "#move 1 to A", "gatherbot: thanks", "#recap send!",
)  # fmt: skip
ACKNOWLEDGED = re.compile(r"(?:ended at [^;]{1,60}; )?#(\d+) (?:info|idea)(?:; .{1,200})?")
AGAIN_S = 0.02


class Chance:
    """What happens by chance, the same for the same seed; `bad` is how likely storage refuses."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.bad = 0.0

    def refuses(self, _: Batch) -> bool:
        drawn = self.random.random()
        if drawn < self.bad:
            raise StorageFull("no room")
        return drawn < self.bad * 1.5

    def event(self, on: Stage) -> Incoming:
        """Somebody says something, mostly."""
        nick, drawn = self.random.choice(["amaru", "bob", "op"]), self.random.random()
        who, other = Identity("irc", nick, nick), self.random.choice(["amaru", "bob", "zed"])
        if drawn < 0.06:
            return NickChanged(who, Identity("irc", other, other), on.at)
        if drawn < 0.10:
            return Departed(who, on.at)
        if drawn < 0.14:
            return BackInRoom(Room(ROOM, "irc"), on.at, on.at - timedelta(seconds=30))
        return on.message(nick, self.random.choice(LINES), self.random.choice([ROOM, ROOM, "irc/#nova-2"]))

    def passes(self, on: Stage) -> None:
        """Time goes on, and storage becomes better or worse."""
        if self.random.random() < 0.15:
            self.bad = self.random.choice([0.0, 0.0, 0.5, 1.0])
        if self.random.random() < 0.10:
            on.at += timedelta(minutes=self.random.choice([1, 6, 60, 100]))


async def memory_is_the_journal(on: Stage) -> None:
    for session in list(on.desk.state.sessions()):
        assert fold(await on.journal._real.entries(session.id)) == session


async def recorded(on: Stage) -> list[int]:
    """The numbers of all records that are on disk."""
    rows = await on.journal._real.sessions()
    entries = [entry for row in rows for entry in await on.journal._real.entries(row.id)]
    return sorted(entry.fact.n for entry in entries if isinstance(entry.fact, Recorded))


def acknowledged(said: Sequence[object]) -> list[int]:
    texts = [action.text for action in said if isinstance(action, SaidInRoom)]
    return sorted(int(found[1]) for text in texts if (found := ACKNOWLEDGED.fullmatch(text)))


@pytest.mark.parametrize("seed", range(25))
async def test_what_is_acknowledged_is_on_disk_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "AGAIN_S", AGAIN_S)
    chance = Chance(seed)
    said: list[object] = []
    async with stage(*PLUGINS) as on:
        on.journal.refuse = chance.refuses
        for _ in range(40):
            chance.passes(on)
            said += await on.hear(*(chance.event(on) for _ in range(chance.random.choice([1, 1, 2, 5]))))
            while (due := on.timers.next_due(on.at)) is not None:
                said += await on.hear(due)
            await memory_is_the_journal(on)
        chance.bad = 0.0
        await asyncio.sleep(2 * AGAIN_S)
        await on.desk.finish()
        await memory_is_the_journal(on)
        assert acknowledged(said) == await recorded(on)
