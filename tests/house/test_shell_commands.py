"""The shell commands that README and the pages show are run: each as a command of the program, and backup and restore as a whole."""

import asyncio
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.commandline.commands import commands
from bot.commandline.configuration import configured
from bot.commandline.invocation import run
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
    assert {arguments.split()[0] for arguments in shown()} >= set(commands.commands)


def backup_commands() -> str:
    """The commands under "Backup", as one script."""
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    section = text.partition("\n## Backup\n")[2].partition("\n## ")[0]
    return "".join(re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in INDENTED.findall(section))


async def test_backup_and_restore_as_the_page_says(tmp_path: Path) -> None:
    data, backups, file = tmp_path / "data", tmp_path / "backups", tmp_path / "config.toml"
    for folder in (data, backups):
        folder.mkdir()
    file.write_text(
        f'[bot]\ndata = "{data}"\n[[network]]\nkind = "irc"\nname = "irc"\nhost = "irc.example.org"\n'
    )
    config = configured(file)
    program = f"{shlex.quote(sys.executable)} -m bot.commandline"
    # what `systemctl stop` is for: meanwhile the database is damaged
    script = f'gatherbot() {{ {program} "$@"; }}; systemctl() {{ echo damaged >{shlex.quote(str(config.database))}; }}\n'
    making, stop, restoring = backup_commands().partition("systemctl stop gatherbot\n")
    script += making + stop + restoring.replace("systemctl start gatherbot\n", "")
    script = script.replace("/etc/gatherbot/config.toml", str(file)).replace("/var/backups", str(backups))

    def type_all() -> None:
        subprocess.run(["bash", "-ec", script], check=True, cwd=ROOT)

    async with sqlite.open(config.database, CORE_FACTS) as bot:
        await bot.commit(everything())
        before = await app.export(config)
        await asyncio.to_thread(type_all)
    assert await app.export(config) == before
    assert (await app.check_journal(config))[0] == []
