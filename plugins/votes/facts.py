"""The facts of polls, which are votes and motions.

The id of a poll is the cause of its opening. Votes refer to options by index, so that they contain no redactable text.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class PollOpened(Struct, frozen=True):
    """A vote was started, or a motion was made.

    options: the options as typed; for a motion +1, 0 and -1
    topic, team, subtopic: those of the session at that time, for the result
    """

    question: str
    options: tuple[str, ...]
    motion: bool = False
    topic: str | None = None
    team: str | None = None
    subtopic: str | None = None


class PollReworded(Struct, frozen=True):
    """The message that opened a poll was edited, after `votes` people had voted."""

    poll: str
    question: str
    options: tuple[str, ...]
    votes: int = 0


class VoteCast(Struct, frozen=True):
    """Somebody voted; `choice` is the index of the option, `reason` what they said with it."""

    poll: str
    choice: int
    reason: str = ""


class VoteChanged(Struct, frozen=True):
    """The message of a vote (by its cause) was edited; `choice` is None if it no longer votes."""

    cast: str
    choice: int | None
    reason: str = ""


class VoteDoubted(Struct, frozen=True):
    """Somebody said what may be a vote and was not counted; `choice` is the option that it may mean, None if unknown."""

    poll: str
    choice: int | None


class PollClosed(Struct, frozen=True):
    """A poll was closed.

    n:     the number of its result's record; None if there is none
    ended: whether somebody ended it, rather than the end of the session
    names: for each option, the names in the result
    casts: for each option, the causes of the counted votes, in the order of the names
    """

    poll: str
    n: int | None = None
    ended: bool = True
    names: tuple[tuple[str, ...], ...] = ()
    casts: tuple[tuple[str, ...], ...] = ()


class PollReopened(Struct, frozen=True):
    """A poll that the end of its session had closed was reopened."""

    poll: str


FACTS = (PollOpened, PollReworded, VoteCast, VoteChanged, VoteDoubted, PollClosed, PollReopened)


def _as_it_is(fact: Any) -> object:
    return fact


BLANKS: dict[type, Callable[[Any], object]] = {
    PollOpened: lambda fact: replace(
        fact, question="", options=("",) * len(fact.options), team=None, subtopic=None
    ),
    PollReworded: lambda fact: replace(fact, question="", options=("",) * len(fact.options)),
    **dict.fromkeys((VoteCast, VoteChanged), lambda fact: replace(fact, reason="")),
    **dict.fromkeys((VoteDoubted, PollClosed, PollReopened), _as_it_is),
}
