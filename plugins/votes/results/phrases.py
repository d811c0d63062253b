"""What the votes plugin says and records of results."""

from collections.abc import Sequence

from bot.api import counted, listed
from plugins.votes.phrases import (
    HOW_TO_MOVE,
    LONGEST_ANSWER,
    Names,
    counts,
    figures,
    fitting,
    poll,
    quoted,
    sides,
    some,
)

LONGEST_RECORD = 4000
NO_VOTE_TO_END = "no vote is open; #startvote Question? a, b, c opens one"
NOT_ENDED = "not ended"
TIED = "a tie"


def nobody_voted(text: str) -> str:
    """A motion cannot be closed that nobody voted on."""
    return (
        f"nobody voted on the motion {quoted(text)}: say {HOW_TO_MOVE} first; "
        "#inconclusive text closes it as it is, #undo takes it back"
    )


def ended_without_votes(text: str) -> str:
    """A vote was ended that nobody voted in."""
    return f"the vote on {quoted(text)} is over; nobody voted, so nothing is recorded"


def vote_ended(n: int, text: str, kind: str, names: Names, verdict: str) -> str:
    """The result of a vote."""
    return fitting(
        lambda most: f"voted on {quoted(text)}: {counts(names, most)}; {verdict}; #{n} {kind}", LONGEST_ANSWER
    )


def motion_closed(n: int, text: str, kind: str, names: Names, notes: Sequence[str]) -> str:
    """The result of a motion."""
    return fitting(
        lambda most: "; ".join(
            (f"the motion {quoted(text)} is {kind} ({sides(names, most)})", *notes, f"#{n} {kind}")
        ),
        LONGEST_ANSWER,
    )


def closed_by_hand(n: int, text: str, kind: str, names: Names) -> str:
    """A decision was recorded while a motion was open, and ended it."""
    return fitting(
        lambda most: f"#{n} {kind} closes the motion {quoted(text)} ({sides(names, most)})", LONGEST_ANSWER
    )


def verdict(leaders: Sequence[str], notes: Sequence[str]) -> str:
    """What a result means."""
    if not leaders:
        return "; ".join(("nobody chose", *notes))
    return "; ".join((tie(leaders) if len(leaders) > 1 else f"{leaders[0]} has most votes", *notes))


def tie(leaders: Sequence[str]) -> str:
    """Several options have as many votes."""
    return f"a tie between {listed(leaders)}"


def quorum_missed(number: int, needed: int) -> str:
    """Too few voted."""
    return f"no quorum, {number} of {needed} voted"


def edited_after(number: int) -> str:
    """The question was worded anew while people voted."""
    return f"edited after {counted(number, 'vote')}"


def vote_record(text: str, names: Names, notes: Sequence[str]) -> str:
    """The result of a vote as a record."""
    numbers = counts(names, 0)
    return fitting(lambda most: "; ".join((f"{text}: {numbers}{_who(names, most)}", *notes)), LONGEST_RECORD)


def _who(names: Names, most: int | None) -> str:
    told = [f"{option}: {some(who, most)}" for option, who in names if who]
    return f" ({'; '.join(told)})" if told and most != 0 else ""


def motion_record(text: str, names: Names, notes: Sequence[str]) -> str:
    """The result of a motion as a record."""
    return fitting(lambda most: "; ".join((f"{text} ({sides(names, most)})", *notes)), LONGEST_RECORD)


def left_open(text: str, names: Names, n: int | None, *, motion: bool) -> str:
    """A poll that was open when its session ended."""
    what = poll(text, motion=motion)
    if n is None:
        return f"{what} was not ended, and nobody voted"
    return fitting(
        lambda most: f"{what} was not ended{figures(names, most, motion=motion)}; #{n} inconclusive",
        LONGEST_ANSWER,
    )


def open_again(text: str, n: int | None, *, motion: bool) -> str:
    """A session goes on, and the poll that its end had closed too."""
    gone = f", and #{n} is taken out" if n is not None else ""
    return f"{poll(text, motion=motion)} is open again{gone}"


def its_end(text: str, *, motion: bool) -> str:
    """The end of a poll, which an undo took back."""
    return f"the end of {poll(text, motion=motion)}, which is open again"


def result_removed(n: int) -> str:
    """What was asked was removed, and its words stood in the result."""
    return f"#{n}, the result of what it asked, is taken out with it"
