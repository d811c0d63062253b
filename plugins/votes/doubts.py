"""What may be a vote and is not counted: its speaker is asked about it in private, once in a poll."""

from collections.abc import Iterator, Sequence

from bot.api import Ask, Effect, Session, StateView, Tell, Write
from bot.api.people import is_relayed
from plugins.votes import phrases
from plugins.votes.ballots import AGAINST, SHORT, SIGNED, Unclear, read_talk
from plugins.votes.declaration import plugin
from plugins.votes.facts import VoteDoubted
from plugins.votes.polls import Poll, polls_of
from plugins.votes.tally import may_vote, name_of


def is_voting(session: Session) -> bool:
    """Whether a poll is open."""
    return polls_of(session).open is not None


@plugin.talk(like=SHORT, having=SIGNED, during=is_voting)
def ask_about_talk(ask: Ask) -> Sequence[Effect]:
    """Ask about a line of talk that may be a vote."""
    poll = polls_of(ask.running).open
    unclear = read_talk(poll, ask.rest) if poll is not None else None
    return doubt(ask, poll, unclear) if poll is not None and unclear is not None else ()


def doubt(ask: Ask, poll: Poll, unclear: Unclear) -> Sequence[Effect]:
    """Note that a line may be a vote, and ask its speaker about it if nobody did yet."""
    session, who = ask.running, ask.speaker
    if session.paused or not may_vote(ask.state, session, who):
        return ()
    me = ask.state.person_of(who, session)
    mine = [known for known in poll.doubts if ask.state.person_of(known.by, session) == me]
    news = not mine or mine[-1].choice != unclear.choice or mine[-1].after != len(poll.casts)
    facts: list[Effect] = [Write(VoteDoubted(poll.id, unclear.choice), keep_on_undo=True)] if news else []
    if mine or is_relayed(who):
        return facts
    how = phrases.ALONE if poll.is_motion else phrases.WITH_WORD(options=poll.options)
    return [*facts, Tell(who, phrases.MAY_BE_A_VOTE(line=ask.text, text=poll.question, how=how))]


def still_against(state: StateView, session: Session, poll: Poll) -> list[str]:
    """Return the people whose last word on a motion was a -1 that was not counted."""
    return list(dict.fromkeys(_still_against(state, session, poll))) if poll.is_motion else []


def _still_against(state: StateView, session: Session, poll: Poll) -> Iterator[str]:
    last = {state.person_of(known.by, session): known for known in poll.doubts}
    for person, known in last.items():
        later = poll.casts[known.after :]
        if known.choice == AGAINST and not any(state.person_of(c.by, session) == person for c in later):
            yield name_of(session.now_of(known.by))
