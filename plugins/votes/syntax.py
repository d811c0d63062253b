"""Parsers for questions, their options and votes."""

import re

from msgspec import Struct

from bot.api import InputProblem, titled
from plugins.votes import phrases
from plugins.votes.polls import Poll

LONGEST_QUESTION = 400
LONGEST_OPTION = 40
MOST_OPTIONS = 20
USUAL = ("Yes", "No", "Abstain")
MOTION = ("+1", "0", "-1")
MARKS = "?\uff1f"  # the second is from Chinese and Japanese keyboards
COMMAS = re.compile("[,;\uff0c\u3001]")
OR = re.compile(r"(?:^|\s+)or\s+", re.IGNORECASE)  # a, b or c
# may contain a question mark; the scheme is limited so that a long word takes linear time
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{0,30}://[^\s?]*+(?:\?++[^\s?]++)*+", re.IGNORECASE)
SIGNS = str.maketrans("\uff0b\u2212\u2013\uff0d", "+---")  # plus and minus of some keyboards
AS_MOTION = {
    "+1": 0, "1": 0, "yes": 0, "yea": 0, "aye": 0, "for": 0,
    "0": 1, "+0": 1, "-0": 1, "abstain": 1,
    "-1": 2, "no": 2, "nay": 2, "against": 2,
}  # fmt: skip


class Asked(Struct, frozen=True):
    """A question and its options."""

    question: str
    options: tuple[str, ...]


def read_question(text: str, usage: str) -> Asked | InputProblem:
    """Read a question up to the last question mark outside of URLs, and the options after it."""
    masked = ADDRESS.sub(lambda found: "x" * len(found[0]), text)
    at = max(masked.rfind(mark) for mark in MARKS)
    question = titled(text[: at + 1])
    if not question.strip(f"{MARKS} "):
        return InputProblem(phrases.NO_QUESTION(usage=usage) if text and at < 0 else usage)
    if len(question) > LONGEST_QUESTION:
        return InputProblem(phrases.TOO_LONG(most=LONGEST_QUESTION, length=len(question)))
    options = _options(text[at + 1 :])
    return _wrong(options) or Asked(question, options)


def _options(text: str) -> tuple[str, ...]:
    """Split options at commas, else at slashes, else at `or`, else at spaces; the default is Yes, No and Abstain."""
    text = titled(text.translate(SIGNS)).removesuffix(".")
    if COMMAS.search(text):
        *others, last = COMMAS.split(text)
        found = [*others, *OR.split(last)]
    elif "/" in text and "://" not in text:
        found = text.split("/")
    else:
        found = OR.split(text) if OR.search(text) else text.split()
    return tuple(option for part in found if (option := titled(part))) or USUAL


def _wrong(options: tuple[str, ...]) -> InputProblem | None:
    if len(options) == 1:
        return InputProblem(phrases.ONE_OPTION(option=options[0]))
    if len(options) > MOST_OPTIONS:
        return InputProblem(phrases.TOO_MANY(most=MOST_OPTIONS, n=len(options)))
    long = next((option for option in options if len(option) > LONGEST_OPTION), None)
    if long is not None:
        return InputProblem(phrases.OPTION_TOO_LONG(most=LONGEST_OPTION, option=long))
    known: dict[str, str] = {}
    for option in options:
        if option.casefold() in known:
            return InputProblem(phrases.SAME_OPTION(first=known[option.casefold()], second=option))
        known[option.casefold()] = option
    return None


def read_motion(text: str, usage: str) -> Asked | InputProblem:
    """Read the text of a motion."""
    said = titled(text)
    if not said:
        return InputProblem(usage)
    return (
        InputProblem(phrases.TOO_LONG(most=LONGEST_QUESTION, length=len(said)))
        if len(said) > LONGEST_QUESTION
        else Asked(said, MOTION)
    )


def read_choice(poll: Poll, text: str) -> int | InputProblem:
    """Find the option by its full name, in any case, or by a unique beginning."""
    typed = titled(text).translate(SIGNS).casefold()
    options = [option.casefold() for option in poll.options]
    for said in (typed, typed.strip(" .,;!\"'")):
        if said in options:
            return options.index(said)
        if poll.is_motion and said in AS_MOTION:
            return AS_MOTION[said]
    found = [place for place, option in enumerate(options) if typed and option.startswith(typed)]
    if len(found) == 1:
        return found[0]
    if found:
        matching = [poll.options[place] for place in found]
        return InputProblem(phrases.SEVERAL_OPTIONS(typed=text, options=matching))
    return InputProblem(phrases.NO_OPTION(typed=text, options=poll.options))


def said_whole(poll: Poll, text: str, choice: int) -> bool:
    """Whether the option was typed in full."""
    return titled(text).casefold() == poll.options[choice].casefold()
