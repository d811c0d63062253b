"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.actions.facts import BLANKS, FACTS
from plugins.actions.kind import ACTION
from plugins.actions.settings import ActionsTrack
from plugins.actions.state import ACTIONS

plugin = Plugin(
    "actions",
    facts=FACTS,
    not_undone=FACTS,
    blanks=BLANKS,
    kinds=[ACTION],
    carried_over=[ACTIONS],
    track_table=ActionsTrack,
)
