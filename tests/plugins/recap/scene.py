"""Plays a log of a channel on the stage, and makes what a recap job is given."""

import re
from datetime import UTC, datetime
from pathlib import Path

import plugins.actions
import plugins.actions.recap
import plugins.attendance
import plugins.attendance.recap
import plugins.corrections
import plugins.recap
import plugins.records
import plugins.sessions
import plugins.topics
from bot.config import load
from bot.core.plugin import Plugin
from bot.core.session import Session
from bot.core.setup import Setup
from bot.core.sources import Sources
from tests.play import Stage

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
PLUGINS: list[Plugin] = [
    plugins.sessions.plugin,
    plugins.topics.plugin,
    plugins.records.plugin,
    plugins.actions.plugin,
    plugins.corrections.plugin,
    plugins.attendance.plugin,
    plugins.recap.plugin,
]
for plugin, blocks in (
    (plugins.actions.plugin, plugins.actions.recap.blocks),
    (plugins.attendance.plugin, plugins.attendance.recap.blocks),
):
    if blocks not in plugin.blocks:
        plugin.blocks.append(blocks)
SAID = re.compile(r"(\d\d):(\d\d):(\d\d) <([^>]+)> (.*)")
RENAMED = re.compile(r"(\d\d):(\d\d):(\d\d) -!- (\S+) is now known as (\S+)")
CHANNEL = re.compile(r"=== channel (\S+) date (\d{4})-(\d\d)-(\d\d)")
JOINED = re.compile(r"(\d\d):(\d\d):(\d\d) -!- (\S+) \[.*\] has joined ")


def example_setup() -> Setup:
    """The setup of the example."""
    return load(EXAMPLES / "tidepool.config.toml", lambda _: (PLUGINS, [])).setup


def play(stage: Stage, log: str) -> None:
    """Let a log of a channel happen."""
    room, year, month, day = "", 2027, 1, 1
    for line in log.splitlines():
        if channel := CHANNEL.fullmatch(line):
            room = f"irc/{channel[1]}"
            year, month, day = (int(channel[n]) for n in (2, 3, 4))
        elif said := SAID.fullmatch(line):
            stage.at = datetime(year, month, day, int(said[1]), int(said[2]), int(said[3]), tzinfo=UTC)
            stage.say(said[4], said[5], room)
        elif renamed := RENAMED.fullmatch(line):
            stage.rename(renamed[4], renamed[5])
            stage.joins(renamed[5])
        elif joined := JOINED.fullmatch(line):
            stage.joins(joined[4])


def sources(stage: Stage, track: str, sessions: list[Session] | None = None) -> Sources:
    """What a job of a track is given."""
    found = stage.world.setup.track(track)
    assert found is not None
    told = tuple(stage.world.of_track(track) if sessions is None else sessions)
    return Sources(
        setup=stage.world.setup,
        track=found,
        now=stage.at,
        sessions=told,
        kinds=stage.register.kinds,
        blocks=stage.register.blocks,
        entries=stage.world.stream(f"track/{track}"),
    )
