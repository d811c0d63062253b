"""The record kinds `question` and `cta` (call to action)."""

import re

from bot.api import Ask, Content, Form, Kind
from bot.api.records import CarriedOver
from plugins.questions import phrases

USAGE = "#question text, or question N++"
# the dashes are for keyboards that replace two hyphens
SUPPORT = re.compile(r"#?([0-9]{1,12})\s*(\+\+|--|\u2014|\u2013|\+1|-1)[.!]?")


def understand_question(_: Ask, text: str) -> Content | str:
    """Read a question, or return why it is refused; `N++` and a bare question mark are refused."""
    if not any(letter.isalnum() for letter in text):
        return f"usage: {USAGE}"
    return phrases.SUPPORT_IS_NO_QUESTION if SUPPORT.fullmatch(text) else Content(text)


def _call_answer(ask: Ask, n: int, _: Content) -> str:
    return phrases.HELP_WANTED(n=n, team=ask.running.team)


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
    form=Form.LABELED,
    order=140,
    aliases=("help", "halp", "call"),
    emoji="🆘",
    answer=_call_answer,
)
QUESTIONS = CarriedOver(frozenset({QUESTION.word}))
CALLS = CarriedOver(frozenset({CALL.word}))
