"""The texts of results; recorded texts must not change."""

from collections.abc import Sequence

from bot.api import Phrase
from plugins.votes.phrases import LONGEST_ANSWER, Names, counts, figures, fitting, sides, some

LONGEST_RECORD = 4000

# Announced
NO_VOTE_TO_END = "no vote is open; #startvote Question? a, b, c starts one"
NOBODY_VOTED = Phrase(
    'nobody has voted on the motion "{text:to 80}": say +1, 0 or -1 first; '
    "#inconclusive text closes it as it is, #undo takes it back"
)
ENDED_WITHOUT_VOTES = Phrase('the vote on "{text:to 80}" is over; nobody voted, so nothing is recorded')
VOTE_ENDED = Phrase('voted on "{text:to 80}": {counts}; {verdict}; #{n} {kind}')
MOTION_CLOSED = Phrase('the motion "{text:to 80}" is {kind} ({sides})[; {notes}]; #{n} {kind}')
CLOSED_BY_HAND = Phrase(
    '#{n} {kind} closes the motion "{text:to 80}" ({sides})[; -1 not counted: {against:some}]'
)
LEFT_OPEN = Phrase('the {motion:motion|vote on} "{text:to 80}" was not ended{figures}; #{n} inconclusive')
LEFT_WITHOUT_VOTES = Phrase('the {motion:motion|vote on} "{text:to 80}" was not ended, and nobody voted')
OPEN_AGAIN = Phrase('the {motion:motion|vote on} "{text:to 80}" is open again[, and #{n} was withdrawn]')
ITS_END = Phrase('the end of the {motion:motion|vote on} "{text:to 80}", which opens it again')
RESULT_REMOVED = Phrase("#{n}, the result of what it asked, was removed with it")
STILL_AGAINST = Phrase(
    "the last word of {names:some} was a -1 that I couldn't count; {names:some} can say -1, 0 or +1 alone, #close! closes the motion all the same"
)
WINS = Phrase("{leader} has the most votes")
NOBODY_CHOSE = "everybody abstained"

# Recorded
NOT_ENDED = "not ended"
TIED = "a tie"
TIE = Phrase("a tie between {leaders:and}")
QUORUM_MISSED = Phrase("no quorum, {n} of {needed} voted")
PROVEN = Phrase("{proven} of {n:# vote} from proven accounts")
EDITED_AFTER = Phrase("edited after {n:# vote}")
NOT_COUNTED = Phrase("-1 not counted: {names:some}")

# In a recap
OUTCOME = Phrase('"{leader}" has the most votes.')
OUTCOME_TIE = Phrase("A tie between {leaders:and}.")
OUTCOME_NONE = "Everybody abstained."
REASONS = Phrase('Reasons given with the votes on "{text:to 120}": {reasons}.')
REASON = Phrase("{name} ({option}): {reason}")


def vote_ended(n: int, text: str, kind: str, names: Names, verdict: str) -> str:
    """Announce the result of a vote."""
    return fitting(
        lambda most: VOTE_ENDED(text=text, counts=counts(names, most), verdict=verdict, n=n, kind=kind),
        LONGEST_ANSWER,
    )


def motion_closed(n: int, text: str, kind: str, names: Names, notes: Sequence[str]) -> str:
    """Announce the result of a motion."""
    return fitting(
        lambda most: MOTION_CLOSED(
            text=text, kind=kind, sides=sides(names, most), notes="; ".join(notes), n=n
        ),
        LONGEST_ANSWER,
    )


def closed_by_hand(n: int, text: str, kind: str, names: Names, against: Sequence[str]) -> str:
    """Announce that a recorded decision closed the open motion."""
    return fitting(
        lambda most: CLOSED_BY_HAND(n=n, kind=kind, text=text, sides=sides(names, most), against=against),
        LONGEST_ANSWER,
    )


def verdict(leaders: Sequence[str], notes: Sequence[str]) -> str:
    """Describe the meaning of a result."""
    if not leaders:
        return "; ".join((NOBODY_CHOSE, *notes))
    won = TIE(leaders=leaders) if len(leaders) > 1 else WINS(leader=leaders[0])
    return "; ".join((won, *notes))


def outcome(leaders: Sequence[str]) -> str:
    """Say in a recap, before the question, what most people voted for."""
    if not leaders:
        return OUTCOME_NONE
    return OUTCOME_TIE(leaders=leaders) if len(leaders) > 1 else OUTCOME(leader=leaders[0])


def left_open(text: str, names: Names, n: int | None, *, motion: bool) -> str:
    """Announce that a poll was open when its session ended."""
    if n is None:
        return LEFT_WITHOUT_VOTES(motion=motion, text=text)
    return fitting(
        lambda most: LEFT_OPEN(motion=motion, text=text, figures=figures(names, most, motion=motion), n=n),
        LONGEST_ANSWER,
    )


def vote_record(text: str, names: Names, notes: Sequence[str]) -> str:
    """Return the record of a vote's result."""
    numbers = counts(names, 0)
    asked = text if text.endswith("?") else f"{text}:"
    return fitting(lambda most: "; ".join((f"{asked} {numbers}{_who(names, most)}", *notes)), LONGEST_RECORD)


def _who(names: Names, most: int | None) -> str:
    told = [f"{option}: {some(who, most)}" for option, who in names if who]
    return f" ({'; '.join(told)})" if told and most != 0 else ""


def motion_record(text: str, names: Names, notes: Sequence[str]) -> str:
    """Return the record of a motion's result."""
    return fitting(lambda most: "; ".join((f"{text} ({sides(names, most)})", *notes)), LONGEST_RECORD)
