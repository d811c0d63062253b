"""The shell commands that README and the pages show are run: each as a command of the program, and backup and restore as a whole."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.bundled import bundled_plugins
from bot.commandline.invocation import run
from bot.config import default_config
from bot.core.facts import CORE_FACTS
from bot.storage import sqlite
from tests.house.sources import ROOT
from tests.storage.samples import everything

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
INDENTED = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
PROGRAM = re.compile(r"(?:^|&& |`)(?:uv run |\S*/)?gatherbot( [^`#&\n]*|$)", re.MULTILINE)
# what stands for something of the reader's
READERS = {
    "/etc/gatherbot/config.toml": "config.toml",
    "FILE": "config.toml",
    "FILE...": "a.log",
    "NAME": "irc",
    "TRACK": "tidepool",
    "SLUG": "tidepool",
}


def shown() -> list[str]:
    """The arguments of `gatherbot` wherever a page shows them as something to type."""
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        blocks = [line[4:] for block in INDENTED.findall(text) for line in block.splitlines()]
        spans = [f"`{code}`" for code in re.findall(r"`([^`\n]+)`", text)]
        typed = [arguments.split() for line in (*blocks, *spans) for arguments in PROGRAM.findall(line)]
        # a single word in a sentence may be only the name of a command
        found += [" ".join(words) for words in typed if words and words not in ([["recap"], ["replay"]])]
    return sorted(set(found))


class Recorder:
    """Stands for the application: takes every call of the command line."""

    CannotError = type("CannotError", (Exception,), {})

    def __init__(self) -> None:
        self.called: list[str] = []

    def __getattr__(self, name: str) -> Any:
        async def call(*_: object, **__: object) -> Any:
            self.called.append(name)
            return {"check_journal": ([], []), "check_connections": ([], [], [])}.get(name, "")

        return call


@pytest.mark.parametrize("arguments", [one for one in shown() if "init" not in one])
def test_a_command_that_a_page_shows_is_one(
    arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(
        '[[network]]\nkind = "irc"\nname = "irc"\nhost = "irc.example.org"\n'
    )
    application: Any = Recorder()
    assert run([READERS.get(word, word) for word in shlex.split(arguments)], application) == 0


def test_the_pages_show_every_command() -> None:
    assert {arguments.split()[0] for arguments in shown()} >= {
        "chat",
        "check",
        "demo",
        "export",
        "import",
        "init",
        "recap",
        "replay",
        "run",
    }


def backup_commands() -> list[str]:
    """The commands under "Backup": two ways to make one, and the restoring."""
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    section = text.partition("\n## Backup\n")[2].partition("\n## ")[0]
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in INDENTED.findall(section)]


@pytest.mark.parametrize("way", [0, 1], ids=["sqlite3", "python3"])
async def test_backup_and_restore_as_the_page_says(way: int, tmp_path: Path) -> None:
    if way == 0 and shutil.which("sqlite3") is None:
        why = "NO BACKUP WITH SQLITE3: there is no program sqlite3 here (apt: sqlite3)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    data, backups = tmp_path / "data", tmp_path / "backups"
    for folder in (data, backups):
        folder.mkdir()
    config = default_config(bundled_plugins(), data=data)

    def shell(command: str) -> None:
        command = command.replace("/var/lib/gatherbot", str(data)).replace("/var/backups", str(backups))
        command = command.replace("python3 ", f"{shlex.quote(sys.executable)} ")
        subprocess.run(["bash", "-ec", command], check=True)

    *making, restoring = backup_commands()
    async with sqlite.open(config.database, CORE_FACTS) as bot:
        await bot.commit(everything())
        shell(making[way])
    before = await app.export(config)
    for path in data.iterdir():
        path.unlink()
    config.database.write_bytes(b"damaged")
    shell(restoring)
    assert await app.export(config) == before
    assert (await app.check_journal(config))[0] == []
