"""What messages leave in memory, on their whole way from a homeserver's answer to the log: nothing that grows for ever."""

import asyncio
import gc
import tracemalloc
from pathlib import Path
from typing import Any

from bot.app.engine import Engine
from bot.app.service import running
from bot.bundled import choose
from bot.config import load
from bot.networks.matrix.adapter import MatrixNetwork
from bot.networks.matrix.server.homeserver import Content
from bot.networks.matrix.settings import MatrixSettings
from bot.runtime.timers import machine_clock
from tests.networks.matrix.fake_homeserver import AMARU, ME, FakeHomeserver, created, member, response, room

FILLING = 3 * 4096  # messages until everything is full that has a bound
COUNTED = 4096  # the ids of that many are given up at a time
MOST = 16  # bytes a message; ids alone take five times as much
TOGETHER = 100  # messages of a response
CONFIG = f"""
[bot]
data = "data"
[gathering]
slug = "ptg"
name = "PTG"
[[network]]
kind = "matrix"
name = "matrix"
homeserver = "https://example.org"
user = "{ME}"
password_env = "PASSWORD"
[[track]]
slug = "nova"
list = "ptg@lists.test"
rooms = ["matrix/!nova"]
"""


class TalkativeHomeserver(FakeHomeserver):
    """Tells messages as fast as they are asked for, as many as there are to be."""

    def __init__(self) -> None:
        state = (created(), member(ME), member(AMARU))
        super().__init__(response("s0", nova=room(given=state)))
        self.told = 0
        self.wanted = 0

    async def sync(self, since: str | None, *, wait: float, full_state: bool = False) -> Content:
        if self.syncs or self.told >= self.wanted:
            return await super().sync(since, wait=wait, full_state=full_state)
        numbers = range(self.told, min(self.told + TOGETHER, self.wanted))
        self.told = numbers.stop
        return response(f"s{self.told}", nova=room(*map(_said, numbers)))

    async def flood(self, more: int) -> None:
        """Tell so many more messages, until the bot asks for what comes after them."""
        self.wanted += more
        self.idle.clear()
        self.tell(response(f"s{self.told}"))
        await self.idle.wait()
        # what they are asked about is not what is measured
        self.asked.clear()
        self.sent.clear()
        self.events.clear()


def _said(number: int) -> dict[str, Any]:
    commands = {0: "#startmeeting Day 1", 50: "#bothelp topic", 75: "#iam"}
    text = "#status" if number % 100 == 1 else commands.get(number % 5000, f"line {number} of chat")
    return {
        "type": "m.room.message",
        "event_id": f"${number:043d}",
        "sender": AMARU,
        "origin_server_ts": int(machine_clock().timestamp() * 1000),
        "content": {"msgtype": "m.text", "body": text},
    }


async def _held(engine: Engine) -> int:
    """Bytes that are held once all is written that was said."""
    await engine.desk.settle()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    return held


async def test_messages_leave_nothing_in_memory(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    config = load(tmp_path / "config.toml", choose, {"PASSWORD": "pw"})
    config.data.mkdir()
    server = TalkativeHomeserver()
    (settings,) = config.networks
    assert isinstance(settings, MatrixSettings)
    network = MatrixNetwork(settings, clock=machine_clock, connect=lambda *_: server)
    async with running(config, {"matrix": network}) as bot:
        listening = asyncio.create_task(network.run(bot.engine.desk))
        tracemalloc.start()
        try:
            await server.flood(FILLING)
            before = await _held(bot.engine)
            await server.flood(COUNTED)
            after = await _held(bot.engine)
        finally:
            tracemalloc.stop()
        listening.cancel()
        await asyncio.wait({listening})
        (session,) = bot.engine.state.sessions()
        assert len(await bot.engine.journal.lines(session.id, FILLING + COUNTED - 1)) == 1
    assert (after - before) / COUNTED < MOST
