"""The real program as a process of its own: started on a configuration, watched by its log, ended by signals."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from tests.live.irc_servers import Ircd

PROGRAM = Path(sys.executable).with_name("gatherbot")
PATIENCE = 60.0  # seconds; a machine where all tests run at once is slow
TRACK_LIST = "ptg@lists.test"


@dataclass
class Configuration:
    """What goes into config.toml: one IRC network and a track a room.

    network, bot, more: further lines of [[network]] and [bot], and further tables
    track: lines that every track gets
    """

    ircd: Ircd
    rooms: list[str]
    network: str = "throttle = false"
    bot: str = ""
    track: str = f'list = "{TRACK_LIST}"'
    recap: str = 'settle = "1s"\nby = "session"'
    more: str = ""
    port: int = 0
    days: list[date] = field(
        default_factory=lambda: [datetime.now(UTC).date() + timedelta(n) for n in range(2)]
    )

    def text(self) -> str:
        """It as TOML."""
        first, last = self.days[0], self.days[-1]
        return f"""
[bot]
nick = "gatherbot"
data = "data"
{self.bot}
[gathering]
slug = "now"
name = "Present PTG"
kind = "Project Teams Gathering (PTG)"
starts = {first}
ends = {last}
[[network]]
kind = "irc"
name = "irc"
host = "localhost"
port = {self.port or self.ircd.port}
tls = false
{self.network}
{"".join(self._track(room) for room in self.rooms)}
[recap]
{self.recap}
{self.more}
"""

    def _track(self, room: str) -> str:
        slug = room.removeprefix("#")
        return f'[[track]]\nslug = "{slug}"\nname = "{slug.title()}"\nrooms = ["irc/{room}"]\n{self.track}\n'


class AsToml(Protocol):
    """A configuration."""

    def text(self) -> str:
        """It as TOML."""


class BotProcess:
    """`gatherbot` in a folder that holds its config.toml, its data and its log."""

    def __init__(self, folder: Path, configuration: AsToml) -> None:
        self.folder = folder
        self.log_file = folder / "bot.log"
        self.config = folder / "config.toml"
        self.config.write_text(configuration.text())
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        """`gatherbot run`."""
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "run", self.config],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **environment},
            )

    @property
    def log(self) -> str:
        """Everything that it logged, over all its starts."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    async def until_logged(self, text: str, times: int = 1) -> None:
        """Wait for a text in the log."""
        until = time.monotonic() + PATIENCE
        while self.log.count(text) < times:
            assert self.process is None or self.process.poll() is None, self.log
            assert time.monotonic() < until, f"not logged {times} times: {text}\n{self.log}"
            await asyncio.sleep(0.02)

    def kill(self) -> None:
        """As `kill -9` and a power cut do it."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end: its exit status, and how many seconds that took."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(how)
        status = await asyncio.to_thread(self.process.wait, PATIENCE)
        return status, time.monotonic() - begun

    def abandon(self) -> None:
        """See to it that it does not outlive its test."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    async def command(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Another command in the same folder."""

        def run() -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [PROGRAM, *arguments],
                cwd=self.folder,
                input=typed,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )

        return await asyncio.to_thread(run)

    async def sessions(self) -> list[dict[str, Any]]:
        """What `gatherbot export` tells of the sessions."""
        done = await self.command("export")
        assert (done.returncode, done.stderr) == (0, "")
        found: list[dict[str, Any]] = json.loads(done.stdout)["sessions"]
        return found

    def faults(self) -> list[str]:
        """Lines of the log that report something that ought not to happen."""
        return [line for line in self.log.splitlines() if " ERROR " in line or "Traceback" in line]
