"""A real Matrix homeserver on loopback, Synapse, as a fixture.

Synapse lives in an environment of its own, named by SYNAPSE_VENV, else in gatherbot-tests/synapse of the user's cache
folder. `tests/run` makes it; where it is missing, its tests are skipped, or make it where CI is set.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.live.matrix_people import Person
from tests.live.ports import free_ports

SCRIPT = Path(__file__).parent / "servers/start_synapse.sh"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
SYNAPSE = Path(os.environ.get("SYNAPSE_VENV") or CACHE / "gatherbot-tests/synapse")
STARTING = 180.0  # seconds; a machine where all tests run at once is slow
MAKING = 300.0  # its environment, the first time


@dataclass
class Homeserver:
    """A running homeserver with the users bot, alice and bob (password "pw-NAME"); others register by themselves."""

    folder: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    name: str = "bot.test"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def user(self, name: str) -> str:
        """The id of the user of this name."""
        return f"@{name}:{self.name}"

    def start(self) -> None:
        """Start it, or start it again with the same data."""
        new = not SYNAPSE.exists()
        with (self.folder / "start.out").open("wb") as out:
            started = subprocess.run(
                [str(SCRIPT), str(self.folder), str(self.port)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=MAKING if new else STARTING, check=False,
                env={**os.environ, "SYNAPSE_VENV": str(SYNAPSE), "PYTHON": sys.executable, **self.environment},
            )  # fmt: skip
        if started.returncode:
            pytest.fail(f"Synapse did not start: {(self.folder / 'start.out').read_text()}")

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it; nobody has time for its polite end but who tests it."""
        file = self.folder / "homeserver.pid"
        if not file.exists():
            return
        process = int(file.read_text())
        with suppress(ProcessLookupError):
            os.kill(process, how)
        deadline = time.monotonic() + 10
        while _runs(process) and time.monotonic() < deadline:
            time.sleep(0.02)
        file.unlink()

    @asynccontextmanager
    async def person(self, name: str) -> AsyncIterator[Person]:
        """Somebody on it, for as long as needed."""
        async with Person(self.url, name) as person:
            yield person


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@contextmanager
def running_homeserver(folder: Path, **environment: str) -> Iterator[Homeserver]:
    """A homeserver for as long as it is needed; where Synapse is missing: see above."""
    lacking = "" if shutil.which("curl") else "curl"
    if not os.environ.get("CI") and not SYNAPSE.exists():
        lacking = "Synapse (tests/run installs it; or name its environment in SYNAPSE_VENV)"
    if lacking:
        complaint = f"NO LIVE MATRIX: {lacking} is missing"
        if os.environ.get("CI"):
            pytest.fail(complaint)
        pytest.skip(complaint)
    folder.mkdir(parents=True, exist_ok=True)
    homeserver = Homeserver(folder, free_ports(1), environment)
    try:
        homeserver.start()
        yield homeserver
    finally:
        homeserver.stop()


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    """One for all tests that leave it running; rooms of any version can be made on it."""
    with running_homeserver(tmp_path_factory.mktemp("synapse")) as homeserver:
        yield homeserver
