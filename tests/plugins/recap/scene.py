"""Plays a log of a channel on the stage, and makes what a recap job is given."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

import plugins.actions
import plugins.actions.recap
import plugins.agenda
import plugins.attendance
import plugins.attendance.recap
import plugins.corrections
import plugins.questions
import plugins.questions.recap
import plugins.recap
import plugins.records
import plugins.sessions
import plugins.topics
from bot.config import load
from bot.config.plugin_choice import Choice
from bot.core.effects import Letter, Mail, Prepare, Recall
from bot.core.events import Message
from bot.core.mail_events import MailTaken
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.pages import LogLine
from bot.core.recap.sources import Sources
from bot.core.session.session import Session
from bot.core.state.setup import Setup
from plugins.recap.unrecorded_talk.lines import hears
from tests.play import Stage

EXAMPLES = Path(__file__).parents[2] / "transcripts" / "examples"
PLUGINS: list[Plugin] = [
    plugins.sessions.plugin,
    plugins.agenda.plugin,
    plugins.topics.plugin,
    plugins.records.plugin,
    plugins.questions.plugin,
    plugins.actions.plugin,
    plugins.corrections.plugin,
    plugins.attendance.plugin,
    plugins.recap.plugin,
]
for plugin, blocks in (
    (plugins.actions.plugin, plugins.actions.recap.blocks),
    (plugins.attendance.plugin, plugins.attendance.recap.blocks),
):
    if blocks not in plugin.recap.blocks:
        plugin.recap.blocks(blocks)
SAID = re.compile(r"(\d\d):(\d\d):(\d\d) <([^>]+)> (.*)")
RENAMED = re.compile(r"(\d\d):(\d\d):(\d\d) -!- (\S+) is now known as (\S+)")
CHANNEL = re.compile(r"=== channel (\S+) date (\d{4})-(\d\d)-(\d\d)")
JOINED = re.compile(r"(\d\d):(\d\d):(\d\d) -!- (\S+) \[.*\] has joined ")


def example_setup() -> Setup:
    """The setup of the example."""
    return load(EXAMPLES / "tidepool.config.toml", lambda _: Choice(PLUGINS)).setup


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


class Rehearsal(Stage):
    """A stage on which slow work is done at once, moments come when their time does, and what is settled leaves memory.

    takes_mail: whether the mail server takes each letter at once; what the bot says then is in `told`
    """

    def __init__(self, setup: Setup, chosen: list[Plugin] | None = None) -> None:
        super().__init__(chosen or PLUGINS, setup)
        self.letters: list[Letter] = []
        self.recalled: list[str] = []
        self.archive: dict[str, Session] = {}
        self.takes_mail = True
        self.told: list[str] = []

    def event(self, event: object) -> list[str]:
        said = super().event(event)
        orders = self.decisions[-1].orders
        self.letters += [order.letter for order in orders if isinstance(order, Mail)]
        self.recalled += [order.name for order in orders if isinstance(order, Recall)]
        said = [line for line in said if line != ">? Recall"]
        for session in list(self.state.sessions()):
            self.archive[session.id] = session
        for order in orders:
            if isinstance(order, Prepare):
                said.remove(">? Prepare")
                asked = {"asked_by": event.speaker, "room": event.room} if isinstance(event, Message) else {}
                sessions = [self.archive[one] for one in order.sessions]
                said += self.event(self.prepared(order, sessions, **asked))
        for order in orders if self.takes_mail else ():
            if isinstance(order, Mail):  # the mail server takes it at once
                self.told += super().event(MailTaken(order.letter.id, order.letter.stream, self.at))
        for session in list(self.state.sessions()):
            if self.register.settled(self.state, session):
                self.state.forget(session.id)
        return said

    def passes(self, **span: float) -> list[str]:
        """Let time pass: what the bot does by itself meanwhile."""
        until = self.at + timedelta(**span)
        said: list[str] = []
        while (due := self.next_due(until)) is not None:
            self.at = max(self.at, due.at)
            said += self.event(due)
        self.at = until
        return said

    def loads(self, session_id: str) -> None:
        """Bring a session back into memory, as the desk does when somebody names one of its records."""
        self.state.put(self.archive[session_id])

    def loads_all(self) -> None:
        """Bring every session back that left memory."""
        for name in self.archive:
            if self.state.session(name) is None:
                self.loads(name)


class Logged(Rehearsal):
    """A rehearsal that keeps its log."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.log: dict[str, list[LogLine]] = {}

    def event(self, event: object) -> list[str]:
        said = super().event(event)
        session = self.decisions[-1].log if isinstance(event, Message) else None
        if isinstance(event, Message) and session is not None:
            lines = self.log.setdefault(session, [])
            lines.append(LogLine(len(lines) + 1, event.room.id, event.at, event.speaker, event.text))
        return said

    def sources(self, slug: str, sessions: Iterable[Session] | None = None) -> Sources:
        heard = {name: tuple(line for line in lines if hears(line)) for name, lines in self.log.items()}
        return replace(super().sources(slug, sessions), heard=heard)
