"""The texts of the votes plugin."""

from collections.abc import Callable, Sequence

from bot.api import Phrase, shortened

LONGEST_NAME = 30
LONGEST_ANSWER = 600  # characters: two lines of IRC

Names = Sequence[tuple[str, Sequence[str]]]  # the voters of each option

# Starting
VOTE_OPENED = Phrase(
    'vote on "{text:to 80}": #vote {options:or 12}; only your last vote counts[; {conditions}]'
)
MOTION_MADE = Phrase(
    'motion by {who}: "{text:to 80}"; say +1, 0 or -1, #close counts the votes[; {conditions}]'
)
ONLY_VOTERS = Phrase("{voters:voter|voters}: {voters:some}")
QUORUM = Phrase("quorum {needed}")
VOTING_ALREADY = Phrase('already voting on "{text:to 80}"; {motion:#close|#endvote} ends that')
NO_QUESTION = Phrase("{usage}; the options come after the question mark")
TOO_LONG = Phrase("the limit for a question or motion is {most} characters, yours has {length:,}")
OPTION_TOO_LONG = Phrase(
    'the limit for an option is {most} characters, "{option:to 80}" is longer; separate options with commas'
)
ONE_OPTION = Phrase(
    '"{option:to 80}" alone leaves no choice; name two options or more, or none for Yes, No and Abstain'
)
TOO_MANY = Phrase("the limit is {most} options, yours has {n}")
SAME_OPTION = Phrase("the options {first} and {second} are the same, whatever the case; name each once")

# Voting
VOTES = Phrase("{who} votes {option}[: {reason:to 60}]")
VOTES_NO_MORE = Phrase("{who} took the vote back")
NOTHING_OPEN = "no vote is open; a chair starts one with #startvote Question? a, b, c or #motion text"
TOO_LATE = Phrase(
    'the motion "{text:to 80}" was closed before the -1 of {who}, which was not counted; #undo by a chair opens it again'
)
PAUSED = "votes don't count while the session is paused; #resume continues it"
RELAYED = Phrase(
    "{who} speaks through a relay, which doesn't prove who it is, so the vote is not counted; vote in this room itself, "
    "or ask the organizers to allow relayed votes (relayed_votes in the configuration)"
)
UNPROVEN = Phrase("{name} [unproven]")  # a voter in a result; brackets, because a result has parentheses
MAY_NOT_VOTE = Phrase("{who} has no vote here; {voters:voter|voters}: {voters:some}")
NO_OPTION = Phrase('"{typed:to 80}" is not an option and was not counted; #vote {options:or 12}')
SEVERAL_OPTIONS = Phrase('"{typed:to 80}" could be {options:or 12} and was not counted; type more of it')
WHICH_OPTION = Phrase("{usage}; vote {options:or 12}")

MAY_BE_A_VOTE = Phrase(
    'was "{line:to 60}" a vote on "{text:to 80}"? It was not counted; to vote, say {how} in the room'
)
ALONE = "+1, 0 or -1 alone"
WITH_WORD = Phrase("#vote {options:or 12}")

# Edits
TAKEN_BACK = "what this message voted on was taken back; vote in a new message"
OVER = "that session is over; an edit can't start a vote or cast one"
VOTE_STAYS = Phrase("{why}; the earlier vote stands")
RESULT_STAYS = Phrase(
    'the {motion:motion|vote on} "{text:to 80}" is over; its result stands as it was counted'
)
REWORDED = Phrase(
    'the {motion:motion|vote on} "{text:to 80}" was reworded[ after {n:# vote}, which {n:stands|stand}]'
)
OPTIONS_STAY = Phrase(
    "{n:# vote is|votes are} in, so the options stay {options:or 12}; to change them, #endvote and ask again"
)
EDIT_REFUSED = Phrase('{why}; the {motion:motion|vote on} "{text:to 80}" stays as it was')

# State
WITH_REASON = Phrase('{name} "{reason:to 60}"')
IS_OPEN = Phrase('the {motion:motion|vote on} "{text:to 80}" is open')
OPEN_NOW = Phrase('the {motion:motion|vote on} "{text:to 80}" is open ({n:# vote})')
CONTINUES = Phrase('the {motion:motion|vote on} "{text:to 80}" continues; {motion:#close|#endvote} ends it')
OPEN_STILL = Phrase('the result of the {motion:motion|vote on} "{text:to 80}" ({motion:#close|#endvote})')
WITH_VOTES = Phrase('the {motion:motion|vote on} "{text:to 80}"{voted: with its votes|}')
NOT_VOTED = Phrase("not voted yet: {absent:some}")
QUORUM_LACKS = Phrase("quorum {needed}: {n:# more vote}")


def votes_so_far(text: str, names: Names, *, motion: bool) -> str:
    """Describe an open poll with its votes."""
    is_open = IS_OPEN(motion=motion, text=text)
    return fitting(lambda most: f"{is_open}{figures(names, most, motion=motion)}", LONGEST_ANSWER)


def lacking(absent: Sequence[str], number: int, needed: int) -> str:
    """Name the missing voters and the missing number of votes."""
    waits = [NOT_VOTED(absent=absent)] if absent else []
    waits += [QUORUM_LACKS(needed=needed, n=needed - number)] if number < needed else []
    return "; ".join(waits)


def with_reason(name: str, reason: str) -> str:
    """Return a voter's name with the reason that they gave."""
    shown = shortened(name, LONGEST_NAME)
    return WITH_REASON(name=shown, reason=reason) if reason else shown


def figures(names: Names, most: int | None, *, motion: bool) -> str:
    """Return every option with its votes and at most `most` names."""
    return f" ({sides(names, most)})" if motion else f": {counts(names, most)}"


def counts(names: Names, most: int | None) -> str:
    """Return all options of a vote with their counts and at most `most` names."""
    return ", ".join(
        f"{option} {len(who)}{f' ({some(who, most)})' if who and most != 0 else ''}" for option, who in names
    )


def sides(names: Names, most: int | None) -> str:
    """Return the votes for and against a motion, and abstentions if any."""
    (_, in_favor), (_, neither), (_, against) = names
    shown = [("for", in_favor), ("against", against), *([("abstained", neither)] if neither else [])]
    return "; ".join(
        f"{len(who)} {side}{f': {some(who, most)}' if who and most != 0 else ''}" for side, who in shown
    )


def some(who: Sequence[str], most: int | None) -> str:
    """Join at most `most` names, and count the others."""
    if most is None or len(who) <= most + 1:
        return ", ".join(who)
    return ", ".join([*who[:most], f"{len(who) - most} others"])


def fitting(said: Callable[[int | None], str], longest: int) -> str:
    """Return the text with as many names as fit into `longest` characters."""
    return next((text for most in (None, 12, 5, 2) if len(text := said(most)) <= longest), said(0))
