"""What systemd is told, on a socket of the test's own, and the unit that starts the bot."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.supervision import Supervisor
from tests.house.sources import ROOT

UNIT = ROOT / "docs/deploy/gatherbot.service"
NOWHERE = '[bot]\ndata = "{data}"\n[[network]]\nkind = "irc"\nname = "oftc"\nhost = "127.0.0.1"\nport = 1\ntls = false\n'


class ServiceManager:
    """Listens as systemd does."""

    def __init__(self, address: str) -> None:
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.listening.bind(address)
        self.listening.settimeout(20)

    def heard(self) -> str:
        return self.listening.recv(4096).decode()

    def heard_nothing(self) -> bool:
        self.listening.settimeout(0)
        try:
            self.listening.recv(4096)
        except BlockingIOError:
            return True
        return False


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[ServiceManager]:
    made = ServiceManager(str(tmp_path / "notify"))
    yield made
    made.listening.close()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "30000"}


def test_without_systemd_nothing_is_told() -> None:
    supervisor = Supervisor({"WATCHDOG_USEC": "30000000"})
    supervisor.tell("READY=1")
    assert supervisor.interval_s == 0


def test_an_abstract_socket() -> None:
    manager = ServiceManager(f"\0gatherbot-{os.getpid()}")
    Supervisor({"NOTIFY_SOCKET": f"@gatherbot-{os.getpid()}"}).tell("READY=1", "STATUS=connected")
    assert manager.heard() == "READY=1\nSTATUS=connected"
    manager.listening.close()


def test_who_does_not_listen_is_no_trouble(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Supervisor({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).tell("READY=1")
    assert caplog.messages == ["systemd cannot be told READY=1: No such file or directory"]


@pytest.mark.parametrize("wrong", [{"WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "soon"}])
def test_whom_the_watchdog_does_not_mean(environment: dict[str, str], wrong: dict[str, str]) -> None:
    assert Supervisor(environment | wrong).interval_s == 0


async def test_the_watchdog_is_fed_after_each_turn(
    manager: ServiceManager, environment: dict[str, str]
) -> None:
    turns = []

    async def turn() -> None:
        turns.append(1)

    feeding = asyncio.create_task(Supervisor(environment).feed(turn, lambda: "connected"))
    for _ in range(3):
        assert await asyncio.to_thread(manager.heard) == "WATCHDOG=1\nSTATUS=connected"
    feeding.cancel()
    assert len(turns) >= 3


async def test_a_desk_that_is_stuck_lets_it_starve(
    manager: ServiceManager, environment: dict[str, str]
) -> None:
    stuck = asyncio.Event()
    feeding = asyncio.create_task(Supervisor(environment).feed(stuck.wait, lambda: "connected"))
    await asyncio.sleep(0.1)
    assert manager.heard_nothing()
    feeding.cancel()


async def test_a_turn_under_way_at_the_stop_is_not_interrupted(environment: dict[str, str]) -> None:
    under_way, goes_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def turn() -> None:
        under_way.set()
        await goes_on.wait()
        ended.set()

    feeding = asyncio.create_task(Supervisor(environment).feed(turn, lambda: "connected"))
    await under_way.wait()
    feeding.cancel()
    await asyncio.wait({feeding})
    goes_on.set()
    async with asyncio.timeout(10):
        await ended.wait()


def test_a_running_bot_tells_that_it_is_ready_lives_and_stops(
    tmp_path: Path, manager: ServiceManager, environment: dict[str, str]
) -> None:
    (tmp_path / "config.toml").write_text(NOWHERE.format(data=tmp_path / "data"))
    with subprocess.Popen(
        [sys.executable, "-m", "bot.commandline", "run", str(tmp_path / "config.toml")],
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.DEVNULL,
    ) as running:
        assert manager.heard() == "READY=1"
        assert manager.heard() == "WATCHDOG=1\nSTATUS=not connected: oftc"
        running.send_signal(signal.SIGTERM)
        while (heard := manager.heard()) != "STOPPING=1":
            assert heard.startswith("WATCHDOG=1")
        assert running.wait(20) == 0


def analyzed(*arguments: str) -> str:
    if shutil.which("systemd-analyze") is None:
        why = "THE UNIT WAS NOT CHECKED: there is no program systemd-analyze here (apt: systemd)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, check=True, text=True).stdout


def test_the_unit_is_valid(tmp_path: Path) -> None:
    unit = tmp_path / "gatherbot.service"
    unit.write_text(UNIT.read_text().replace("/opt/gatherbot/.venv/bin/gatherbot", sys.executable))
    assert analyzed("verify", "--man=no", str(unit)) == ""


def test_the_unit_lets_the_inbox_make_the_socket_that_the_pages_name() -> None:
    """The rest of the file system is read-only for the bot."""
    pages = "".join((ROOT / "docs" / name).read_text() for name in ("configuration.md", "operations.md"))
    folders = set(re.findall(r"lmtp:(?:unix:)?/run/([^/]+)/", pages))
    assert folders == set(re.findall(r"^RuntimeDirectory=(.*)$", UNIT.read_text(), re.MULTILINE))


def test_the_unit_is_as_safe_as_the_page_says() -> None:
    told = analyzed("security", "--offline=true", "--no-pager", str(UNIT))
    assert re.findall(r"Overall exposure level for gatherbot.service: \S+ (\w+)", told) == ["OK"]
