"""Voting by #vote, by +1, 0 and -1, and by a thumb on the motion, and edits of votes."""

from collections.abc import Sequence
from datetime import timedelta

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
from plugins.votes.ballots import BARE, OBJECTIONS, Ballot, Read, Unclear, is_word, read_bare, read_typed
from plugins.votes.declaration import plugin
from plugins.votes.doubts import doubt
from plugins.votes.facts import VoteCast, VoteChanged
from plugins.votes.polls import OPEN, Poll, polls_of
from plugins.votes.syntax import AS_MOTION, said_whole
from plugins.votes.tally import may_vote, name_of, settings_of

CROSSING = timedelta(seconds=30)
BALLOT, CHANGED = "🗳️", "✏️"
THUMBS = {"👍": "+1", "👎": "-1", "+1": "+1", "-1": "-1", "0": "0"}


@plugin.command(
    "vote",
    bare=BARE,
    usage="#vote OPTION, or +1, 0 or -1 while a motion is open",
    says="votes for an option; the case doesn't matter, and its beginning is enough if no other option has it; only your last vote counts, and words after +1 or -1 are your reason",
    example="#vote Yes",
    before=("#startvote Shall we drop Python 3.9?",),
    silent_if_unavailable=True,
    in_emotes=True,
)
def vote(ask: Ask) -> Sequence[Effect]:
    """Count a vote."""
    poll = polls_of(ask.running).open
    if poll is None:
        return _too_late(ask) if ask.bare and not ask.addressed else [Reply(phrases.NOTHING_OPEN)]
    ballot = _read(ask, poll)
    if ballot is None or (ask.running.paused and ask.bare and not ask.addressed and is_word(ask.typed)):
        return ()  # off the record, people say yes and no to other things
    if isinstance(ballot, Unclear):
        return doubt(ask, poll, ballot)
    if isinstance(ballot, InputProblem):
        return [Reply(ballot)]
    refused = _why_not(ask.state, ask.running, ask.speaker)
    if refused is not None:
        return [*_objection(ask, poll, ballot), Reply(refused)]
    return [Write(VoteCast(poll.id, ballot.choice, ballot.reason)), _counted(ask, poll, ballot)]


def _too_late(ask: Ask) -> Sequence[Effect]:
    """Answer a -1 that crossed the end of its motion; other signs are talk then."""
    last = polls_of(ask.running).last
    if last is None or last.closed is None or not last.is_motion or ask.running.paused:
        return ()
    if ask.form not in OBJECTIONS or ask.at - last.closed > CROSSING:
        return ()
    return [Reply(phrases.TOO_LATE(who=name_of(ask.speaker), text=last.question))]


def _read(ask: Ask, poll: Poll) -> Read:
    """Read the vote; None if the line is talk."""
    if ask.bare:
        found = read_bare(poll, ask.typed, ask.rest, lambda name: bool(ask.directory.bearers(name)))
        counts = settings_of(ask.state, ask.running).unclear_votes == "count"
        if isinstance(found, Unclear) and found.choice is not None and counts:
            return Ballot(found.choice, found.reason)
        return found
    if not ask.rest:
        return InputProblem(phrases.WHICH_OPTION(usage=ask.usage, options=poll.options))
    return read_typed(poll, ask.rest)


def _objection(ask: Ask, poll: Poll, ballot: Ballot) -> Sequence[Effect]:
    """Keep that somebody behind a relay is against a motion, though it doesn't count."""
    is_kept = is_relayed(ask.speaker) and poll.is_motion and not ask.running.paused
    return doubt(ask, poll, Unclear(ballot.choice)) if is_kept else ()


def _why_not(state: StateView, session: Session, who: Identity) -> str | None:
    """Return why a vote does not count, or None."""
    if session.paused:
        return phrases.PAUSED
    if is_relayed(who) and settings_of(state, session).relayed_votes == "no":
        return phrases.RELAYED(who=name_of(who))
    if not may_vote(state, session, who):
        return phrases.MAY_NOT_VOTE(who=name_of(who), voters=settings_of(state, session).voters)
    return None


def _counted(ask: Ask, poll: Poll, ballot: Ballot, emoji: str = BALLOT) -> Effect:
    """Acknowledge a vote; an abbreviated option is answered with its full name."""
    option = poll.options[ballot.choice]
    said = phrases.VOTES(who=name_of(ask.speaker), option=option, reason=ballot.reason)
    whole = ask.bare or said_whole(poll, ask.rest, ballot.choice)
    return Acknowledge(said, emoji) if whole else Reply(said)


@plugin.edits.line_edited("vote")
def edit_vote(ask: Ask) -> Sequence[Effect]:
    """Change the vote of an edited message, or count its first one."""
    session = ask.running
    poll = polls_of(session).voted_in(ask.edits) if ask.edits else None
    if poll is not None:
        ballot = _read(ask, poll)
        if ballot is None or isinstance(ballot, Unclear):
            return withdraw_vote(ask)
        return _change(ask, poll, ballot)
    if _voted(session, ask.edits):
        return [Reply(phrases.TAKEN_BACK)]
    return vote(ask) if session.ended is None else [Reply(phrases.OVER)]


def _change(ask: Ask, poll: Poll, ballot: Ballot | InputProblem) -> Sequence[Effect]:
    if poll.state != OPEN:
        return [Reply(phrases.RESULT_STAYS(motion=poll.is_motion, text=poll.question))]
    if isinstance(ballot, InputProblem):
        return [Reply(phrases.VOTE_STAYS(why=ballot))]
    refused = _why_not(ask.state, ask.running, ask.speaker)
    if refused is not None:
        return [Reply(refused)]
    changed = VoteChanged(ask.edits, ballot.choice, ballot.reason)
    return [Write(changed), _counted(ask, poll, ballot, CHANGED)]


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
