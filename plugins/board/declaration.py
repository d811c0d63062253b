"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.board.facts import FACTS
from plugins.board.ptgbot.facts import IMPORT_FACTS
from plugins.board.settings import BoardGathering, BoardTrack

PRESENCE = "presence"  # the stream of who is where

plugin = Plugin(
    "board",
    title="The board",
    facts=(*FACTS, *IMPORT_FACTS),
    not_undone=(*FACTS, *IMPORT_FACTS),
    gathering_table=BoardGathering,
    track_table=BoardTrack,
    streams=(PRESENCE,),
)
