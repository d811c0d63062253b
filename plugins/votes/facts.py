"""What happened to votes and motions, as facts.

Rules of this file: a poll is a vote or a motion, and its id is the cause of what opened it. A ballot names an option by
its place, so that it holds no words of whoever asked.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class PollOpened(Struct, frozen=True):
    """A question was put to the vote, or a motion was made.

    options: what can be voted, as typed; of a motion +1, 0 and -1
    topic, team, subtopic: where the session stood; its result belongs there
    """

    question: str
    options: tuple[str, ...]
    motion: bool = False
    topic: str | None = None
    team: str | None = None
    subtopic: str | None = None


class PollReworded(Struct, frozen=True):
    """The message that opened a poll says something else now; `votes` were in by then."""

    poll: str
    question: str
    options: tuple[str, ...]
    votes: int = 0


class VoteCast(Struct, frozen=True):
    """Somebody voted; `choice` is the place of the option, from 0."""

    poll: str
    choice: int


class VoteChanged(Struct, frozen=True):
    """The message that cast a vote (by its cause) now names another option; None: it no longer votes."""

    cast: str
    choice: int | None


class PollClosed(Struct, frozen=True):
    """A poll is over.

    n:     number of the record that is its result; None where there is none
    ended: whether somebody ended it, and not the end of the session
    names: for each option, who was counted for it, as the result calls them
    """

    poll: str
    n: int | None = None
    ended: bool = True
    names: tuple[tuple[str, ...], ...] = ()


class PollReopened(Struct, frozen=True):
    """A poll that the end of its session had closed goes on."""

    poll: str


FACTS = (PollOpened, PollReworded, VoteCast, VoteChanged, PollClosed, PollReopened)


def _as_it_is(fact: Any) -> object:
    return fact


BLANKS: dict[type, Callable[[Any], object]] = {
    PollOpened: lambda fact: replace(
        fact, question="", options=("",) * len(fact.options), team=None, subtopic=None
    ),
    PollReworded: lambda fact: replace(fact, question="", options=("",) * len(fact.options)),
    **dict.fromkeys((VoteCast, VoteChanged, PollClosed, PollReopened), _as_it_is),
}
