"""Sends a recap from the command line, while no bot runs on the database."""

from pathlib import Path

from msgspec.structs import replace

from bot.app.errors import CannotError, no_database
from bot.app.letter_delivery import deliver_all
from bot.app.log_player import Player, player
from bot.app.service import only_one
from bot.config import Config
from bot.core.events import Message, Room
from bot.core.people.identity import Identity
from bot.core.state.setup import Track
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime.timers import machine_clock
from bot.storage.contract import StorageError

ORGANIZER = "@organizer"  # people who can write the database may send its recaps


async def send(config: Config, track: Track, part: int | None) -> str:
    """Approve and send a track's recap as `#recap send` does; what became of it.

    Raises CannotError where a bot runs or never ran, the track has no room, or the recap cannot go (open marks, nothing recorded).
    """
    room = next((room for venue in track.venues for room in venue), None)
    if room is None:
        raise CannotError(f"{track.slug} has no room")
    if not config.database.exists():
        raise no_database(config.database)
    with only_one(config.data):
        try:
            return await _send(config, room, part)
        except StorageError as error:
            raise CannotError(str(error)) from error


async def _send(config: Config, room: str, part: int | None) -> str:
    allowed = replace(config, setup=replace(config.setup, admins=config.setup.admins | {ORGANIZER}))
    network = room.partition("/")[0]
    async with player(allowed, Path(config.database), network) as stage:
        await stage.run_timers(machine_clock())  # what came due since the bot ran
        organizer = Identity(network, "organizer", ORGANIZER, ORGANIZER)
        text = f"#recap send {part or ''}".strip()
        await stage.engine.desk.put(Message(Room(room, network), organizer, text, machine_clock()))
        await stage.engine.desk.settle()
        said = [action.text for action in stage.take_actions() if isinstance(action, SaidInRoom)]
        if not stage.letters:
            raise CannotError("; ".join(said) or "nothing was sent")
        await _deliver(stage, config)
    return "\n".join(said)


async def _deliver(stage: Player, config: Config) -> None:
    await stage.engine.journal.release()
    await deliver_all(config, stage.engine)
    await stage.engine.desk.finish()
