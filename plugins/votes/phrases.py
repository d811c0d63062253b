"""Everything that the votes plugin says."""

from collections.abc import Callable, Sequence

from bot.api import counted, listed, listed_some, plural, shortened

LONGEST_QUOTE = 80
LONGEST_NAME = 30
LONGEST_ANSWER = 600  # letters: two lines of IRC
NOTHING_OPEN = (
    "nothing is put to the vote now; a chair asks with #startvote Question? a, b, c or #motion text"
)
PAUSED = "votes do not count while the session is paused; #resume goes on"
TAKEN_BACK = "what this message voted on was taken back; a new message votes"
OVER = "that session is over; an edit neither asks nor votes in it"
HOW_TO_MOVE = "+1, 0 or -1"

Names = Sequence[tuple[str, Sequence[str]]]  # for each option, who is for it


def quoted(text: str) -> str:
    """A question or a motion as an answer quotes it."""
    return f'"{shortened(text, LONGEST_QUOTE)}"'


def poll(text: str, *, motion: bool) -> str:
    """What is voted on."""
    return f"the {'motion' if motion else 'vote on'} {quoted(text)}"


def options(of: Sequence[str]) -> str:
    """What can be voted."""
    return listed([*of[:12], f"{len(of) - 12} others"] if len(of) > 13 else of, "or")


def vote_opened(question: str, of: Sequence[str], conditions: Sequence[str]) -> str:
    """A question was put to the vote."""
    return "; ".join((f"vote on {quoted(question)}: #vote {options(of)}; the last one counts", *conditions))


def motion_made(who: str, text: str, conditions: Sequence[str]) -> str:
    """A motion was made."""
    return "; ".join((f"motion of {who}: {quoted(text)}; say {HOW_TO_MOVE}, #close counts", *conditions))


def only_voters(voters: Sequence[str]) -> str:
    """Not everybody may vote."""
    return f"{plural(len(voters), 'voter')}: {listed_some(voters)}"


def quorum(needed: int) -> str:
    """So many have to vote."""
    return f"quorum {needed}"


def voting_already(text: str, *, motion: bool) -> str:
    """A second vote while one is open."""
    return f"already voting on {quoted(text)}; {ends(motion=motion)} ends that"


def ends(*, motion: bool) -> str:
    """The command that ends it."""
    return "#close" if motion else "#endvote"


def no_question(usage: str) -> str:
    """A question without its mark, so that nobody knows where the options begin."""
    return f"{usage}; the options come after the question mark"


def too_long(length: int, most: int) -> str:
    """A question or motion that nobody reads."""
    return f"a question or motion has at most {most} letters, that were {length:,}; please say it shorter"


def option_too_long(option: str, most: int) -> str:
    """An option that nobody types."""
    return f"an option has at most {most} letters, {quoted(option)} is too long; options stand between commas"


def one_option(option: str) -> str:
    """A vote on one thing."""
    return f"{quoted(option)} alone is no choice; name two options or more, or none for Yes, No and Abstain"


def too_many(number: int, most: int) -> str:
    """More options than fit on two lines."""
    return f"a vote has at most {most} options, that were {number}"


def same_option(one: str, other: str) -> str:
    """Options that cannot be told apart when people type them."""
    return f"the options {one} and {other} are the same, capitals do not count; name each once"


def no_option(typed: str, of: Sequence[str]) -> str:
    """A vote for something else."""
    return f"{quoted(typed)} is no option, and was not counted; #vote {options(of)}"


def several_options(typed: str, of: Sequence[str]) -> str:
    """A beginning that several options have."""
    return f"{quoted(typed)} could be {options(of)}, and was not counted; say more of it"


def which_option(usage: str, of: Sequence[str]) -> str:
    """A vote without an option."""
    return f"{usage}; vote {options(of)}"


def may_not_vote(who: str, voters: Sequence[str]) -> str:
    """Somebody who is no voter."""
    return f"{who} has no vote here; {plural(len(voters), 'voter')}: {listed_some(voters)}"


def votes(who: str, option: str) -> str:
    """A vote was counted."""
    return f"{who} votes {option}"


def votes_no_more(who: str) -> str:
    """A vote was taken back by an edit."""
    return f"{who} took the vote back"


def vote_stays(why: str) -> str:
    """A vote was edited into something that cannot be voted."""
    return f"{why}; the vote that was there stays"


def result_stays(text: str, *, motion: bool) -> str:
    """A vote, or a question, was edited after the result."""
    return f"{poll(text, motion=motion)} is over: its result stays as it was counted"


def reworded(text: str, number: int, *, motion: bool) -> str:
    """What is voted on says something else."""
    after = f" after {counted(number, 'vote')}, which {plural(number, 'stays', 'stay')}" if number else ""
    return f"{poll(text, motion=motion)} was worded anew{after}"


def options_stay(number: int, of: Sequence[str]) -> str:
    """The options were edited when people had voted."""
    have = plural(number, "vote is", "votes are")
    return f"{number} {have} in, so the options stay {options(of)}; #endvote, and ask anew"


def edit_refused(why: str, text: str, *, motion: bool) -> str:
    """An edit cannot do what it says."""
    return f"{why}; {poll(text, motion=motion)} stays as it was"


def figures(names: Names, most: int | None, *, motion: bool) -> str:
    """How a poll stands, after what is voted on: every option with its votes; `most` names of each."""
    return f" ({sides(names, most)})" if motion else f": {counts(names, most)}"


def counts(names: Names, most: int | None) -> str:
    """The options of a vote, those that nobody chose too."""
    return ", ".join(
        f"{option} {len(who)}{f' ({some(who, most)})' if who and most != 0 else ''}" for option, who in names
    )


def sides(names: Names, most: int | None) -> str:
    """Those for and against a motion, and those who abstained, if any."""
    (_, in_favour), (_, neither), (_, against) = names
    shown = [("for", in_favour), ("against", against), *([("abstained", neither)] if neither else [])]
    return "; ".join(
        f"{len(who)} {side}{f': {some(who, most)}' if who and most != 0 else ''}" for side, who in shown
    )


def some(who: Sequence[str], most: int | None) -> str:
    """Names in a row; of a long one the first ones, and how many others."""
    names = [shortened(one, LONGEST_NAME) for one in who]
    if most is None or len(names) <= most + 1:
        return ", ".join(names)
    return ", ".join([*names[:most], f"{len(names) - most} others"])


def fitting(said: Callable[[int | None], str], longest: int) -> str:
    """What is said with as many names as there is room for."""
    return next((text for most in (None, 12, 5, 2) if len(text := said(most)) <= longest), said(0))


def standing(text: str, names: Names, *, motion: bool) -> str:
    """How an open poll stands."""
    return fitting(
        lambda most: f"{poll(text, motion=motion)} is open{figures(names, most, motion=motion)}",
        LONGEST_ANSWER,
    )


def lacking(absent: Sequence[str], number: int, needed: int) -> str:
    """What an open poll waits for."""
    waits = [f"not voted yet: {listed_some(absent)}"] if absent else []
    waits += (
        [f"quorum {needed}: {needed - number} more {plural(needed - number, 'vote')}"]
        if number < needed
        else []
    )
    return "; ".join(waits)


def open_now(text: str, number: int, *, motion: bool) -> str:
    """An open poll, in the session's status."""
    return f"{poll(text, motion=motion)} is open ({counted(number, 'vote')})"


def goes_on(text: str, *, motion: bool) -> str:
    """The topic changed while a poll is open."""
    return f"{poll(text, motion=motion)} goes on; {ends(motion=motion)} ends it"


def open_still(text: str, *, motion: bool) -> str:
    """What a session lacks."""
    return f"the result of {poll(text, motion=motion)} ({ends(motion=motion)})"


def with_votes(text: str, *, motion: bool, voted: bool) -> str:
    """A poll that an undo took back."""
    return f"{poll(text, motion=motion)}{' with its votes' if voted else ''}"
