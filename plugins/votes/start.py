"""The commands that start a vote or make a motion, and edits of these messages."""

from collections.abc import Iterable, Sequence

from bot.api import Announce, Ask, Effect, InputProblem, Occasion, Reply, Role, Session, StateView, Write
from bot.api.facts import TopicClosed, TopicOpened
from bot.api.people import plain_name
from bot.api.records import why_not
from plugins.votes import phrases
from plugins.votes.declaration import plugin
from plugins.votes.facts import PollOpened, PollReworded
from plugins.votes.polls import OPEN, Poll, polls_of
from plugins.votes.syntax import Asked, read_motion, read_question
from plugins.votes.tally import settings_of, tally


@plugin.command(
    "startvote",
    usage="#startvote Question? a, b, c",
    says="starts a vote on a question; without options these are Yes, No and Abstain",
    example="#startvote Shall we drop Python 3.9?",
    role=Role.CHAIR,
)
def start_vote(ask: Ask) -> Sequence[Effect]:
    """Start a vote."""
    return _open(ask, read_question(ask.rest, ask.usage), motion=False)


@plugin.command(
    "motion",
    usage="#motion text",
    says="makes a motion: everybody says +1, 0 or -1, and #close counts the votes",
    example="#motion Drop Python 3.9",
    role=Role.CHAIR,
)
def make_motion(ask: Ask) -> Sequence[Effect]:
    """Make a motion."""
    return _open(ask, read_motion(ask.rest, ask.usage), motion=True)


def _open(ask: Ask, asked: Asked | InputProblem, *, motion: bool) -> Sequence[Effect]:
    session = ask.running
    if session.ended is not None:
        return [Reply(phrases.OVER)]
    refused = why_not(session, ask)
    if refused is not None:
        return [Reply(refused)]
    other = polls_of(session).open
    if other is not None:
        return [Reply(phrases.VOTING_ALREADY(text=other.question, motion=other.is_motion))]
    if isinstance(asked, InputProblem):
        return [Reply(asked)]
    opened = PollOpened(
        asked.question, asked.options, motion, session.topic_id, session.team, session.subtopic
    )
    conditions = "; ".join(_conditions(ask.state, session))
    if motion:
        who = plain_name(ask.speaker.name)
        said = phrases.MOTION_MADE(who=who, text=asked.question, conditions=conditions)
    else:
        said = phrases.VOTE_OPENED(text=asked.question, options=asked.options, conditions=conditions)
    return [Write(opened), Announce(said)]


def _conditions(state: StateView, session: Session) -> Iterable[str]:
    """Yield the configured voters and the quorum in words."""
    settings = settings_of(state, session)
    if settings.voters:
        yield phrases.ONLY_VOTERS(voters=settings.voters)
    if settings.quorum:
        yield phrases.QUORUM(needed=settings.quorum)


@plugin.edits.line_edited("startvote")
def reword_vote(ask: Ask) -> Sequence[Effect]:
    """Apply an edit of the message that started a vote."""
    poll = _opened_by(ask)
    return start_vote(ask) if poll is None else _reword(ask, poll, read_question(ask.rest, ask.usage))


@plugin.edits.line_edited("motion")
def reword_motion(ask: Ask) -> Sequence[Effect]:
    """Apply an edit of the message that made a motion."""
    poll = _opened_by(ask)
    return make_motion(ask) if poll is None else _reword(ask, poll, read_motion(ask.rest, ask.usage))


def _opened_by(ask: Ask) -> Poll | None:
    return polls_of(ask.running).opened_by(ask.edits) if ask.edits else None


def _reword(ask: Ask, poll: Poll, asked: Asked | InputProblem) -> Sequence[Effect]:
    """Reword an open poll; its options cannot change after the first vote."""
    motion = poll.is_motion
    if isinstance(asked, InputProblem):
        return [Reply(phrases.EDIT_REFUSED(why=asked, motion=motion, text=poll.question))]
    if (asked.question, asked.options) == (poll.question, poll.options):
        return ()
    if poll.state != OPEN:
        return [Reply(phrases.RESULT_STAYS(motion=motion, text=poll.question))]
    number = tally(ask.state, ask.running, poll).total
    if number and asked.options != poll.options:
        return [Reply(phrases.OPTIONS_STAY(n=number, options=poll.options))]
    fact = PollReworded(poll.id, asked.question, asked.options, number)
    return [Write(fact), Announce(phrases.REWORDED(motion=motion, text=asked.question, n=number))]


@plugin.upon(TopicOpened)
@plugin.upon(TopicClosed)
def announce_open_poll(occasion: Occasion, _: object) -> Iterable[Effect]:
    """Announce at a change of topic that a poll is still open."""
    poll = polls_of(occasion.session).open if occasion.session is not None else None
    if poll is None:
        return ()
    return [Announce(phrases.CONTINUES(motion=poll.is_motion, text=poll.question))]
