"""Imports ptgbot's data from a file, while no bot runs on the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bot.app.errors import AlreadyRunningError, CannotError
from bot.app.log_player import STANDARD_INPUT, content, player
from bot.app.service import only_one
from bot.config import Config
from bot.core.events import Prepared
from bot.core.facts import CORE_FACTS, GATHERING
from bot.core.state.state import State
from bot.core.words.input_problem import InputProblem
from bot.core.words.sentences import listed, listed_some, plural
from bot.runtime.live_state import LiveState
from bot.runtime.timers import machine_clock
from bot.storage import sqlite
from bot.storage.contract import StorageError
from plugins.board.ptgbot import reasons
from plugins.board.ptgbot.document import LARGEST, Document, read
from plugins.board.ptgbot.facts import PtgDataTaken
from plugins.board.ptgbot.imports import DATA, Given, digest_of
from plugins.board.ptgbot.plan import Plan
from plugins.board.ptgbot.whole_plan import plan_of

MOST = 200  # lines of what cannot be taken
NAMES = 6  # of each kind
MOST_BYTES = 4 * LARGEST  # no character has more than four; a device has no end
NOT_TAKEN = "nothing was changed; gatherbot import ptgbot FILE --yes takes it"


async def import_ptgbot(config: Config, file: Path, network: str, agrees: Callable[[str], bool]) -> str:
    """Show what a file brings, and take it if `agrees` says so; what became of it.

    Raises CannotError where a bot runs, the file is not ptgbot's, or nothing could be written.
    """
    if all(plugin.name != "board" for plugin in config.plugins):
        raise CannotError("the plugin board is not in use; [bot] plugins in the configuration names it")
    given = Given(_text(file), "the standard input" if str(file) == STANDARD_INPUT else file.name, network)
    document = read(given.text)
    if isinstance(document, InputProblem):
        raise CannotError(f"can't take {file}: {document}")
    with _alone(config) if config.data.is_dir() else nullcontext():
        plan = await _planned(config, document, network)
        agreed = agrees("\n".join(_lines(plan, given.source)))
    if not plan.taken:
        return "nothing was changed: nothing of it is new"
    if not agreed:
        return NOT_TAKEN
    with _alone(config):
        await _take(config, given, digest_of(document))
    return f"took {listed(plan.counts())}"


def _text(file: Path) -> str:
    data = content(file, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CannotError(f"can't take {file}: {reasons.TOO_LARGE(most=LARGEST >> 20)}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotError(f"can't take {file}: it is no UTF-8 text") from error


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Hold the data folder. Raises CannotError where a bot runs."""
    try:
        with only_one(config.data):
            yield
    except AlreadyRunningError as error:
        raise CannotError(
            f"a bot is running with the data folder {config.data}: say ~fetchdb URL in the gathering's room, or stop it first"
        ) from error


async def _planned(config: Config, document: Document, network: str) -> Plan:
    """What would be taken, as the database is; nothing is changed."""
    state = State(config.setup)
    if config.database.exists():
        facts = [*CORE_FACTS, *config.register.facts()]
        try:
            async with sqlite.open(config.database, facts, readonly=True) as journal:
                await LiveState(state, config.register, journal).restore()
        except StorageError as error:
            raise CannotError(str(error)) from error
    return plan_of(document, state, config.register, DATA, network)


async def _take(config: Config, given: Given, digest: str) -> None:
    """Let the desk take it: everything in one turn, or nothing."""
    irc = config.networks[0].name if config.networks else "irc"
    try:
        async with player(config, config.database, irc) as stage:
            await stage.engine.desk.put(Prepared(DATA, GATHERING, machine_clock(), given))
            await stage.engine.desk.settle()
            entries = stage.engine.state.stream(GATHERING)
            last = next((one.fact for one in reversed(entries) if isinstance(one.fact, PtgDataTaken)), None)
    except StorageError as error:
        raise CannotError(str(error)) from error
    if last is None or last.digest != digest:
        raise CannotError("nothing was taken: the database could not be written; is the disk full?")


def _lines(plan: Plan, name: str) -> Iterator[str]:
    """What a plan does, for a terminal."""
    yield f"{name} brings:" if plan.taken else f"{name} brings nothing new"
    for names, count in zip(plan.names().values(), plan.counts(), strict=True):
        yield f"  {count}: {listed_some(names, NAMES)}"
    if plan.there:
        yield f"  {plan.there}{' more' if plan.taken else ''} {plural(plan.there, 'is', 'are')} there already"
    yield from (f"note: {note}" for note in plan.notes)
    if plan.left:
        yield "cannot be taken:"
        yield from (f"  {one.what}: {one.why}" for one in plan.left[:MOST])
    if len(plan.left) > MOST:
        yield f"  and {len(plan.left) - MOST} others"
