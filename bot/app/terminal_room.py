"""A room in the terminal with the bot: to try commands, or to take the minutes of a call."""

import asyncio
import contextlib
import getpass
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage

from msgspec.structs import replace

from bot.app.errors import CannotError
from bot.app.letter_delivery import deliverer
from bot.app.service import Running, only_one, running
from bot.bundled import bundled_plugins
from bot.config import Config, default_config
from bot.core.plugin.register import Register
from bot.core.words.grammar import Vocabulary
from bot.mail import files
from bot.mail.outcome import Deliver, Outcome
from bot.networks.console.keyboard import Interruption, Keyboard, PipedKeyboard, standard_input
from bot.networks.console.network import COMMANDS, HINT, ConsoleNetwork
from bot.runtime.timers import machine_clock
from bot.storage.contract import StorageError
from plugins.recap.settings import RecapSettings

ROOM = "console/#console"
LIST = "console@localhost"  # nothing is sent: without a mail server letters become files
SETTLE = timedelta(seconds=3)  # nobody waits five minutes at a terminal
PATIENCE = timedelta(seconds=10)
INTERRUPTED = 130  # 128 + SIGINT, the convention of shells
SIGNED = re.compile(r"[a-z]+[+?=-]")  # q+, agenda?
KEYS = "Tab completes, Ctrl-D ends"


async def chat(config: Config | None) -> int:
    """Be in a room until the end of the input; exit status 0, or 130 after Ctrl-C.

    Raises BrokenPipeError when nobody reads any more what is shown.
    """
    chosen = _answering_all(config or _alone())
    room = next((room for track in chosen.setup.tracks for venue in track.venues for room in venue), ROOM)
    ending = _Ending()
    with _terminal(chosen, room, ending) as console, only_one(chosen.data):
        try:
            async with running(chosen, {console.name: console}, _delivering(chosen, ending.show)) as bot:
                if await ending.typed(console, bot):
                    await _what_is_nearly_due(bot)
        except StorageError as error:
            raise CannotError(str(error)) from error
    if ending.unread:
        raise BrokenPipeError
    return INTERRUPTED if ending.interrupted else 0


class _Ending:
    """Whether the chat is over before its input is: nobody reads what is shown, or it was interrupted."""

    def __init__(self) -> None:
        self.unread = False
        self.interrupted = False
        self._set = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.interrupt)

    def show(self, line: str) -> None:
        """Print a line."""
        try:
            print(line, flush=True)  # noqa: T201 - a person sits there
        except OSError:  # the reader of the pipe went away
            self.unread = True
            self._set.set()

    def interrupt(self) -> None:
        """End at once, as after Ctrl-C."""
        self.interrupted = True
        self._set.set()

    async def typed(self, console: ConsoleNetwork, bot: Running) -> bool:
        """Take what is typed; returns whether it came to its end."""
        typing = asyncio.create_task(console.run(bot.engine.desk), name="typing")
        over = asyncio.create_task(self._set.wait(), name="over")
        await asyncio.wait({typing, over}, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        typing.cancel()
        await asyncio.wait({typing, over})
        try:
            await typing
        except Interruption:
            self.interrupt()
        except asyncio.CancelledError:
            pass
        return not (self.interrupted or self.unread)


@contextmanager
def _terminal(config: Config, room: str, ending: _Ending) -> Iterator[ConsoleNetwork]:
    """A room with a prompt in a terminal; without editing keys where one of the ends is a pipe or a file."""
    asks = bool(sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty())
    commands = commands_of(config.register)
    console: ConsoleNetwork

    def people() -> list[str]:
        return console.people()

    def keyboard() -> Keyboard:
        if not asks:
            return PipedKeyboard(standard_input if sys.stdin else bytes)
        from bot.networks.console.prompt import Completions, Prompt  # noqa: PLC0415 - only a terminal needs it

        return Prompt(Completions({**commands, **COMMANDS}, people))

    console = ConsoleNetwork(
        keyboard(),
        ending.show,
        room=room,
        login=_login(),
        names=(*config.setup.names, *_no_names(config.register.vocabulary)),
        echo=asks,
    )
    ending.show(f"you are in {room}; {HINT}" + (f"; {KEYS}" if asks else ""))
    with contextlib.ExitStack() as stack:
        if asks:
            from bot.networks.console.prompt import above_the_prompt  # noqa: PLC0415 - as above

            stack.enter_context(above_the_prompt())
        yield console


def _no_names(words: Vocabulary) -> tuple[str, ...]:
    """What may stand before a colon and is nobody's name: "Topic: Welcome"."""
    return (*words.words, *words.labels, *words.synonyms)


def commands_of(register: Register) -> dict[str, str]:
    """What each command does, by the command as it is typed; bare forms are typed without a prefix."""
    words, prefix = register.vocabulary, register.vocabulary.prefixes[0]
    typed = {f"{prefix}{word}": command for word, command in words.words.items()}
    bare = {form: command for form, command in words.bare.items() if SIGNED.fullmatch(form)}
    return {form: register.commands[command].says for form, command in {**typed, **bare}.items()}


def _alone() -> Config:
    """One room, one track that meets today, and recaps a few seconds after the end."""
    config = default_config(bundled_plugins(), [ROOM])
    models = {**config.setup.models, RecapSettings: RecapSettings(settle=SETTLE)}
    today = machine_clock().astimezone(config.setup.gathering.zone).date()
    tracks = tuple(replace(track, list=LIST, days=(today,)) for track in config.setup.tracks)
    return replace(config, setup=replace(config.setup, tracks=tracks, models=models))


def _answering_all(config: Config) -> Config:
    """The configuration without a limit of commands: one person is here, and nobody else waits."""
    limits = replace(config.setup.limits, commands=0)
    return replace(config, setup=replace(config.setup, limits=limits))


def _login() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):  # no name for this user id
        return getpass.getuser()
    return "you"


def _delivering(config: Config, show: Callable[[str], None]) -> Deliver:
    """Deliver as configured, and show where a file lies."""
    deliver = deliverer(config)

    async def deliver_and_show(message: EmailMessage, *, patient: bool) -> Outcome:
        outcome = await deliver(message, patient=patient)
        if config.mail is None:
            show(f"-!- mail written: {config.outbox / files.file_name(message)}")
        return outcome

    return deliver_and_show


async def _what_is_nearly_due(bot: Running) -> None:
    """Wait for what is due within seconds: the recap of a session that has just ended."""
    until = machine_clock() + PATIENCE
    await _all_done(bot)
    while (due := bot.timers.next_at()) is not None and due <= until:
        await asyncio.sleep(max((due - machine_clock()).total_seconds(), 0.05))
        await _all_done(bot)
    while await _letter_waits(bot) and machine_clock() < until:  # noqa: ASYNC110 - the mail worker takes it by itself
        await asyncio.sleep(0.05)


async def _letter_waits(bot: Running) -> bool:
    due = await bot.engine.journal.next_due()
    return due is not None and due <= machine_clock()


async def _all_done(bot: Running) -> None:
    """Return when all events and orders are done."""
    await bot.engine.desk.settle()
    await bot.engine.jobs.finish()
    await bot.engine.desk.settle()
