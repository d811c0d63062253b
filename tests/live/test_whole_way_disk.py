"""A full disk under the real bot: the room hears it once, chat goes on, and nothing that was acknowledged is lost."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.bot_process import Configuration
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

ROOM = "#full"
SIZE = 2 * 1024 * 1024
NOT_RECORDED = "I can't save anything right now; I'll say when I can"
AGAIN = "I can save again; please repeat anything important since then"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of two megabytes; making one is root's right."""
    folder = tmp_path / "data"
    folder.mkdir()
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounting.returncode:
        why = f"NO FULL DISK: a small file system cannot be mounted here (needs root): {mounting.stderr.strip()}"
        if os.environ.get("CI") and os.geteuid() == 0:
            pytest.fail(why)
        pytest.skip(why)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> Path:
    """A file that takes all the room there is."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


async def test_a_full_disk_is_said_once_and_nothing_acknowledged_is_lost(
    scene: Scene, small_disk: Path
) -> None:
    chair = await scene.person("amaru-d", ROOM)
    bot = scene.bot(Configuration(scene.ircd, [ROOM]))
    bot.start()
    await chair.sees_bot_join(ROOM)
    await chair.ask(ROOM, "#startmeeting Day 1")
    assert await chair.ask(ROOM, "#info before") == "#1 info"

    ballast = fill(small_disk)
    acknowledged, lost = ["before"], []
    while (answer := await chair.ask(ROOM, "#info " + "x" * 300)) != NOT_RECORDED:
        assert answer == f"#{len(acknowledged) + 1} info"  # there was room in pages that were written before
        acknowledged.append("x" * 300)
    for text in ("hello", "#info lost", "#topic Lost", "is anybody here?"):
        chair.tell(ROOM, text)
        lost.append(text)
    assert await chair.ask(ROOM, "#bothelp info") != NOT_RECORDED  # it still answers
    assert chair.heard_in(ROOM).count(NOT_RECORDED) == 1

    ballast.unlink()
    begun = len(chair.lines)
    chair.tell(ROOM, "#info after")
    await chair.hears(ROOM, begun, lambda text: text.startswith(AGAIN))
    acknowledged.append("after")
    await chair.hears(ROOM, begun, lambda text: text == f"#{len(acknowledged)} info")
    assert sum(text.startswith(AGAIN) for text in chair.heard_in(ROOM)) == 1
    (session,) = await bot.sessions()
    assert [record["text"] for record in session["records"]] == acknowledged
    assert len(session["gaps"]) == 1
    assert session["topics"] == []

    fill(small_disk)
    bot.kill()
    (small_disk / "ballast").unlink()
    bot.start()
    await chair.sees_bot_join(ROOM, 2)
    assert await chair.ask(ROOM, "#info after the restart") == f"#{len(acknowledged) + 1} info"
    assert (await bot.stop())[0] == 0
