"""The record kinds `question` and `cta` (call to action)."""

import re
from collections.abc import Mapping

from bot.api import Ask, Content, Form, Kind
from bot.api.records import CarriedOver
from plugins.questions import phrases

FOR_HELP = re.compile(r"^\W*(?:help|halp)\b", re.IGNORECASE)  # not #cta and #call
AROUND_WORD = "#!?.,;:\"'"
ABOUT = frozenset({"with", "about", "on", "for"})
LONGEST_QUESTION, LONGEST_ABOUT = 8, 3  # words
USAGE = "#question text, or question N++"
# the dashes are for keyboards that replace two hyphens
SUPPORT = re.compile(r"#?([0-9]{1,12})\s*(\+\+|--|\u2014|\u2013|\+1|-1)[.!]?")


def understand_question(_: Ask, text: str) -> Content | str:
    """Read a question, or return why it is refused; `N++` and a bare question mark are refused."""
    if not any(letter.isalnum() for letter in text):
        return f"usage: {USAGE}"
    return phrases.SUPPORT_IS_NO_QUESTION if SUPPORT.fullmatch(text) else Content(text)


def _call_answer(ask: Ask, n: int, content: Content) -> str:
    if FOR_HELP.search(ask.text) is not None:
        word = help_asked(content.text, ask.register.vocabulary.words)
        if word is not None:
            return phrases.OR_BOTHELP(n=n, word=word) if word else phrases.OR_HELP(n=n)
    return phrases.HELP_WANTED(n=n, team=ask.running.team)


def help_asked(text: str, commands: Mapping[str, str]) -> str | None:
    """The command that somebody wants to know about, not a call for help; empty if none is named, None for a call."""
    said = text.casefold().split()
    words = [word.strip(AROUND_WORD) for word in said]
    asks = text.rstrip().endswith("?") and len(words) <= LONGEST_QUESTION
    if not (asks or len(words) == 1 or (words[0] in ABOUT and len(words) <= LONGEST_ABOUT)):
        return None
    named = [word if word in commands else word.removesuffix("s") for word in words]
    found = next((commands[word] for word in named if word in commands), None)
    return "" if found is None and asks else found


QUESTION = Kind(
    "question",
    usage=USAGE,
    says="a question that stays open; question N++ says that you want to know it too",
    example="#question What about boards that cannot encrypt their disk?",
    heading="Open questions:",
    order=60,
    emoji="❓",
    understand=understand_question,
)
CALL = Kind(
    "cta",
    usage="#cta text",
    says="a call to action: asks readers for help and says how to join",
    example="#cta The API team looks for reviewers: say hello in the weekly meeting",
    heading="HELP WANTED:",
    label="Help wanted",
    form=Form.LABELED,
    order=140,
    aliases=("help", "halp", "call"),
    emoji="🆘",
    answer=_call_answer,
)
QUESTIONS = CarriedOver(frozenset({QUESTION.word}))
CALLS = CarriedOver(frozenset({CALL.word}))
