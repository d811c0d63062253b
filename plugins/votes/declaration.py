"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.votes.facts import BLANKS, FACTS
from plugins.votes.settings import VotesTrack

plugin = Plugin("votes", facts=FACTS, blanks=BLANKS, track_table=VotesTrack)
