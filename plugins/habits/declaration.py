"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.habits.facts import HintGiven
from plugins.habits.settings import HabitsSettings

plugin = Plugin(
    "habits",
    title="Other words",
    facts=(HintGiven,),
    not_undone=(HintGiven,),
    not_redacted=(HintGiven,),
    table=("habits", HabitsSettings),
)
