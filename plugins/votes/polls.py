"""The polls of a session as they stand: what was asked, who voted what, how it ended.

Rules of this file: the fold of the session's entries, and nothing else. Votes are kept as they were cast; who is one
person is asked when they are counted.
"""

from collections.abc import Callable, Mapping
from typing import Any

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


Change = Callable[[Poll, Entry, Any], Poll]


def _with(polls: Polls, poll: str, entry: Entry, change: Change) -> Polls:
    return Polls(
        tuple(change(known, entry, entry.fact) if known.id == poll else known for known in polls.all)
    )


def _opened(polls: Polls, entry: Entry, fact: facts.PollOpened) -> Polls:
    place = (fact.topic, fact.team, fact.subtopic)
    return Polls((*polls.all, Poll(entry.cause, fact.question, fact.options, fact.motion, place)))


def _reworded(poll: Poll, _: Entry, fact: facts.PollReworded) -> Poll:
    after = fact.votes or poll.edited_after
    return replace(poll, question=fact.question, options=fact.options, edited_after=after)


def _cast(poll: Poll, entry: Entry, fact: facts.VoteCast) -> Poll:
    if entry.by is None:
        return poll
    return replace(poll, casts=(*poll.casts, Cast(entry.cause, entry.by, fact.choice)))


def _changed(polls: Polls, entry: Entry, fact: facts.VoteChanged) -> Polls:
    poll = polls.voted_in(fact.cast)
    return _with(polls, poll.id, entry, _with_choice) if poll is not None else polls


def _with_choice(poll: Poll, _: Entry, fact: facts.VoteChanged) -> Poll:
    """A vote keeps its place among the others; one that was taken back and comes again is a new one."""
    casts = poll.casts
    if fact.choice is not None and poll.changed.get(fact.cast, fact.choice) is None:
        casts = (
            *(cast for cast in casts if cast.cause != fact.cast),
            *(cast for cast in casts if cast.cause == fact.cast),
        )
    return replace(poll, casts=casts, changed={**poll.changed, fact.cast: fact.choice})


def _closed(poll: Poll, _: Entry, fact: facts.PollClosed) -> Poll:
    return replace(poll, state=ENDED if fact.ended else LEFT, n=fact.n, names=fact.names)


def _reopened(poll: Poll, _: Entry, _fact: facts.PollReopened) -> Poll:
    return replace(poll, state=OPEN, n=None)


def _message_edited(polls: Polls, _: Entry, fact: MessageEdited) -> Polls:
    if not any(poll.id in fact.causes for poll in polls.all):
        return polls
    return Polls(
        tuple(
            replace(poll, messages=(*poll.messages, fact.target)) if poll.id in fact.causes else poll
            for poll in polls.all
        )
    )


CHANGES: dict[type, Change] = {
    facts.PollReworded: _reworded,
    facts.VoteCast: _cast,
    facts.PollClosed: _closed,
    facts.PollReopened: _reopened,
}
STEPS: dict[type, Callable[[Polls, Entry, Any], Polls]] = {
    facts.PollOpened: _opened,
    facts.VoteChanged: _changed,
    MessageEdited: _message_edited,
}


def step(polls: Polls, entry: Entry) -> Polls:
    """The polls after one more entry."""
    fact: Any = entry.fact
    change = CHANGES.get(type(fact))
    if change is not None:
        return _with(polls, fact.poll, entry, change)
    through = STEPS.get(type(fact))
    return through(polls, entry, fact) if through is not None else polls


FOLDING = Folding(Polls(), step)


def polls_of(session: Session) -> Polls:
    """The polls of a session."""
    return FOLDING.of(session)
