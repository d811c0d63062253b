"""Votes and motions: a question with options, or +1, 0 and -1; one person one vote, the last counts, the result is a record."""

from bot.api import MessageRedacted, Plugin, Recorded, Role, SessionReopened, TopicClosed, TopicOpened
from plugins.votes import casting, opening, showing
from plugins.votes.facts import BLANKS, FACTS, PollClosed, PollOpened
from plugins.votes.results import closing, removing
from plugins.votes.settings import VotesTrack

plugin = Plugin("votes", facts=FACTS, track_table=VotesTrack, blanks=BLANKS)
plugin.statuses.append(showing.status)
plugin.ballots.append(showing.ballots)
plugin.missings.append(showing.missing)
plugin.reactions.append(casting.react)
plugin.closers.append(closing.close_motion)
plugin.loose_ends.append(closing.loose_ends)
plugin.farewells.append(closing.farewells)
plugin.quotes.append(removing.quotes)
plugin.undoable |= {PollOpened: showing.opening, PollClosed: showing.ending}
plugin.upon(Recorded)(closing.close_by_hand)
plugin.upon(SessionReopened)(closing.go_on)
plugin.upon(TopicOpened)(opening.say_it_goes_on)
plugin.upon(TopicClosed)(opening.say_it_goes_on)
plugin.upon(MessageRedacted)(removing.after_redaction)

plugin.command(
    "startvote",
    usage="#startvote Question? a, b, c",
    says="puts a question to the vote; without options they are Yes, No and Abstain",
    example="#startvote Shall we drop Python 3.9?",
    role=Role.CHAIR,
    edited=opening.reword_vote,
)(opening.start_vote)
plugin.command(
    "vote",
    bare=casting.BARE,
    usage="#vote OPTION, or +1, 0 or -1 while a motion is open",
    says="votes, in any case and by a beginning that only one option has; your last vote counts",
    example="#vote Yes",
    before=("#startvote Shall we drop Python 3.9?",),
    casual=True,
    edited=casting.edit_vote,
    unsaid=casting.unsay,
)(casting.vote)
plugin.command(
    "showvote",
    usage="#showvote",
    says="who votes what, and who has not yet",
    example="#showvote",
)(showing.show_vote)
plugin.command(
    "endvote",
    usage="#endvote",
    says="ends the vote, and records its result with names",
    example="#endvote",
    before=("#startvote Shall we drop Python 3.9?",),
    role=Role.CHAIR,
)(closing.end_vote)
plugin.command(
    "motion",
    usage="#motion text",
    says="makes a motion: all say +1, 0 or -1, and #close counts them",
    example="#motion Drop Python 3.9",
    role=Role.CHAIR,
    edited=opening.reword_motion,
)(opening.make_motion)
