"""Votes and motions: a question with options, or +1, 0 and -1; one person one vote, the last counts, the result is a record."""

from bot.api import MessageRedacted, Plugin, Recorded, Role, SessionReopened, TopicClosed, TopicOpened
from plugins.votes import cast_votes, display, start
from plugins.votes.facts import BLANKS, FACTS, PollClosed, PollOpened
from plugins.votes.results import end, redactions
from plugins.votes.settings import VotesTrack

plugin = Plugin("votes", facts=FACTS, track_table=VotesTrack, blanks=BLANKS)
plugin.statuses.append(display.status)
plugin.ballots.append(display.ballots)
plugin.end_checks.append(display.missing)
plugin.reactions.append(cast_votes.react)
plugin.closers.append(end.close_motion)
plugin.closing_facts.append(end.closing_facts)
plugin.farewells.append(end.farewells)
plugin.quotes.append(redactions.quotes)
plugin.undoable |= {PollOpened: display.opening, PollClosed: display.ending}
plugin.upon(Recorded)(end.close_by_hand)
plugin.upon(SessionReopened)(end.go_on)
plugin.upon(TopicOpened)(start.say_it_goes_on)
plugin.upon(TopicClosed)(start.say_it_goes_on)
plugin.upon(MessageRedacted)(redactions.after_redaction)

plugin.command(
    "startvote",
    usage="#startvote Question? a, b, c",
    says="puts a question to the vote; without options they are Yes, No and Abstain",
    example="#startvote Shall we drop Python 3.9?",
    role=Role.CHAIR,
    on_line_edited=start.reword_vote,
)(start.start_vote)
plugin.command(
    "vote",
    bare=cast_votes.BARE,
    usage="#vote OPTION, or +1, 0 or -1 while a motion is open",
    says="votes, in any case and by a beginning that only one option has; your last vote counts",
    example="#vote Yes",
    before=("#startvote Shall we drop Python 3.9?",),
    silent_if_unavailable=True,
    on_line_edited=cast_votes.edit_vote,
    on_line_removed=cast_votes.unsay,
)(cast_votes.vote)
plugin.command(
    "showvote",
    usage="#showvote",
    says="who votes what, and who has not yet",
    example="#showvote",
)(display.show_vote)
plugin.command(
    "endvote",
    usage="#endvote",
    says="ends the vote, and records its result with names",
    example="#endvote",
    before=("#startvote Shall we drop Python 3.9?",),
    role=Role.CHAIR,
)(end.end_vote)
plugin.command(
    "motion",
    usage="#motion text",
    says="makes a motion: all say +1, 0 or -1, and #close counts them",
    example="#motion Drop Python 3.9",
    role=Role.CHAIR,
    on_line_edited=start.reword_motion,
)(start.make_motion)
