"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.schedule.facts import FACTS
from plugins.schedule.settings import ScheduleSettings, ScheduleTrack

plugin = Plugin(
    "schedule",
    title="Schedule",
    facts=FACTS,
    not_undone=FACTS,
    table=("schedule", ScheduleSettings),
    track_table=ScheduleTrack,
)
