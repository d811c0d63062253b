"""`gatherbot import ptgbot` as a process: it shows, takes after a yes, once, and beside no running bot; all or nothing."""

import fcntl
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.journal_check import check_journal
from bot.app.ptgbot_import import import_ptgbot
from bot.bundled import choose
from bot.commandline.invocation import run
from bot.config import load
from bot.core.events import Prepared
from bot.core.facts import GATHERING
from bot.storage.contract import Batch
from plugins import board, subscriptions
from plugins.board.ptgbot.imports import DATA, Given
from tests.plugins.board.ptgbot_data import setup, text
from tests.runtime.stage import START, stage

PROGRAM = Path(sys.executable).with_name("gatherbot")
CONFIG = """\
[gathering]
slug = "oct2027"
name = "October 2027 Gathering"
starts = 2027-10-18
ends = 2027-10-22
timezone = "Europe/Berlin"
rooms = ["oftc/#gathering"]

[[network]]
name = "oftc"
kind = "irc"
host = "irc.example.org"

[[network]]
name = "libera"
kind = "irc"
host = "irc.example.net"
"""
BRINGS = """\
ptg.json brings:
  60 tracks: abalone, anemone, angelfish, atoll, barnacle, blenny and 54 others
  360 slots: Newton-Mon1, Newton-Mon2, Newton-Mon3, Newton-Mon4, Newton-Mon5, Newton-Mon6 and 354 others
"""
TOOK = (
    "took 60 tracks, 360 slots, 288 bookings, 2 topics that are on, 2 topics that are next, 60 etherpads, "
    "1 address to meet at, 60 colors, 1 place, 2 messages of the day, 2 links and 2 subscriptions\n"
)
NOT_TAKEN = "nothing was changed; gatherbot import ptgbot FILE --yes takes it\n"
LEFT = """\
cannot be taken:
  room Newton: its description and badge are shown nowhere here
  1 check-in: their times have no zone, and nobody proved these nicks here; people say +in again
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "ptg.json").write_text(text())
    return tmp_path


def imported(folder: Path, *options: str, file: str = "ptg.json", given: str = "") -> tuple[int, str, str]:
    """Status, output and complaints of an import."""
    arguments = [str(PROGRAM), "import", "ptgbot", file, *options]
    done = subprocess.run(arguments, cwd=folder, input=given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_it_is_shown_taken_once_and_kept(folder: Path) -> None:
    status, said, complaint = imported(folder, "--network", "libera")
    assert (status, complaint) == (0, "")
    assert said.startswith(BRINGS)
    assert said.endswith(LEFT + NOT_TAKEN)
    assert not (folder / "gatherbot-data").exists()
    status, said, complaint = imported(folder, "--network", "libera", "--yes")
    assert (status, said.startswith(BRINGS), said.endswith(LEFT + TOOK), complaint) == (0, True, True, "")
    status, said, complaint = imported(folder, "--network", "libera", "--yes", file="-", given=text())
    assert (status, complaint) == (0, "")
    assert said.startswith("the standard input brings nothing new\n  553 are there already\n")
    assert said.endswith("nothing was changed: nothing of it is new\n")


@pytest.mark.parametrize(("typed", "end"), [("yes\n", TOOK), ("\n", NOT_TAKEN)])
def test_at_a_terminal_it_asks(folder: Path, typed: str, end: str) -> None:
    ours, theirs = pty.openpty()
    arguments = [str(PROGRAM), "import", "ptgbot", "ptg.json", "--network", "oftc"]
    with subprocess.Popen(arguments, cwd=folder, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, typed.encode())
        said = process.communicate(timeout=60)[0]
    for end_of_terminal in (ours, theirs):
        os.close(end_of_terminal)
    assert (process.returncode, said.startswith(BRINGS), said.endswith(f"Take it? Type yes: {end}")) == (
        0,
        True,
        True,
    )


def test_what_it_cannot_take_is_said_in_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = [
        (["none.json"], "none.json: No such file or directory"),
        (["config.toml"], "can't take config.toml: it is no JSON; ptgbot's data is the page /ptg.json, or the file that its configuration calls db_filename"),
        (["binary"], "can't take binary: it is no UTF-8 text"),
        (["/dev/zero"], "can't take /dev/zero: it is larger than 4 MiB; ptgbot's data is much smaller"),
        (["ptg.json", "--config", "none.toml"], "there is no file none.toml"),
    ]  # fmt: skip
    (folder / "binary").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(folder)
    for arguments, complaint in refused:
        assert run(["import", "ptgbot", *arguments]) in {1, 2}
        assert capsys.readouterr() == ("", f"gatherbot: {complaint}\n")


def test_beside_a_running_bot_it_says_what_to_do(folder: Path) -> None:
    data = folder / "gatherbot-data"
    data.mkdir()
    with (data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert imported(folder, "--yes") == (
            1,
            "",
            f"gatherbot: a bot is running with the data folder {data}: say ~fetchdb URL in the gathering's room, or stop it first\n",
        )
    assert list(data.iterdir()) == [data / "lock"]


async def test_a_bot_starts_with_what_was_taken(folder: Path) -> None:
    config = load(folder / "config.toml", choose, {}, connecting=False)
    said = await import_ptgbot(config, folder / "ptg.json", "oftc", lambda _: True)
    assert (f"{said}\n", await check_journal(config)) == (TOOK, ([], []))


@pytest.mark.parametrize("full", [True, False], ids=["a full disk", "a fault"])
async def test_what_cannot_be_written_is_not_taken_in_parts(*, full: bool) -> None:
    def refuses(batch: Batch) -> bool:
        return bool(batch.entries)

    data = Prepared(DATA, GATHERING, START, Given(text(), "ptg.json"))
    async with stage(board.plugin, subscriptions.plugin, setup=setup()) as it:
        it.journal.full = full
        it.journal.refuse = refuses
        await it.hear(data)
        assert (it.journal.asked > 0, it.journal.committed) == (True, [])
        assert (it.desk.state.setup.tracks, list(it.desk.state.stream(GATHERING))) == ((), [])
        it.journal.full, it.journal.refuse = False, lambda _: False
        await it.hear(data)
        assert len(it.desk.state.setup.tracks) == 60
        assert len(it.journal.committed) == 1
