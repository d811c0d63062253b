"""Votes with options, and motions with +1, 0 and -1; each person's last vote counts, and the result is a record."""

from bot.api import Plugin, Role
from bot.api.facts import MessageRedacted, Recorded, SessionReopened, TopicClosed, TopicOpened
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
    says="starts a vote on a question; without options these are Yes, No and Abstain",
    example="#startvote Shall we drop Python 3.9?",
    role=Role.CHAIR,
    on_line_edited=start.reword_vote,
)(start.start_vote)
plugin.command(
    "vote",
    bare=cast_votes.BARE,
    usage="#vote OPTION, or +1, 0 or -1 while a motion is open",
    says="votes for an option; the case doesn't matter, and its beginning is enough if no other option has it; only your last vote counts",
    example="#vote Yes",
    before=("#startvote Shall we drop Python 3.9?",),
    silent_if_unavailable=True,
    on_line_edited=cast_votes.edit_vote,
    on_line_removed=cast_votes.unsay,
)(cast_votes.vote)
plugin.command(
    "showvote",
    usage="#showvote",
    says="shows who voted for what, and who has not voted yet",
    example="#showvote",
)(display.show_vote)
plugin.command(
    "endvote",
    usage="#endvote",
    says="ends the vote and records its result with names",
    example="#endvote",
    before=("#startvote Shall we drop Python 3.9?",),
    role=Role.CHAIR,
)(end.end_vote)
plugin.command(
    "motion",
    usage="#motion text",
    says="makes a motion: everybody says +1, 0 or -1, and #close counts the votes",
    example="#motion Drop Python 3.9",
    role=Role.CHAIR,
    on_line_edited=start.reword_motion,
)(start.make_motion)
