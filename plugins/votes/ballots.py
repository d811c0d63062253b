"""Readers of votes that need no command: `+1`, `-1 too long`, `yes`, and what may be one and is asked about."""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from bot.api import InputProblem, shortened, titled
from plugins.votes import phrases
from plugins.votes.polls import Poll
from plugins.votes.syntax import AS_MOTION, SIGNS, read_choice

LONGEST_REASON = 300
MOST_WORDS = 8  # after yes or no; more are a sentence about something
FOR, NEITHER, AGAINST = range(3)  # places of the options of a motion
AS_SIGN = {
    **AS_MOTION,
    "+2": FOR, "\U0001f44d": FOR, ":+1:": FOR,
    "-2": AGAINST, "\U0001f44e": AGAINST, ":-1:": AGAINST,
}  # fmt: skip
WORDS = ("yes", "yea", "aye", "no", "nay", "abstain")
NUMBERS = tuple("123456789")
VERBS = ("vote", "votes")
OBJECTIONS = ("-1|\u22121|\u20131",)
BARE = (
    "+1|\uff0b1", "0|+0|-0", *OBJECTIONS, "+2|-2", "\U0001f44d|\U0001f44e|:+1:|:-1:",
    "|".join(WORDS), "|".join(f"{word}{mark}" for word in WORDS for mark in ":,"), "|".join(NUMBERS),
    "|".join(VERBS), "|".join(f"{verb}:" for verb in VERBS),
)  # fmt: skip
TO_A_PERSON = frozenset({"to", "from", "for", "on", "that", "this"})
SURELY = ":;,(.\u2013\u2014-"  # after a sign, these begin a reason
AROUND_REASON = " \t:;,.-\u2013\u2014"
SIGNED = re.compile(r"[+\u2212-] ?1(?![\w.:/%])")  # inside of a line
SHORT = re.compile(r"\S{1,24}(?: \S{1,24}){0,3}$")  # an option, or a number
NAMED_NUMBER = re.compile(r"(?:option|number|no\.?|#)? ?#?(\d{1,2})", re.IGNORECASE)
MEANING = (
    frozenset({"yes", "yea", "aye", "for", "agree", "in favor", "in favour", "+1"}),
    frozenset({"abstain", "abstention", "neutral", "0"}),
    frozenset({"no", "nay", "against", "disagree", "-1"}),
)  # of options, in the order of a motion's


class Ballot(Struct, frozen=True):
    """A vote: the place of its option, and what was said with it."""

    choice: int
    reason: str = ""


class Unclear(Struct, frozen=True):
    """What may be a vote: the place of the option that it would mean, None if unknown; `reason` as of a ballot."""

    choice: int | None = None
    reason: str = ""


Read = Ballot | Unclear | InputProblem | None
Knows = Callable[[str], bool]


def read_bare(poll: Poll, typed: str, rest: str, knows: Knows) -> Read:
    """Read a line that begins with one of the forms of `BARE`; None if it is talk.

    typed: the form, with the punctuation after it
    knows: whether a word is somebody's name
    """
    form = typed if typed in AS_SIGN else typed.rstrip(".!,;:")
    if form in VERBS:
        return _announced(poll, rest, knows)
    if form in NUMBERS:
        return None if rest else _numbered(poll, form)
    rest = f"{typed[len(form) :].strip('.!')}{rest}"
    sign = AS_SIGN[form.translate(SIGNS)]
    if not poll.is_motion:
        return _in_vote(poll, form, sign, rest, knows)
    return _judged(sign, form in WORDS, rest, knows)


def is_word(typed: str) -> bool:
    """Whether a form is a word or a number, which is often said of other things."""
    return typed.rstrip(".!,;:") in {*WORDS, *NUMBERS, *VERBS}


def _judged(choice: int, by_word: bool, rest: str, knows: Knows) -> Ballot | Unclear | None:  # noqa: FBT001
    """A ballot with what follows as its reason; unclear if it may be said to a person, or about something else.

    None for a long sentence that begins with yes or no.
    """
    reason = reason_of(rest)
    if not any(letter.isalnum() for letter in rest):
        return Ballot(choice)
    if rest[0] in SURELY and not (by_word and rest[0] not in ":("):
        return Ballot(choice, reason)
    if choice == AGAINST and not by_word:
        return Ballot(choice, reason)  # an objection must not be lost
    first = rest.split(maxsplit=1)[0].strip(":,").casefold()
    to_a_person = first in TO_A_PERSON or first.startswith("@") or knows(first)
    if by_word:
        return Unclear() if len(rest.split()) <= MOST_WORDS else None
    return Unclear(choice, reason) if choice == NEITHER or to_a_person else Ballot(choice, reason)


def reason_of(rest: str) -> str:
    """The reason in what follows a vote, without the punctuation around it."""
    said = titled(rest).strip(AROUND_REASON)
    if said.startswith("(") and said.endswith(")") and said.count("(") == 1:
        said = said[1:-1].strip()
    return shortened(said, LONGEST_REASON) if any(letter.isalnum() for letter in said) else ""


def _announced(poll: Poll, rest: str, knows: Knows) -> Read:
    """`vote: yes`, `votes -1`; None unless the words after it are a vote."""
    head, _, more = rest.strip(" :").partition(" ")
    form = head.casefold().rstrip(".!,;:").translate(SIGNS)
    if poll.is_motion:
        if form in AS_SIGN:
            return read_bare(poll, head.casefold(), more.strip(), knows)
        return None
    choice = read_choice(poll, rest.strip(" :"))
    return None if isinstance(choice, InputProblem) else Ballot(choice)


def _in_vote(poll: Poll, form: str, sign: int, rest: str, knows: Knows) -> Read:
    """A sign or a word in a vote with options: it counts where one option alone can be meant."""
    options = [option.casefold() for option in poll.options]
    named = titled(rest).casefold().removeprefix("for ").strip(AROUND_REASON)
    if sign == FOR and named in options:
        return Ballot(options.index(named))
    choice = _meant(options, form, sign)
    if choice is not None:
        return _judged_in_vote(choice, form, sign, rest, knows)
    if form in WORDS:
        return None
    if any(letter.isalnum() for letter in rest):
        return Unclear()
    return InputProblem(phrases.NO_OPTION(typed=form, options=poll.options))


def _judged_in_vote(choice: int, form: str, sign: int, rest: str, knows: Knows) -> Ballot | Unclear | None:
    found = _judged(sign, form in WORDS, rest, knows)
    if isinstance(found, Ballot):
        return Ballot(choice, found.reason)
    return Unclear(None, found.reason) if found is not None else None


def _meant(options: Iterable[str], form: str, sign: int) -> int | None:
    """The place of the only option that a sign or word can mean."""
    said = form.translate(SIGNS)
    exact = [place for place, option in enumerate(options) if option == said]
    alike = [place for place, option in enumerate(options) if option in MEANING[sign]]
    found = exact or alike
    return found[0] if len(found) == 1 else None


def _numbered(poll: Poll, number: str) -> Read:
    """A number alone: the option that it is or that has it, or the option at this place if no option has a number."""
    if poll.is_motion:
        return Unclear(AS_MOTION.get(number))
    exact = [place for place, option in enumerate(poll.options) if option == number]
    having = [place for place, option in enumerate(poll.options) if number in re.findall(r"\d+", option)]
    found = exact or having
    if not found and not any(letter.isdigit() for option in poll.options for letter in option):
        found = [int(number) - 1] if 0 < int(number) <= len(poll.options) else []
    if len(found) == 1:
        return Ballot(found[0])
    return InputProblem(phrases.NO_OPTION(typed=number, options=poll.options))


def read_typed(poll: Poll, text: str) -> Ballot | InputProblem:
    """Read what follows #vote: an option, or in a motion a sign or a word with a reason."""
    choice = read_choice(poll, text)
    if not isinstance(choice, InputProblem):
        return Ballot(choice)
    head, _, rest = titled(text).partition(" ")
    form = head.casefold().rstrip(".!,;:").translate(SIGNS)
    if poll.is_motion and form in AS_SIGN and (rest or form not in AS_MOTION):
        return Ballot(AS_SIGN[form], reason_of(rest))
    if not poll.is_motion and text.isascii() and text.isdigit() and len(text) < 3:
        found = _numbered(poll, text)
        return found if isinstance(found, Ballot) else choice
    return choice


def read_talk(poll: Poll, text: str) -> Unclear | None:
    """What may be a vote in a line of talk; None if it is none."""
    said = titled(text)
    signed = next((found for found in SIGNED.finditer(said) if _is_apart(said, found.start())), None)
    if signed is not None:
        return Unclear((FOR if signed[0][0] == "+" else AGAINST) if poll.is_motion else None)
    options = [option.casefold() for option in poll.options]
    if said.casefold().strip(AROUND_REASON + "!") in options:
        return Unclear()
    if poll.is_motion:
        return Unclear() if re.fullmatch(r"[+-]\d{1,4}", said) else None
    number = NAMED_NUMBER.fullmatch(said)
    return Unclear() if number is not None else None


def _is_apart(text: str, at: int) -> bool:
    """Whether no word or sign ends where a sign begins: `5-1` and `C++1` are no votes."""
    before = text[at - 1] if at else " "
    return not (before.isalnum() or before in "_+-\u2212")
