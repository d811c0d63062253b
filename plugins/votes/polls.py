"""The polls of a session as they stand: what was asked, who voted what, how it ended.

Rules of this file: the fold of the session's entries, and nothing else. Votes are kept as they were cast; who is one
person is asked when they are counted.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import Entry, Folding, Identity, Session
from bot.api.facts import MessageEdited
from plugins.votes import facts

OPEN, ENDED, LEFT = "open", "ended", "left"  # left: it was open when its session ended


class Cast(Struct, frozen=True):
    """A vote as it was cast; `cause` is the message that did."""

    cause: str
    by: Identity
    choice: int


class Poll(Struct, frozen=True):
    """A vote or a motion.

    messages: ids of the messages that say it, as far as edits told them
    casts:    in order; `changed` what edits made of some of them
    edited_after: how many had voted when it was last worded anew; 0: nobody, or it was not
    n:        number of the record that is its result
    names:    for each option, who was counted for it when it ended
    """

    id: str
    question: str
    options: tuple[str, ...]
    is_motion: bool
    place: tuple[str | None, str | None, str | None]
    messages: tuple[str, ...] = ()
    casts: tuple[Cast, ...] = ()
    changed: Mapping[str, int | None] = field(default_factory=dict)
    edited_after: int = 0
    state: str = OPEN
    n: int | None = None
    names: tuple[tuple[str, ...], ...] = ()

    def is_said_by(self, message: str) -> bool:
        """Whether a message (by its id) put it."""
        return message in self.messages or self.id == message or self.id.startswith(f"{message}/")


class Polls(Struct, frozen=True):
    """All polls of a session, oldest first; none but the last one is open."""

    all: tuple[Poll, ...] = ()

    @property
    def last(self) -> Poll | None:
        """The newest one."""
        return self.all[-1] if self.all else None

    @property
    def open(self) -> Poll | None:
        """The one that is open."""
        last = self.last
        return last if last is not None and last.state == OPEN else None

    def opened_by(self, cause: str) -> Poll | None:
        """The one that this cause opened."""
        return next((poll for poll in self.all if poll.id == cause), None)

    def voted_in(self, cause: str) -> Poll | None:
        """The one in which this cause cast a vote."""
        found = (poll for poll in reversed(self.all) if any(cast.cause == cause for cast in poll.casts))
        return next(found, None)


FOLDING = Folding(Polls())


@FOLDING.on(facts.PollOpened)
def _opened(polls: Polls, entry: Entry, fact: facts.PollOpened) -> Polls:
    place = (fact.topic, fact.team, fact.subtopic)
    return Polls((*polls.all, Poll(entry.cause, fact.question, fact.options, fact.motion, place)))


@FOLDING.on(facts.PollReworded)
def _reworded(polls: Polls, _: Entry, fact: facts.PollReworded) -> Polls:
    def reworded(poll: Poll) -> Poll:
        after = fact.votes or poll.edited_after
        return replace(poll, question=fact.question, options=fact.options, edited_after=after)

    return _changed(polls, fact.poll, reworded)


@FOLDING.on(facts.VoteCast)
def _cast(polls: Polls, entry: Entry, fact: facts.VoteCast) -> Polls:
    if entry.by is None:
        return polls
    cast = Cast(entry.cause, entry.by, fact.choice)
    return _changed(polls, fact.poll, lambda poll: replace(poll, casts=(*poll.casts, cast)))


@FOLDING.on(facts.VoteChanged)
def _vote_changed(polls: Polls, _: Entry, fact: facts.VoteChanged) -> Polls:
    """A vote keeps its place among the others; one that was taken back and comes again is a new one."""
    poll = polls.voted_in(fact.cast)
    if poll is None:
        return polls
    casts = poll.casts
    if fact.choice is not None and poll.changed.get(fact.cast, fact.choice) is None:
        casts = tuple(sorted(casts, key=lambda cast: cast.cause == fact.cast))
    changed = replace(poll, casts=casts, changed={**poll.changed, fact.cast: fact.choice})
    return _changed(polls, poll.id, lambda _: changed)


@FOLDING.on(facts.PollClosed)
def _closed(polls: Polls, _: Entry, fact: facts.PollClosed) -> Polls:
    state = ENDED if fact.ended else LEFT
    return _changed(polls, fact.poll, lambda poll: replace(poll, state=state, n=fact.n, names=fact.names))


@FOLDING.on(facts.PollReopened)
def _reopened(polls: Polls, _: Entry, fact: facts.PollReopened) -> Polls:
    return _changed(polls, fact.poll, lambda poll: replace(poll, state=OPEN, n=None))


@FOLDING.on(MessageEdited)
def _message_edited(polls: Polls, _: Entry, fact: MessageEdited) -> Polls:
    for cause in set(fact.causes):
        polls = _changed(polls, cause, lambda poll: replace(poll, messages=(*poll.messages, fact.target)))
    return polls


def _changed(polls: Polls, poll: str, change: Callable[[Poll], Poll]) -> Polls:
    return Polls(tuple(change(one) if one.id == poll else one for one in polls.all))


def polls_of(session: Session) -> Polls:
    """The polls of a session."""
    return FOLDING.of(session)
