"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.votes.facts import BLANKS, FACTS, PollClosed, PollOpened
from plugins.votes.settings import VotesTrack

plugin = Plugin(
    "votes",
    facts=FACTS,
    not_undone=set(FACTS) - {PollOpened, PollClosed},  # they go with the poll, or change by another vote
    blanks=BLANKS,
    track_table=VotesTrack,
)
