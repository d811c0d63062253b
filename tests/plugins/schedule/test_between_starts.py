"""The configuration changes while the bot is down: the next start writes down what that means for calendars, once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.api import Slot
from bot.app.log_player import player
from bot.bundled import bundled_plugins
from bot.config.values import Config
from bot.core.plugin.registration import register
from plugins.schedule.calendars import events_of
from plugins.schedule.facts import SlotsPublished
from tests.plugins.schedule.programme import setup, slot

NOON = datetime(2027, 10, 19, 12, tzinfo=UTC)


async def started(database: Path, *slots: Slot) -> tuple[list[tuple[str, int, bool]], int]:
    """Start the bot with these slots: what Nova's calendar shows, and how many facts that took until now."""
    made = setup(*slots)
    config = Config(setup=made, register=register(bundled_plugins(), made))
    async with player(config, database) as stage:
        await stage.run_timers(NOON)
        state = stage.engine.state
        events = events_of(state, [state.setup.tracks[0]], NOON)
        shown = [(e.publication.slot.code, e.sequence, e.publication.is_gone) for e in events]
        return shown, len(state.every("track/nova", SlotsPublished))


async def test_a_slot_that_moves_between_two_starts_counts_up(tmp_path: Path) -> None:
    database = tmp_path / "gatherbot.sqlite"
    one, other = slot("A", "nova", "Ohio", 20, 9), slot("B", "nova", "Ohio", 20, 10)
    moved = slot("A", "nova", "Ohio", 21, 9)
    assert await started(database, one) == ([("Ohio-A", 0, False)], 1)
    assert await started(database, one) == ([("Ohio-A", 0, False)], 1)
    assert await started(database, moved, other) == ([("Ohio-B", 0, False), ("Ohio-A", 1, False)], 2)
    assert await started(database, other) == ([("Ohio-B", 0, False), ("Ohio-A", 2, True)], 3)
    assert await started(database) == ([("Ohio-B", 1, True), ("Ohio-A", 2, True)], 4)
    assert await started(database, one) == ([("Ohio-A", 3, False), ("Ohio-B", 1, True)], 5)


async def test_rooms_hear_of_a_slot_once_also_with_starts_in_between(tmp_path: Path) -> None:
    made = setup(slot("A", "nova", "Ohio", 20, 9))
    config = Config(setup=made, register=register(bundled_plugins(), made))
    said = []
    for minutes in (-6, -5, -4, -3):
        async with player(config, tmp_path / "gatherbot.sqlite") as stage:
            at = NOON + timedelta(hours=21, minutes=minutes)
            said += [action for _, actions in await stage.run_timers(at) for action in actions]
    assert [action.text for action in said if hasattr(action, "text")] == [
        "Nova starts in 5 minutes, at 11:00 CEST, in Ohio"
    ]
