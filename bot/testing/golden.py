"""Golden transcripts: the messages of people, and under each the answers of the bot, which a test compares."""

import asyncio
import difflib
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from bot.app.log_player import UNPLAYED, player, read, rooms_of
from bot.app.views import document
from bot.bundled import bundled_plugins, choose
from bot.config import Config, default_config, load
from bot.config.plugin_choice import Choice, PluginNames
from bot.core.plugin.declarations import Plugin
from bot.core.session.fold import fold
from bot.networks.transcript.dialogue import Dialogue
from bot.networks.transcript.reader import Transcript
from bot.storage.connection import MEMORY
from bot.testing.matrix_twin import as_matrix, same_shape, with_ack, with_reactions


class GoldenTranscript:
    """A transcript in the format of docs/transcripts.md, with the plugins under test.

    Its configuration is the file in its folder whose name is a prefix of its own ("parking.config.toml" is for
    "parking.txt" and "parking-full.txt"); without one, each channel is a track. Pages that plugins may fetch are in the
    file with its name and ".pages.toml", by URL.

    plugins: used in addition to the bundled ones
    """

    def __init__(self, path: Path | str, plugins: Sequence[Plugin] = ()) -> None:
        self.path = Path(path)
        self._plugins = tuple(plugins)
        self.config = self._config()

    @property
    def text(self) -> str:
        """The stored transcript."""
        return self.path.read_bytes().decode()

    @property
    def pages(self) -> Mapping[str, str]:
        """The pages that may be fetched, by URL."""
        pages = self.path.with_suffix(".pages.toml")
        return tomllib.loads(pages.read_text(encoding="utf-8")) if pages.exists() else {}

    def log(self, config: Config | None = None) -> Transcript:
        """Read the transcript as input for the bot."""
        config = config or self.config
        return read([self.path], config=config)

    def happened(self, config: Config | None = None) -> str:
        """Play the transcript and return it with the current answers."""
        return self.stopped(sys.maxsize, config=config)[0]

    def stopped(
        self, after: int, database: Path | str = MEMORY, config: Config | None = None
    ) -> tuple[str, str]:
        """Play the transcript, restarting the bot after every `after` lines, and return it with the record as JSON.

        database: a file if the bot is restarted
        """
        return asyncio.run(self._play(after, database, config or self.config))

    def on_matrix(self) -> tuple[list[str], list[str]]:
        """Return the expected and the actual transcript with all networks replaced by Matrix.

        The emoji of reactions and their place among the answers are ignored. Accounts are assumed to be equal to nicks;
        other transcripts do not work on Matrix.
        """
        short = self.happened(with_ack(self.config, ack="short")).splitlines()
        without_short_answers = self.happened(with_ack(self.config, ack="quiet")).splitlines()
        expected = with_reactions(short, without_short_answers)
        return same_shape(expected), same_shape(self.happened(as_matrix(self.config)).splitlines())

    def accept(self) -> None:
        """Store the transcript with the current answers."""
        happened = self.happened()
        self.path.write_text(happened, encoding="utf-8", newline="")

    def check(self, *, restart_after: int = 7, matrix: bool = True) -> None:
        """Compare the transcript with the actual answers: at once, with restarts, and on Matrix.

        Raises AssertionError with the differences.
        """
        happened = self.happened()
        _compare(
            self.text.splitlines(),
            happened.splitlines(),
            f"{self.path}: what happens differs; accept() takes it as it is",
        )
        with tempfile.TemporaryDirectory() as folder:
            restarted, _ = self.stopped(restart_after, Path(folder, "gatherbot.sqlite"))
        _compare(without_topics(happened), without_topics(restarted), f"{self.path}: a restart changes it")
        if matrix:
            _compare(*self.on_matrix(), f"{self.path}: on Matrix it differs")

    async def _play(self, lines: int, database: Path | str, config: Config) -> tuple[str, str]:
        heard, dialogue, record, since = iter(self.log(config)), Dialogue(), "", UNPLAYED
        for first in heard:
            async with player(config, database, pages=self.pages, since=since) as stage:
                await stage.play(chain([first], islice(heard, lines - 1)), dialogue)
                for session in stage.engine.state.sessions():
                    assert fold(await stage.engine.journal.entries(session.id)) == session
                record, since = await document(stage.engine), stage.since
        return dialogue.text(), record

    def _config(self) -> Config:
        for file in sorted(self.path.parent.glob("*.config.toml"), key=lambda file: -len(file.name)):
            if self.path.name.startswith(file.name.removesuffix(".config.toml")):
                return load(file, self._choose, {}, connecting=False)
        return default_config([*bundled_plugins(), *self._plugins], rooms_of(read([self.path])))

    def _choose(self, names: PluginNames) -> Choice:
        ours = {plugin.name: plugin for plugin in self._plugins}
        choice = choose(
            PluginNames(names.listed, [name for name in names.extra if name not in ours], names.without)
        )
        return Choice([*choice.plugins, *self._plugins], frozenset(ours), choice.faults, choice.left_out)


def without_topics(text: str) -> list[str]:
    """Return the lines without changes of room topics, which the bot does not know after a restart."""
    return [line for line in text.splitlines() if not line.startswith(">#")]


def _compare(expected: list[str], happened: list[str], message: str) -> None:
    if expected != happened:
        difference = difflib.unified_diff(expected, happened, "expected", "happens now", lineterm="")
        raise AssertionError("\n".join([message, *difference]))
