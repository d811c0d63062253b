"""Plays logs through the real pipeline, with a database in memory and the log's own clock."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import get_args

from msgspec import Struct, field
from msgspec.structs import replace

from bot.app.engine import Engine, engine
from bot.app.errors import CannotError
from bot.app.letter_traces import GivenArchive
from bot.app.page_fetches import GivenPages
from bot.config import Config
from bot.core import effects
from bot.core.events import Incoming
from bot.core.mail_events import MailTaken
from bot.core.people.identity import Identity, casefold
from bot.networks.irc.settings import IrcSettings, Relay
from bot.networks.matrix.settings import MatrixSettings
from bot.networks.recording_network import RecordingNetwork
from bot.networks.transcript.dialogue import Action, Dialogue, Mailed
from bot.networks.transcript.log_entry import (
    UTC_ZONE,
    KnownPeople,
    LogEntry,
    Options,
    TranscriptError,
)
from bot.networks.transcript.reader import Transcript
from bot.runtime.timers import SteppedTimers
from bot.storage.connection import MEMORY

INCOMING = get_args(Incoming)
UNPLAYED = datetime.min.replace(tzinfo=UTC)
LONGEST_SILENCE = timedelta(days=2)  # after which every session has ended by the rule for silence
STANDARD_INPUT = "-"


class Player(Struct):
    """An engine that hears a log.

    actions: the bot's actions on all networks since the last `take_actions`, in order
    at:      the moment of the last line or timer
    since:   the moment of the first line; the bot was not there before
    posted:  letters that are still to be taken; in a log the mail server takes each at once
    """

    engine: Engine
    timers: SteppedTimers
    actions: list[Action]
    letters: list[effects.Letter] = field(default_factory=list)
    at: datetime = UNPLAYED
    posted: list[effects.Letter] = field(default_factory=list)
    since: datetime = UNPLAYED

    def take_actions(self) -> list[Action]:
        """Remove and return the bot's actions on all networks since the last call."""
        actions = list(self.actions)
        self.actions.clear()
        return actions

    async def run_timers(self, at: datetime) -> list[tuple[datetime, list[Action]]]:
        """Let time pass up to `at`; returns the actions of timers with their moments."""
        actions = []
        while (due := self.timers.next_due(at)) is not None:
            await self.engine.desk.put(due)
            await self._settle(due.at)
            actions.append((due.at, self.take_actions()))
            self.at = max(self.at, due.at)
        return actions

    async def end_sessions(self) -> None:
        """Let time pass until every session has ended: the log holds no more lines, so nobody speaks anymore."""
        until = self.at + LONGEST_SILENCE
        while any(session.ended is None for session in self.engine.state.sessions()):
            due = self.timers.next_due(until)
            if due is None:
                return
            await self.engine.desk.put(due)
            await self._settle(due.at)
            self.at = max(self.at, due.at)
        await self.engine.desk.finish()

    async def play_entry(self, entry: LogEntry) -> list[Action]:
        """Play one line; returns the bot's actions."""
        for event in entry.events:
            if isinstance(event, INCOMING):
                await self.engine.desk.put(event)
        await self._settle(entry.at)
        return self.take_actions()

    async def _settle(self, at: datetime) -> None:
        """Let the desk do all that is to be done, and the mail server take what it was given."""
        await self.engine.desk.settle()
        while self.posted:
            letter = self.posted.pop(0)
            await self.engine.desk.put(MailTaken(letter.id, letter.stream, at))
            await self.engine.desk.settle()

    async def play(
        self,
        log: Iterable[LogEntry],
        dialogue: Dialogue | None = None,
        before: "BeforeLine | None" = None,
    ) -> None:
        """Play a whole log; `before` is awaited before each line."""
        for entry in log:
            if self.since == UNPLAYED:
                self.since = entry.at
            self.timers.skip(self.since)
            for at, actions in await self.run_timers(entry.at):
                if dialogue is not None:
                    dialogue.add_timer(at, actions)
            if dialogue is not None:
                dialogue.add_entry(entry)
            self.at = max(self.at, entry.at)
            if before is not None:
                await before(self, entry)
            for action in await self.play_entry(entry):
                if dialogue is not None:
                    dialogue.add_action(action)
        await self.engine.desk.finish()


BeforeLine = Callable[[Player, LogEntry], Awaitable[None]]


@asynccontextmanager
async def player(
    config: Config,
    database: Path | str = MEMORY,
    network: str = "irc",
    pages: Mapping[str, str] | None = None,
    since: datetime = UNPLAYED,
) -> AsyncIterator[Player]:
    """An engine for logs of the configured networks, of those of the rooms, and of `network`.

    pages: the content that a fetch gets, by address; other fetches fail. Archives of lists have these pages, too;
           if there are none at all, no letter is looked for
    since: the moment of the first line, if others were played before on the same database
    """
    actions: list[Action] = []
    nick = config.setup.names[0] if config.setup.names else "gatherbot"
    matrix = matrix_of(config)
    networks = {
        name: RecordingNetwork(name, nick, reactions=name in matrix, actions=actions)
        for name in (network, *networks_named(config))
    }
    timers = SteppedTimers()
    letters: list[effects.Letter] = []
    posted: list[effects.Letter] = []

    def mailed(letter: effects.Letter) -> None:
        letters.append(letter)
        posted.append(letter)
        actions.extend(Mailed(address, letter.subject) for address in letter.to)

    async with engine(
        config, networks=networks, timers=timers, database=database, inline=True, mail_waits=mailed
    ) as built:
        built.voice.fetch = GivenPages(pages or {}, built.desk.put).fetch
        if pages is not None:
            built.voice.trace = GivenArchive(pages, config.setup, built.desk.put).trace
        built.desk.begin()
        yield Player(built, timers, actions, letters, posted=posted, since=since)


def matrix_of(config: Config) -> frozenset[str]:
    """Names of the configured networks that are Matrix."""
    return frozenset(settings.name for settings in config.networks if isinstance(settings, MatrixSettings))


def networks_named(config: Config) -> tuple[str, ...]:
    """Names of the networks that are configured, or that a track's rooms are on."""
    rooms = (room for track in config.setup.tracks for venue in track.venues for room in venue)
    names = (*(settings.name for settings in config.networks), *(room.partition("/")[0] for room in rooms))
    return tuple(dict.fromkeys(names))


def read(
    files: list[Path],
    *,
    config: Config | None = None,
    channel: str = "",
    day: date | None = None,
    zone: tzinfo = UTC_ZONE,
    network: str = "irc",
) -> Transcript:
    """The logs in these files. Raises CannotError if one cannot be read.

    config:  tells which networks are Matrix, and who is a relay, ignored, or a bridge's puppet
    network: of logs that name none
    """
    options = Options(channel=channel, day=day, zone=zone, network=network)
    return transcript_of(contents(files), options, config)


def contents(files: list[Path]) -> list[tuple[str, bytes]]:
    """The names and bytes of files. Raises CannotError if one cannot be read."""
    return [(str(path), content(path)) for path in files]


def content(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, or the first `most` of them; "-" is the standard input. Raises CannotError if it cannot be read."""
    try:
        if str(path) == STANDARD_INPUT:
            return sys.stdin.buffer.read(most)
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise CannotError(f"{error.filename}: {error.strerror}") from error


def transcript_of(
    files: list[tuple[str, bytes]], options: Options, config: Config | None = None
) -> Transcript:
    """The logs with these names and bytes. Raises CannotError if one cannot be read."""
    if config is not None:
        options = replace(
            options, matrix=matrix_of(config), puppets=tuple(config.setup.puppets), people=people_of(config)
        )
    try:
        return Transcript(files, options)
    except TranscriptError as error:
        raise CannotError(str(error)) from error


def people_of(config: Config) -> dict[str, KnownPeople]:
    """Relays and ignored speakers of the configured networks."""
    return {network.name: _people_of(network) for network in config.networks}


def _people_of(network: IrcSettings | MatrixSettings) -> KnownPeople:
    if isinstance(network, MatrixSettings):
        ids = frozenset(network.relays)
        return KnownPeople(
            lambda sender, _: sender.key in ids,
            frozenset(network.ignore),
            frozenset(network.not_bots),
            network.user,
        )
    relays = network.relays
    return KnownPeople(
        lambda sender, userhost: any(_is_sent_by(relay, sender, userhost) for relay in relays),
        frozenset(map(casefold, network.ignore)),
        frozenset(map(casefold, network.not_bots)),
        casefold(network.nick),
    )


def _is_sent_by(relay: Relay, sender: Identity, userhost: str) -> bool:
    """Whether a line of a log comes from the relay, as far as the log shows accounts and hosts."""
    shown = replace(
        relay, account=relay.account if sender.account else "", host=relay.host if userhost else ""
    )
    return shown != Relay() and shown.is_sent_by(sender, userhost, casefold)


def rooms_of(transcript: Transcript) -> list[str]:
    """The rooms of a log, in order of appearance."""
    try:
        return list(dict.fromkeys(entry.room.id for entry in transcript if not entry.room.private))
    except TranscriptError as error:
        raise CannotError(str(error)) from error


def network_of(config: Config, unnamed: Iterable[str]) -> str:
    """The configured network of logs that name none: the first that has one of their channels, else the first of all."""
    channels = {channel.casefold() for channel in unnamed}
    configured = [room for track in config.setup.tracks for venue in track.venues for room in venue]
    known = (room.partition("/") for room in configured)
    fitting = (network for network, _, channel in known if channel.casefold() in channels)
    return next(fitting, config.networks[0].name if config.networks else "irc")


async def dialogue_of(
    config: Config, transcript: Transcript, zone: tzinfo = UTC_ZONE, network: str = "irc"
) -> str:
    """The log, with the bot's actions under each line."""
    dialogue = Dialogue(zone, network)
    async with player(config, network=network) as stage:
        await stage.play(transcript, dialogue)
    return dialogue.text()
