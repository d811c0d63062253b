"""The polls of a session, folded from its entries.

Votes are stored as cast; several votes of the same person are resolved when they are counted.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import Entry, Folding, Identity, Session
from bot.api.facts import MessageEdited
from plugins.votes import facts

OPEN, ENDED, LEFT = "open", "ended", "left"  # left: open when its session ended


class Cast(Struct, frozen=True):
    """A vote as cast by the message `cause`."""

    cause: str
    by: Identity
    choice: int


class Doubt(Struct, frozen=True):
    """What somebody said that may be a vote; `after` is the number of votes cast before it."""

    by: Identity
    choice: int | None
    after: int


class Poll(Struct, frozen=True):
    """A vote or a motion.

    messages: ids of the messages that edited it
    casts:    the votes in order
    changed:  the edited votes: the new choice by cause
    reasons:  what people said with their votes, by cause
    doubts:   what may be votes and was not counted: the last of each speaker
    edited_after: the number of votes before it was last reworded
    n:        the number of its result's record
    names:    for each option, the names in the result
    counted:  for each option, the causes of the votes in the result
    closed:   when it was closed
    """

    id: str
    question: str
    options: tuple[str, ...]
    is_motion: bool
    place: tuple[str | None, str | None, str | None]
    messages: tuple[str, ...] = ()
    casts: tuple[Cast, ...] = ()
    changed: Mapping[str, int | None] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    edited_after: int = 0
    state: str = OPEN
    n: int | None = None
    names: tuple[tuple[str, ...], ...] = ()
    counted: tuple[tuple[str, ...], ...] = ()
    closed: datetime | None = None

    def is_said_by(self, message: str) -> bool:
        """Whether a message (by its id) contains it."""
        return message in self.messages or self.id == message or self.id.startswith(f"{message}/")


class Polls(Struct, frozen=True):
    """All polls of a session, oldest first; only the last can be open."""

    all: tuple[Poll, ...] = ()

    @property
    def last(self) -> Poll | None:
        """The newest poll."""
        return self.all[-1] if self.all else None

    @property
    def open(self) -> Poll | None:
        """The open poll."""
        last = self.last
        return last if last is not None and last.state == OPEN else None

    def opened_by(self, cause: str) -> Poll | None:
        """Return the poll opened by this cause."""
        return next((poll for poll in self.all if poll.id == cause), None)

    def voted_in(self, cause: str) -> Poll | None:
        """Return the poll in which this cause cast a vote."""
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

    def with_cast(poll: Poll) -> Poll:
        return replace(poll, casts=(*poll.casts, cast), reasons=_with(poll.reasons, cast.cause, fact.reason))

    return _changed(polls, fact.poll, with_cast)


def _with(reasons: Mapping[str, str], cause: str, reason: str) -> Mapping[str, str]:
    """The reasons with another one; none if it is empty."""
    if reason:
        return {**reasons, cause: reason}
    return {known: said for known, said in reasons.items() if known != cause} if cause in reasons else reasons


@FOLDING.on(facts.VoteDoubted)
def _doubted(polls: Polls, entry: Entry, fact: facts.VoteDoubted) -> Polls:
    by = entry.by
    if by is None:
        return polls

    def with_doubt(poll: Poll) -> Poll:
        others = (doubt for doubt in poll.doubts if doubt.by != by)
        return replace(poll, doubts=(*others, Doubt(by, fact.choice, len(poll.casts))))

    return _changed(polls, fact.poll, with_doubt)


@FOLDING.on(facts.VoteChanged)
def _vote_changed(polls: Polls, _: Entry, fact: facts.VoteChanged) -> Polls:
    """Change a vote in place; a withdrawn vote that is cast again moves to the end."""
    poll = polls.voted_in(fact.cast)
    if poll is None:
        return polls
    casts = poll.casts
    if fact.choice is not None and poll.changed.get(fact.cast, fact.choice) is None:
        casts = tuple(sorted(casts, key=lambda cast: cast.cause == fact.cast))
    by = next(cast.by for cast in casts if cast.cause == fact.cast)
    changed = replace(
        poll,
        casts=casts,
        changed={**poll.changed, fact.cast: fact.choice},
        reasons=_with(poll.reasons, fact.cast, fact.reason),
        doubts=tuple(doubt for doubt in poll.doubts if doubt.by != by),
    )
    return _changed(polls, poll.id, lambda _: changed)


@FOLDING.on(facts.PollClosed)
def _closed(polls: Polls, entry: Entry, fact: facts.PollClosed) -> Polls:
    state = ENDED if fact.ended else LEFT

    def closed(poll: Poll) -> Poll:
        return replace(poll, state=state, n=fact.n, names=fact.names, counted=fact.casts, closed=entry.at)

    return _changed(polls, fact.poll, closed)


@FOLDING.on(facts.PollReopened)
def _reopened(polls: Polls, _: Entry, fact: facts.PollReopened) -> Polls:
    return _changed(polls, fact.poll, lambda poll: replace(poll, state=OPEN, n=None))


@FOLDING.on(MessageEdited)
def _message_edited(polls: Polls, _: Entry, fact: MessageEdited) -> Polls:
    for cause in set(fact.causes):
        polls = _changed(polls, cause, lambda poll: replace(poll, messages=(*poll.messages, fact.target)))
    return polls


def _changed(polls: Polls, poll: str, change: Callable[[Poll], Poll]) -> Polls:
    return Polls(tuple(change(known) if known.id == poll else known for known in polls.all))


def polls_of(session: Session) -> Polls:
    """Return the polls of a session."""
    return FOLDING.of(session)
