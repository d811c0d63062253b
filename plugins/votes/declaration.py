"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Form, Kind, Plugin
from plugins.votes.facts import BLANKS, FACTS, PollClosed, PollOpened
from plugins.votes.results.opening import sentence
from plugins.votes.settings import VotesTrack

VOTE = Kind(
    "vote",
    usage="#startvote Question? a, b, c",
    says="the result of a vote",
    example="",
    heading="VOTE:",
    form=Form.LABELED,
    order=120,
    decision=True,
    result=sentence,
    emoji="🗳️",
    typed=False,
)
plugin = Plugin(
    "votes",
    facts=FACTS,
    not_undone=set(FACTS) - {PollOpened, PollClosed},  # they go with the poll, or change by another vote
    undone_by_one=(PollClosed,),
    blanks=BLANKS,
    kinds=[VOTE],
    track_table=VotesTrack,
)
