"""Sessions for logs that have none: one is opened, by nobody, where people talk and no session runs."""

from bot.app.log_player import Player
from bot.core.events import Message
from bot.core.facts import SessionOpened
from bot.core.session.session import Entry
from bot.core.state.setup import Setup
from bot.networks.transcript.log_entry import LogEntry
from bot.storage.contract import Batch, SessionRow


async def open_where_people_talk(stage: Player, entry: LogEntry) -> None:
    """Open a session for a line of talk; it ends as every session does in which nobody speaks anymore."""
    state = stage.engine.state
    for event in entry.events:
        if isinstance(event, Message) and _is_talk(event) and state.running(event.room.id) is None:
            opened = _opened(state.setup, event)
            if opened is not None:
                await _open(stage, opened, Entry(opened.id, f"{opened.id}/talk", event.at, None, opened))


def _is_talk(event: Message) -> bool:
    return not (event.room.private or event.by_bot or event.off_record)


def _opened(setup: Setup, event: Message) -> SessionOpened | None:
    """The session of the first track that meets in the room; None if no track does."""
    track = next(iter(setup.tracks_of(event.room.id)), None)
    if track is None:
        return None
    return SessionOpened(
        id=f"{event.room.id}@{event.at:%Y-%m-%dT%H:%M:%SZ}",
        track=track.slug,
        name="",
        rooms=setup.venue(track, event.room.id),
        date=event.at.astimezone(setup.gathering.zone).date(),
        planned_until=event.at,
        gathering=setup.gathering.slug,
        gathering_name=setup.gathering.name,
    )


async def _open(stage: Player, opened: SessionOpened, entry: Entry) -> None:
    engine = stage.engine
    row = SessionRow(opened.id, opened.track, opened.rooms, opened.date, entry.at, None, live=True)
    await engine.journal.commit(Batch(entries=[entry], sessions=[row]))
    await engine.desk.live.load(engine.state, opened.id, opened.track)
