"""A golden transcript: what people say, and under each line what the bot does; the whole is compared."""

import asyncio
import difflib
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from bot.app.log_player import matrix_of, player, read, rooms_of
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
    """A transcript in the form that docs/transcripts.md describes, with the plugins that take part in it.

    It is played with the configuration in its folder whose name its own name begins with ("parking.config.toml" serves
    "parking.txt" and "parking-full.txt"). Without one, each channel is a track of its own. The pages that plugins may
    fetch are, by address, in the file of its name with ".pages.toml".

    plugins: these take part in addition to the plugins that come with the bot
    """

    def __init__(self, path: Path | str, plugins: Sequence[Plugin] = ()) -> None:
        self.path = Path(path)
        self._plugins = tuple(plugins)
        self.config = self._config()

    @property
    def text(self) -> str:
        """The transcript as it is written."""
        return self.path.read_bytes().decode()

    @property
    def pages(self) -> Mapping[str, str]:
        """The pages that may be fetched, by address."""
        pages = self.path.with_suffix(".pages.toml")
        return tomllib.loads(pages.read_text(encoding="utf-8")) if pages.exists() else {}

    def log(self, config: Config | None = None) -> Transcript:
        """The transcript as the bot hears it."""
        config = config or self.config
        return read([self.path], matrix=matrix_of(config), puppets=config.setup.puppets)

    def happened(self, config: Config | None = None) -> str:
        """The transcript as it would be written now."""
        return self.stopped(sys.maxsize, config=config)[0]

    def stopped(
        self, after: int, database: Path | str = MEMORY, config: Config | None = None
    ) -> tuple[str, str]:
        """The transcript and the record as JSON, with the bot stopped and started again after every so many lines.

        database: a file, where the bot is to be stopped at all
        """
        return asyncio.run(self._play(after, database, config or self.config))

    def on_matrix(self) -> tuple[list[str], list[str]]:
        """What should happen when all of its networks are Matrix, and what does.

        Which emoji a reaction has and where it stands among the answers to a line is left out. People's accounts are
        called as their nicks are; a transcript in which that is not so does not hold on Matrix.
        """
        short = self.happened(with_ack(self.config, ack="short")).splitlines()
        without_short_answers = self.happened(with_ack(self.config, ack="quiet")).splitlines()
        expected = with_reactions(short, without_short_answers)
        return same_shape(expected), same_shape(self.happened(as_matrix(self.config)).splitlines())

    def accept(self) -> None:
        """Write the transcript as it happens now."""
        happened = self.happened()
        self.path.write_text(happened, encoding="utf-8", newline="")

    def check(self, *, restart_after: int = 7, matrix: bool = True) -> None:
        """Raise AssertionError unless the transcript is what happens: at once, with restarts, and on Matrix."""
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
        heard, dialogue, record = iter(self.log(config)), Dialogue(), ""
        for first in heard:
            async with player(config, database, pages=self.pages) as stage:
                await stage.play(chain([first], islice(heard, lines - 1)), dialogue)
                for session in stage.engine.state.sessions():
                    assert fold(await stage.engine.journal.entries(session.id)) == session
                record = await document(stage.engine)
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
    """A transcript without the rooms' topics: after a restart, the bot does not know what they show."""
    return [line for line in text.splitlines() if not line.startswith(">#")]


def _compare(expected: list[str], happened: list[str], message: str) -> None:
    if expected != happened:
        difference = difflib.unified_diff(expected, happened, "expected", "happens now", lineterm="")
        raise AssertionError("\n".join([message, *difference]))
