"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.recap.lifecycle.facts import BLANKS, FACTS
from plugins.recap.settings import RecapSettings, RecapTrack

plugin = Plugin(
    "recap",
    facts=FACTS,
    not_undone=FACTS,
    blanks=BLANKS,
    table=("recap", RecapSettings),
    track_table=RecapTrack,
)
