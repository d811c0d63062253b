"""What becomes of a result when the message that asked is redacted: it holds that message's words, so it goes too."""

from collections.abc import Iterable, Iterator

from bot.api import Announce, Effect, Entry, MessageRedacted, Occasion, Record, Session, Withdrawn, World
from plugins.votes.facts import PollClosed, PollReworded
from plugins.votes.results import phrases


def quotes(_: World, session: Session) -> Iterator[tuple[str, str]]:
    """The results that hold words of messages that were redacted: stream and cause."""
    for entry in _results(session, {fact.message for fact in session.every(MessageRedacted)}):
        yield session.id, entry.cause


def take_out(occasion: Occasion, redacted: MessageRedacted) -> Iterable[Effect]:
    """Take out the results that hold the message's words."""
    session = occasion.session
    if session is None:
        return
    for entry in _results(session, {redacted.message}):
        fact = entry.fact
        assert isinstance(fact, PollClosed)
        if fact.n is not None and session.record(fact.n) is not None:
            yield Record(Withdrawn(fact.n))
            yield Announce(phrases.result_removed(fact.n))


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
