"""Everything that is said about questions and calls to action."""

from collections.abc import Sequence

from bot.api import Answer, counted, listed_some, plain_name, plural, shortened

TEXT = 70  # letters of a question, in a list
CALL = 120  # letters of a call, in a list: how to join stands at its end
NAME = 60  # letters of what somebody typed
NO_SESSION = "no session is running here, so nothing is recorded; #startmeeting NAME opens one, question N++ works at any time"
SUPPORT_IS_NO_QUESTION = "that supports a question; please say it in a message of its own: question N++"
HOW_TO_ANSWER = "#answer N TEXT answers one, question N++ says that you want to know it too"
NOUNS = {"question": ("open question", "open questions"), "call": ("call for help", "calls for help")}


def help_wanted(n: int, team: str | None) -> str:
    """A call to action was recorded."""
    who = f" by team {team}" if team else ""
    return f"#{n} help wanted{who}; the recap names it under How to take part"


def no_question(n: int, kind: str) -> str:
    """The record is something else."""
    return f"#{n} is no question, it was recorded as {kind}"


def wanted(n: int, people: int) -> str:
    """How many people want to know something."""
    return f"#{n}: {counted(people, 'person', 'people')} {plural(people, 'wants', 'want')} to know"


def your_own(n: int) -> str:
    """Who asked counts as one who wants to know."""
    return f"you asked #{n}, so you count already"


def supported_already(n: int) -> str:
    """One person supports it once."""
    return f"you said so of #{n} already; question {n}-- takes it back"


def not_supported(n: int) -> str:
    """There is nothing to take back."""
    return f"you did not say so of #{n}; question {n}++ does"


def answered(n: int, question: str, before: Answer | None) -> str:
    """A question has an answer, or another one."""
    if before is None:
        return f"#{n} is answered: {question}"
    return f"#{n} has another answer now, instead of {plain_name(before.by.name)}'s"


def answered_so_already(n: int) -> str:
    """The same answer again."""
    return f"#{n} has that answer already"


def not_answered(n: int) -> str:
    """There is no answer to take away."""
    return f"#{n} has no answer"


def open_again(n: int) -> str:
    """The answer was taken away."""
    return f"#{n} is open again"


def answer_gone(n: int) -> str:
    """The message that answered says something else now."""
    return f"the answer to #{n} is taken back"


def answer_too_long(letters: int, most: int) -> str:
    """An answer beyond the limit."""
    return f"an answer has at most {most:,} letters, that were {letters:,}; please say it shorter, or give a link"


def listed_question(where: str, n: int, text: str, people: int, age: str) -> str:
    """A question in a list."""
    details = [f"{people} people want to know" if people > 1 else "", f"from {age}" if age else ""]
    told = ", ".join(filter(None, details))
    return f"{where}#{n} {shortened(text, TEXT)}{f' ({told})' if told else ''}"


def listed_call(where: str, n: int, text: str, team: str, meeting: str, age: str) -> str:
    """A call to action in a list."""
    meets = f"{team} meets {meeting}" if team and meeting else team
    told = ", ".join(filter(None, [shortened(meets, CALL), f"from {age}" if age else ""]))
    return f"{where}#{n} {shortened(text, CALL)}{f' ({told})' if told else ''}"


def how_to_join(lists: Sequence[str]) -> str:
    """Where readers who want to help write to."""
    return f"to join, write to {listed_some(list(lists), 2)}" if lists else "to join, say so here"


def head(noun: str, number: int, tracks: Sequence[str]) -> str:
    """What stands before a list."""
    return f"{counted(number, *NOUNS[noun])} in {_some(tracks)}:"


def none(noun: str, tracks: Sequence[str]) -> str:
    """A list is empty."""
    return (
        f"there is no {NOUNS[noun][0]} in {_some(tracks)}" if tracks else f"there is no {NOUNS[noun][0]} here"
    )


def _some(names: Sequence[str]) -> str:
    return listed_some(list(names), 2)


def more(number: int, typed: str) -> str:
    """The end of a list that is too long."""
    rest = f"and {counted(number, 'other')}"
    return f"{rest}; in private, #{typed} tells more" if typed else rest


def no_track(typed: str) -> str:
    """No track of that name may be seen here."""
    return f"no track is called {shortened(typed, NAME)}; all looks through the whole gathering"
