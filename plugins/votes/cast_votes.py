"""Voting by #vote, by +1, 0 and -1, and by a thumb on the motion, and edits of votes."""

from collections.abc import Sequence

from bot.api import (
    Acknowledge,
    Ask,
    Effect,
    Identity,
    InputProblem,
    Reaction,
    Reply,
    Session,
    StateView,
    Write,
)
from bot.api.people import is_relayed
from plugins.votes import phrases
from plugins.votes.declaration import plugin
from plugins.votes.facts import VoteCast, VoteChanged
from plugins.votes.polls import OPEN, Poll, polls_of
from plugins.votes.syntax import AS_MOTION, read_bare, read_choice, said_whole
from plugins.votes.tally import may_vote, name_of, settings_of

BARE = ("+1", "0", "-1", "+0", "-0")
BALLOT, CHANGED = "🗳️", "✏️"
THUMBS = {"👍": "+1", "👎": "-1", "+1": "+1", "-1": "-1", "0": "0"}


@plugin.command(
    "vote",
    bare=BARE,
    usage="#vote OPTION, or +1, 0 or -1 while a motion is open",
    says="votes for an option; the case doesn't matter, and its beginning is enough if no other option has it; only your last vote counts",
    example="#vote Yes",
    before=("#startvote Shall we drop Python 3.9?",),
    silent_if_unavailable=True,
)
def vote(ask: Ask) -> Sequence[Effect]:
    """Count a vote."""
    poll = polls_of(ask.running).open
    if poll is None:
        return () if ask.bare and not ask.addressed else [Reply(phrases.NOTHING_OPEN)]
    choice = _choice(ask, poll)
    if choice is None:
        return ()
    if isinstance(choice, InputProblem):
        return [Reply(choice)]
    refused = _why_not(ask.state, ask.running, ask.speaker)
    if refused is not None:
        return [Reply(refused)]
    return [Write(VoteCast(poll.id, choice)), _counted(ask, poll, choice)]


def _choice(ask: Ask, poll: Poll) -> int | InputProblem | None:
    """Read the chosen option; None if the line is talk."""
    if ask.bare:
        return read_bare(poll, ask.form, ask.rest)
    if not ask.rest:
        return InputProblem(phrases.WHICH_OPTION(usage=ask.usage, options=poll.options))
    return read_choice(poll, ask.rest)


def _why_not(state: StateView, session: Session, who: Identity) -> str | None:
    """Return why a vote does not count, or None."""
    if session.paused:
        return phrases.PAUSED
    if is_relayed(who) and settings_of(state, session).relayed_votes == "no":
        return phrases.RELAYED(who=name_of(who))
    if not may_vote(state, session, who):
        return phrases.MAY_NOT_VOTE(who=name_of(who), voters=settings_of(state, session).voters)
    return None


def _counted(ask: Ask, poll: Poll, choice: int, emoji: str = BALLOT) -> Effect:
    """Acknowledge a vote; an abbreviated option is answered with its full name."""
    said = phrases.VOTES(who=name_of(ask.speaker), option=poll.options[choice])
    whole = ask.bare or said_whole(poll, ask.rest, choice)
    return Acknowledge(said, emoji) if whole else Reply(said)


@plugin.edits.line_edited("vote")
def edit_vote(ask: Ask) -> Sequence[Effect]:
    """Change the vote of an edited message, or count its first one."""
    session = ask.running
    poll = polls_of(session).voted_in(ask.edits) if ask.edits else None
    if poll is not None:
        choice = _choice(ask, poll)
        return withdraw_vote(ask) if choice is None else _change(ask, poll, choice)
    if _voted(session, ask.edits):
        return [Reply(phrases.TAKEN_BACK)]
    return vote(ask) if session.ended is None else [Reply(phrases.OVER)]


def _change(ask: Ask, poll: Poll, choice: int | InputProblem) -> Sequence[Effect]:
    if poll.state != OPEN:
        return [Reply(phrases.RESULT_STAYS(motion=poll.is_motion, text=poll.question))]
    if isinstance(choice, InputProblem):
        return [Reply(phrases.VOTE_STAYS(why=choice))]
    refused = _why_not(ask.state, ask.running, ask.speaker)
    if refused is not None:
        return [Reply(refused)]
    return [Write(VoteChanged(ask.edits, choice)), _counted(ask, poll, choice, CHANGED)]


def _voted(session: Session, cause: str) -> bool:
    """Whether a message voted in a poll that was undone since."""
    return any(entry.cause == cause and isinstance(entry.fact, VoteCast) for entry in session.live())


@plugin.edits.line_removed("vote")
def withdraw_vote(ask: Ask) -> Sequence[Effect]:
    """Withdraw the vote of a message that no longer contains one."""
    poll = polls_of(ask.running).voted_in(ask.edits)
    if poll is None:
        return ()
    if poll.state != OPEN:
        return [Reply(phrases.RESULT_STAYS(motion=poll.is_motion, text=poll.question))]
    said = phrases.VOTES_NO_MORE(who=name_of(ask.speaker))
    return [Write(VoteChanged(ask.edits, None)), Reply(said)]


@plugin.reaction
def react(reaction: Reaction) -> Sequence[Effect]:
    """Count a thumb on the message of the open motion as a vote; removing the reaction undoes it."""
    session, sign = reaction.session, THUMBS.get(reaction.emoji)
    poll = polls_of(session).open if session is not None and sign is not None else None
    if session is None or sign is None or poll is None:
        return ()
    if not poll.is_motion or not poll.is_said_by(reaction.target):
        return ()
    refused = _why_not(reaction.state, session, reaction.who)
    return [Reply(refused)] if refused is not None else [Write(VoteCast(poll.id, AS_MOTION[sign]))]
