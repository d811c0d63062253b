"""Which other facts hold the words of a message: mendings that others made of it, and versions that go on saying it."""

import re
from collections.abc import Collection

from bot.core.facts import Recorded, Revised
from bot.core.made import records_now
from bot.core.redacting import is_of
from bot.core.session import Session

WORD = re.compile(r"\w+")
TELLING = 4  # letters; shorter words stand in any sentence


def words_of(text: str) -> set[str]:
    """The words by which a text is known again; all of them where there are only short ones."""
    words = set(WORD.findall(text.casefold()))
    return {word for word in words if len(word) >= TELLING} or words


def mended_since(session: Session, messages: Collection[str], own: Collection[str]) -> tuple[str, ...]:
    """The causes of later mendings that hold words which these messages brought into a record.

    own: other versions of the same message, which stand for themselves
    """
    texts: dict[int, str] = {}
    brought: dict[int, set[str]] = {}
    found: dict[str, None] = {}
    for entry in session.entries:
        fact = entry.fact
        if not isinstance(fact, Recorded | Revised):
            continue
        words = words_of(fact.content.text)
        if any(is_of(entry.cause, one) for one in messages):
            brought[fact.n] = brought.get(fact.n, set()) | (words - words_of(texts.get(fact.n, "")))
        elif words & brought.get(fact.n, set()) and not any(is_of(entry.cause, one) for one in own):
            found[entry.cause] = None
        texts[fact.n] = fact.content.text
    return tuple(found)


def restated(session: Session, target: str, edit: str, newest: str) -> tuple[tuple[str, object], ...]:
    """For each record that has its words from an edit of a message: the same words, as its newest edit's.

    That one says them still, and the other one is about to lose them.
    """
    again: list[tuple[str, object]] = []
    for made in records_now(session, target):
        setting = [
            entry.cause
            for entry in session.live()
            if isinstance(entry.fact, Recorded | Revised) and entry.fact.n == made.n
        ]
        if made.item is not None and setting and is_of(setting[-1], edit):
            again.append((f"{newest}/kept", Revised(made.n, made.item.content)))
    return tuple(again)
