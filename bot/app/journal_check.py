"""What the journal holds that this configuration, or this program, cannot go on with."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

from bot.config import Config
from bot.core.facts import CORE_FACTS
from bot.core.session.session import Session
from bot.core.state.setup import Setup
from bot.core.state.state import State
from bot.core.words.sentences import counted, listed, plural
from bot.runtime.live_state import LiveState
from bot.storage import journal_mark, sqlite
from bot.storage.contract import OlderSchema, ShorterJournal, StorageError


async def check_journal(config: Config) -> tuple[list[str], list[str]]:
    """Why the bot would not start with its database (empty if it would), and what it would leave out or end.

    Nothing is changed; the bot may be running.
    """
    try:
        with suppress(sqlite3.Error, UnicodeDecodeError):  # opening it says what is wrong
            journal_mark.check(str(config.database))
        if not config.database.exists():
            return [], []
        facts = [*CORE_FACTS, *config.register.facts()]
        async with sqlite.open(config.database, facts, readonly=True) as journal:
            state = State(config.setup)
            await LiveState(state, config.register, journal).restore()
            skipped = await journal.undeclared()
    except OlderSchema as error:
        return [], [f"the journal was not looked at: {error}"]
    except (ShorterJournal, StorageError) as error:
        return [str(error)], []
    unreadable = [
        f"{one.stream} cannot be read and is left out at the start: {one.why}" for one in state.unreadable
    ]
    unknown = [
        f"no plugin in use knows facts of the kind {kind}, so {counted(n, 'fact')} of it {plural(n, 'is', 'are')} skipped"
        for kind, n in skipped.items()
    ]
    return [], [*unreadable, *unknown, *stranded(state)]


def stranded(state: State) -> Iterator[str]:
    """What becomes of the sessions whose track or networks left the configuration, in words."""
    for session in sorted(state.sessions(), key=lambda session: session.started):
        text = _fate(session, state.setup)
        if text:
            yield f"session {session.name!r} of track {session.track}: {text}"


def _fate(session: Session, setup: Setup) -> str:
    """What becomes of a session; empty if everything of it is configured."""
    track = setup.track(session.track)
    rooms = setup.rooms_left(session)
    gone = sorted({room.partition("/")[0] for room in session.rooms if room not in rooms})
    ends = "it ends when the bot starts, and " if session.ended is None else ""
    if track is None or not track.configured:
        return (
            f"the configuration has no such track; {ends}its recap is not mailed: "
            f"gatherbot recap {session.track} shows it"
        )
    if not gone or session.ended is not None:
        return ""
    networks = f"the configuration has no network {listed(gone)}"
    if rooms:
        return f"{networks}; it goes on in {listed(rooms)}"
    return f"{networks}; {ends}its recap goes where the track's recaps go"
