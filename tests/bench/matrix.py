"""Round trips on Matrix beside a bare echo bot on matrix-nio, and what 10,000 messages leave in memory.

    SYNAPSE_VENV=... python tests/bench/matrix.py [--samples 200] [--messages 10000] [--runs 3]

Starts a homeserver of its own. Both bots sit on it at the same time, each in a room of its own, and are asked in turns,
so that the ratio comes from the same minutes.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
START = ROOT / "tests" / "live" / "servers" / "start_synapse.sh"
CONFIG = """
[bot]
nick = "gatherbot"
data = {data!r}
[gathering]
slug = "bench"
name = "Bench PTG"
[[network]]
name = "matrix"
kind = "matrix"
homeserver = {url!r}
user = "@bot:bot.test"
password_env = "BOT_PASSWORD"
[[track]]
slug = "nova"
name = "Nova"
rooms = ["matrix/{room}"]
[recap]
settle = "0s"
"""


class Person:
    """Somebody at a client: speaks, and sees what comes in."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = f"{url}/_matrix/client/v3"
        self._headers: dict[str, str] = {}
        self._since = ""
        self._numbers = count()

    async def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """One call; raises where the homeserver says no."""
        async with self._session.request(
            method, f"{self._url}/{path}", json=body, headers=self._headers
        ) as answer:
            answer.raise_for_status()
            told: dict[str, Any] = await answer.json()
            return told

    async def login(self, user: str, password: str) -> None:
        """Be somebody."""
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user},
            "password": password,
        }
        told = await self.ask("POST", "login", body)
        self._headers = {"Authorization": f"Bearer {told['access_token']}"}

    async def room(self, alias: str) -> str:
        """Make a public room."""
        body = {"preset": "public_chat", "room_alias_name": alias}
        return str((await self.ask("POST", "createRoom", body))["room_id"])

    async def say(self, room: str, text: str) -> None:
        """Say it."""
        path = f"rooms/{room}/send/m.room.message/{next(self._numbers)}"
        await self.ask("PUT", path, {"msgtype": "m.text", "body": text})

    async def news(self, seconds: float = 30.0) -> list[str]:
        """What was said since the last call."""
        query = f"sync?timeout={int(seconds * 1000)}" + (f"&since={self._since}" if self._since else "")
        told = await self.ask("GET", query)
        self._since = told["next_batch"]
        rooms = told.get("rooms", {}).get("join", {}).values()
        events = [event for room in rooms for event in room["timeline"]["events"]]
        return [str(event["content"].get("body", "")) for event in events if event["type"] == "m.room.message"]

    async def answer(self, word: str, seconds: float = 60.0) -> None:
        """Wait for a bot to say this word."""
        async with asyncio.timeout(seconds):
            while not any(word in said and not said.startswith("#") for said in await self.news()):
                pass


async def round_trip(person: Person, room: str, number: int) -> float:
    """Milliseconds from a question to its answer."""
    word = f"word-{number}-{random.randrange(10**9)}"
    began = time.perf_counter()
    asking = asyncio.create_task(person.say(room, f"#bothelp {word}"))
    await person.answer(word)
    took = (time.perf_counter() - began) * 1000
    await asking
    return took


def resident(process: subprocess.Popen[bytes]) -> float:
    """MiB of memory that a process has."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@asynccontextmanager
async def homeserver(folder: Path) -> AsyncIterator[str]:
    """A Synapse on this machine; its address."""
    port = random.randrange(20_000, 30_000)
    environment = {**os.environ, "SYNAPSE_USERS": "alice bot echo"}
    subprocess.run([str(START), str(folder), str(port)], check=True, env=environment, stdout=sys.stderr)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run(["kill", (folder / "homeserver.pid").read_text().strip()], check=False)


async def settled(person: Person, room: str) -> None:
    """Wait until a bot answers."""
    word = f"awake-{random.randrange(10**9)}"
    for _ in range(60):
        await person.say(room, f"#bothelp {word}")
        try:
            await person.answer(word, 2.0)
        except TimeoutError:
            continue
        return
    raise RuntimeError("a bot did not come")


async def flood(person: Person, room: str, messages: int, start: int) -> None:
    """So many lines of chat, as fast as the homeserver takes them."""
    for first in range(start, start + messages, 8):
        last = min(first + 8, start + messages)
        await asyncio.gather(*(person.say(room, f"line {n} of chat") for n in range(first, last)))


async def measure(arguments: argparse.Namespace) -> None:
    """All of it, printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with homeserver(folder / "synapse") as url, aiohttp.ClientSession() as session:
            alice = Person(session, url)
            await alice.login("alice", "pw-alice")
            echoed, ours = await alice.room("echo"), await alice.room("nova")
            config = folder / "config.toml"
            config.write_text(
                CONFIG.format(data=str(folder / "data"), url=url, room="#nova:bot.test"), encoding="utf-8"
            )
            environment = {**os.environ, "BOT_PASSWORD": "pw-bot", "PYTHONPATH": str(ROOT)}
            echo = subprocess.Popen(
                [sys.executable, str(ROOT / "tests/bench/echo.py"), url, "@echo:bot.test", "pw-echo", "#echo:bot.test"],
                stdout=subprocess.DEVNULL,
            )
            bot = subprocess.Popen(
                [sys.executable, "-m", "bot.commandline", "run", str(config)], env=environment, cwd=folder
            )
            try:
                await settled(alice, echoed)
                await settled(alice, ours)
                await alice.say(ours, "#startmeeting bench")
                await ratios(alice, echoed, ours, arguments)
                await memory(alice, ours, bot, arguments.messages)
            finally:
                bot.terminate()
                echo.kill()
                bot.wait()


async def ratios(alice: Person, echoed: str, ours: str, arguments: argparse.Namespace) -> None:
    """Ask both in turns."""
    for run in range(arguments.runs):
        times: dict[str, list[float]] = {"echo": [], "gatherbot": []}
        for number in range(arguments.samples):
            times["echo"].append(await round_trip(alice, echoed, number))
            times["gatherbot"].append(await round_trip(alice, ours, number))
        middle = {name: statistics.median(found) for name, found in times.items()}
        late = {name: statistics.quantiles(found, n=100)[98] for name, found in times.items()}
        print(
            f"run {run + 1}: p50 echo {middle['echo']:.1f} ms, gatherbot {middle['gatherbot']:.1f} ms, "
            f"ratio {middle['gatherbot'] / middle['echo']:.2f}; p99 {late['echo']:.1f}, {late['gatherbot']:.1f} ms, "
            f"ratio {late['gatherbot'] / late['echo']:.2f}",
            flush=True,
        )


async def memory(alice: Person, room: str, bot: subprocess.Popen[bytes], messages: int) -> None:
    """What messages leave behind: a first flood fills what is bounded, the second one counts."""
    for part in range(3):
        before = resident(bot)
        await flood(alice, room, messages, part * messages)
        await settled(alice, room)
        after = resident(bot)
        print(f"memory: {messages} messages, {before:.1f} -> {after:.1f} MiB", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    asyncio.run(measure(parser.parse_args()))
