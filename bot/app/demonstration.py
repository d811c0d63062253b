"""The demonstration: two bundled sessions through the real pipeline, at a speed for watching."""

import asyncio
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from bot.app.letter_delivery import deliver_all
from bot.app.log_player import Player, player
from bot.bundled import choose
from bot.config import Config, load
from bot.demo import CONFIGURATION, days
from bot.networks.transcript.dialogue import Action, Mailed, Reacted, SaidInPrivate, SaidInRoom, TopicSet
from bot.networks.transcript.log_entry import EntryKind, LogEntry, Options
from bot.networks.transcript.reader import Transcript

LONGEST_PAUSE_S = 1.5
AFTERWARDS = timedelta(hours=3)  # the recap is made by then
INTRODUCTIONS = (
    "A session of Tidepool, an invented project, as it went in its channel:\n",
    "The next day, with an agenda, people who wait for the floor, votes and time boxes:\n",
)
FOLDER = Path("gatherbot-data") / "demo"
COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "bright_cyan", "bright_green")


async def demo(speed: float, out: TextIO, *, web: bool = False) -> int:
    """Play the bundled sessions `speed` times as fast as they were, then show their recaps; exit status 0.

    web: whether pages show them meanwhile, and until somebody ends it
    """
    console = Console(file=out, highlight=False, soft_wrap=True)
    with resources.as_file(resources.files("bot.demo") / CONFIGURATION) as path:
        config = replace(load(path, choose, connecting=False), data=FOLDER)
    logs = [list(Transcript([day], Options())) for day in days()]
    async with player(config) as stage:
        if web:
            await _play_with_pages(stage, logs, speed, config, console)
        else:
            await _play_all(stage, logs, speed, config, console)
    return 0


async def _play_with_pages(
    stage: Player, logs: list[list[LogEntry]], speed: float, config: Config, console: Console
) -> None:
    # imported here, because the demonstration without pages needs none of it
    from bot.app.demonstration_pages import pages_of, until_ended  # noqa: PLC0415

    stage.at = logs[0][0].at
    async with pages_of(stage) as address:

        async def play() -> None:
            console.print(Text(f"Watch it meanwhile at {address}\n", style="bold"))
            console.file.flush()  # before the sessions, also where the output goes to a program
            await _play_all(stage, logs, speed, config, console)
            console.print(Text(f"\nThe pages stay at {address} until you press Ctrl-C", style="bold"))
            console.file.flush()

        await until_ended(play())


async def _play_all(
    stage: Player, logs: list[list[LogEntry]], speed: float, config: Config, console: Console
) -> None:
    for said, log in zip(INTRODUCTIONS, logs, strict=True):
        console.print(Text(said, style="bold"))
        await _play(stage, log, speed, console)
    await _finish(stage, config, console)


async def _play(stage: Player, log: list[LogEntry], speed: float, console: Console) -> None:
    last: datetime | None = None
    for entry in log:
        if last is not None:
            await asyncio.sleep(min((entry.at - last).total_seconds() / speed, LONGEST_PAUSE_S))
        last = entry.at
        for at, actions in await stage.run_timers(entry.at):
            _show_actions(console, actions, at)
        stage.at = max(stage.at, entry.at)
        if entry.kind is EntryKind.LINE:
            console.print(_line(entry.raw))
        _show_actions(console, await stage.play_entry(entry))
    if last is not None:
        console.print(Text("\nThe session is over. A few minutes later, by the log's clock:\n", style="bold"))
        for at, actions in await stage.run_timers(last + AFTERWARDS):
            _show_actions(console, actions, at)
        console.print()


async def _finish(stage: Player, config: Config, console: Console) -> None:
    """Send the mail in the outbox (as files, because no mail server is configured), and show it."""
    before = set(config.outbox.glob("*.eml"))
    await deliver_all(config, stage.engine)
    for letter in stage.letters:
        console.print(Text(f"\nTo: {', '.join(letter.to)}\nSubject: {letter.subject}\n", style="bold"))
        console.print(Text(letter.body))
    for path in sorted(set(config.outbox.glob("*.eml")) - before) or sorted(before):
        console.print(Text(f"The mail is in {path}", style="bold"))


def _line(raw: str) -> Text:
    """A line of the log, each nick in its color."""
    stamp, _, rest = raw.partition(" ")
    text = Text(f"{stamp} ", style="dim")
    if rest.startswith("<") and ">" in rest:
        nick, _, said = rest[1:].partition("> ")
        text.append(f"<{nick}> ", style=COLOURS[sum(map(ord, nick)) % len(COLOURS)])
        text.append(said, style="bold" if said.startswith("#") else "")
    else:
        text.append(rest, style="dim")
    return text


def _show_actions(console: Console, actions: list[Action], at: datetime | None = None) -> None:
    stamp = f"{at:%H:%M:%S} " if at and actions else " " * 9
    for action in actions:
        console.print(Text(stamp, style="dim").append(_described(action), style="bold red3"))
        stamp = " " * 9


def _described(action: Action) -> str:
    match action:
        case SaidInRoom(_, text):
            return f"<gatherbot> {text}"
        case SaidInPrivate(nick, text):
            return f"gatherbot to {nick}: {text}"
        case TopicSet(_, text):
            return f"* gatherbot sets the topic: {text}"
        case Mailed(address, subject):
            return f"* gatherbot mails {address}: {subject}"
        case Reacted(emoji):
            return f"* gatherbot reacts: {emoji}"
