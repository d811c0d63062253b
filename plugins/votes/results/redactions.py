"""What becomes of polls and their results when a message is redacted.

Rules of this file: a result holds the words of the message that asked, so it goes with them. A vote that was counted
stays counted; who takes its message away is told so.
"""

from collections.abc import Iterable, Iterator

from bot.api import Announce, Effect, Entry, Occasion, Session, StateView, Write
from bot.api.facts import MessageRedacted, Withdrawn
from plugins.votes.facts import PollClosed, PollReworded, VoteCast
from plugins.votes.phrases import RESULT_STAYS
from plugins.votes.polls import OPEN, polls_of
from plugins.votes.results import phrases


def quotes(_: StateView, session: Session) -> Iterator[tuple[str, str]]:
    """The results that hold words of messages that were redacted: stream and cause."""
    for entry in _results(session, {fact.message for fact in session.every(MessageRedacted)}):
        yield session.id, entry.cause


def after_redaction(occasion: Occasion, redacted: MessageRedacted) -> Iterable[Effect]:
    """Take out the results that hold the message's words, and say what it means that it is gone."""
    session = occasion.session
    if session is None:
        return
    for entry in _results(session, {redacted.message}):
        fact = entry.fact
        assert isinstance(fact, PollClosed)
        if fact.n is not None and session.record(fact.n) is not None:
            yield Write(Withdrawn(fact.n))
            yield Announce(phrases.RESULT_REMOVED(n=fact.n))
    yield from _told(session, redacted.message)


def _told(session: Session, message: str) -> Iterator[Effect]:
    """The message ended a poll, which is open again; or it voted, and the result stays."""
    polls = polls_of(session)
    done = [entry.fact for entry in session.entries if _is_of(entry.cause, message)]
    ended = {fact.poll for fact in done if isinstance(fact, PollClosed)}
    voted = {fact.poll for fact in done if isinstance(fact, VoteCast)}
    for poll in polls.all:
        if poll.id in ended and poll is polls.open:
            yield Announce(phrases.OPEN_AGAIN(motion=poll.is_motion, text=poll.question, n=None))
        elif poll.id in voted and poll.state != OPEN:
            yield Announce(RESULT_STAYS(motion=poll.is_motion, text=poll.question))


def _results(session: Session, messages: set[str]) -> Iterator[Entry]:
    """The ends of polls that one of these messages opened or worded; those that a text of their own records are none."""
    worded: dict[str, set[str]] = {}
    for entry in session.entries:
        fact = entry.fact
        if isinstance(fact, PollReworded):
            worded.setdefault(fact.poll, set()).add(entry.cause)
        elif isinstance(fact, PollClosed) and fact.n is not None:
            causes = {fact.poll, *worded.get(fact.poll, ())}
            if any(_is_of(cause, message) for cause in causes for message in messages):
                yield entry


def _is_of(cause: str, message: str) -> bool:
    return cause == message or cause.startswith(f"{message}/")
