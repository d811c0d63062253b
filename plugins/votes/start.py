"""How a question is put to the vote and a motion made, and what an edit of that message does."""

from collections.abc import Iterable, Sequence

from bot.api import (
    Announce,
    Ask,
    Effect,
    InputProblem,
    Occasion,
    Reply,
    Session,
    State,
    Write,
    plain_name,
    why_not,
)
from plugins.votes import phrases
from plugins.votes.facts import PollOpened, PollReworded
from plugins.votes.polls import OPEN, Poll, polls_of
from plugins.votes.syntax import Asked, read_motion, read_question
from plugins.votes.tally import settings_of, tally


def start_vote(ask: Ask) -> Sequence[Effect]:
    """Put a question to the vote."""
    return _open(ask, read_question(ask.rest, ask.usage), motion=False)


def make_motion(ask: Ask) -> Sequence[Effect]:
    """Make a motion."""
    return _open(ask, read_motion(ask.rest, ask.usage), motion=True)


def _open(ask: Ask, asked: Asked | InputProblem, *, motion: bool) -> Sequence[Effect]:
    session = ask.running
    if session.ended is not None:
        return [Reply(phrases.OVER)]
    refused = why_not(session)
    if refused is not None:
        return [Reply(refused)]
    other = polls_of(session).open
    if other is not None:
        return [Reply(phrases.voting_already(other.question, motion=other.is_motion))]
    if isinstance(asked, InputProblem):
        return [Reply(asked)]
    opened = PollOpened(
        asked.question, asked.options, motion, session.topic_id, session.team, session.subtopic
    )
    conditions = list(_conditions(ask.state, session))
    who = plain_name(ask.speaker.name)
    said = (
        phrases.motion_made(who, asked.question, conditions)
        if motion
        else phrases.vote_opened(asked.question, asked.options, conditions)
    )
    return [Write(opened), Announce(said)]


def _conditions(state: State, session: Session) -> Iterable[str]:
    """Who may vote, and how many have to, where that is configured."""
    settings = settings_of(state, session)
    if settings.voters:
        yield phrases.only_voters(settings.voters)
    if settings.quorum:
        yield phrases.quorum(settings.quorum)


def reword_vote(ask: Ask) -> Sequence[Effect]:
    """The message that asked was edited."""
    poll = _opened_by(ask)
    return start_vote(ask) if poll is None else _reword(ask, poll, read_question(ask.rest, ask.usage))


def reword_motion(ask: Ask) -> Sequence[Effect]:
    """The message that made the motion was edited."""
    poll = _opened_by(ask)
    return make_motion(ask) if poll is None else _reword(ask, poll, read_motion(ask.rest, ask.usage))


def _opened_by(ask: Ask) -> Poll | None:
    return polls_of(ask.running).opened_by(ask.edits) if ask.edits else None


def _reword(ask: Ask, poll: Poll, asked: Asked | InputProblem) -> Sequence[Effect]:
    """The words follow the message; what people could choose from stays, once somebody chose."""
    motion = poll.is_motion
    if isinstance(asked, InputProblem):
        return [Reply(phrases.edit_refused(asked, poll.question, motion=motion))]
    if (asked.question, asked.options) == (poll.question, poll.options):
        return ()
    if poll.state != OPEN:
        return [Reply(phrases.result_stays(poll.question, motion=motion))]
    number = tally(ask.state, ask.running, poll).total
    if number and asked.options != poll.options:
        return [Reply(phrases.options_stay(number, poll.options))]
    fact = PollReworded(poll.id, asked.question, asked.options, number)
    return [Write(fact), Announce(phrases.reworded(asked.question, number, motion=motion))]


def say_it_goes_on(occasion: Occasion, _: object) -> Iterable[Effect]:
    """A topic came or was closed, and a poll is open."""
    poll = polls_of(occasion.session).open if occasion.session is not None else None
    return [Announce(phrases.goes_on(poll.question, motion=poll.is_motion))] if poll is not None else ()
