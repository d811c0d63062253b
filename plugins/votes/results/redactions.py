"""Redaction of polls and their results.

A result quotes the message that opened the poll, so it is redacted with it. Redacting a vote does not change a result,
which is announced.
"""

from collections.abc import Iterable, Iterator

from bot.api import Announce, Effect, Entry, Occasion, Session, StateView, Write
from bot.api.facts import MessageRedacted, Withdrawn
from plugins.votes.declaration import plugin
from plugins.votes.facts import PollClosed, PollReworded, VoteCast
from plugins.votes.phrases import RESULT_STAYS
from plugins.votes.polls import OPEN, polls_of
from plugins.votes.results import phrases


@plugin.edits.quotes
def quotes(_: StateView, session: Session) -> Iterator[tuple[str, str]]:
    """Yield stream and cause of the results that quote redacted messages."""
    for entry in _results(session, {fact.message for fact in session.every(MessageRedacted)}):
        yield session.id, entry.cause


@plugin.upon(MessageRedacted)
def after_redaction(occasion: Occasion, redacted: MessageRedacted) -> Iterable[Effect]:
    """Remove the results that quote the redacted message, and announce the consequences."""
    session = occasion.session
    if session is None:
        return
    for entry in _results(session, {redacted.message}):
        fact = entry.fact
        assert isinstance(fact, PollClosed)
        if fact.n is not None and session.record(fact.n) is not None:
            yield Write(Withdrawn(fact.n))
            yield Announce(phrases.RESULT_REMOVED(n=fact.n))
    yield from _consequences(session, redacted.message)


def _consequences(session: Session, message: str) -> Iterator[Effect]:
    """Announce that a poll ended by the message is open again, or that a result stays although its vote is gone."""
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
    """Yield the closings, with a result, of polls that these messages opened or reworded."""
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
