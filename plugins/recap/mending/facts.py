"""The facts of mended texts, in the stream of the track."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Identity
from bot.api.records import Gone

Source = Literal["pad", "mail"]


class Mending(Struct, frozen=True, omit_defaults=True):
    """A change that a mended text proposes.

    word:    kind of the record; "intro" for the introduction, "front link" for a link in front (its address and title)
    text:    the new text
    n:       number of the record that changes; 0 for a new one
    session: the session of the record, or the one that gets it
    topic, team, subtopic: where a new record stands there: the topic's id, None before the topics
    at:      the number of the topic in the recap; 0 before the topics
    was:     digest of the text that changes; empty for something new
    origins: the messages from which words of that text came
    """

    word: str
    text: str
    n: int = 0
    session: str = ""
    topic: str | None = None
    team: str | None = None
    subtopic: str | None = None
    at: int = 0
    was: str = ""
    origins: tuple[str, ...] = ()


class NotTaken(Struct, frozen=True, omit_defaults=True):
    """Something in a mended text that was not understood: the text, and why (see `Left`).

    n:       the record that it concerns; 0 for none
    at:      the number of the topic; 0 if it is in none
    origins: as in `Mending`
    """

    why: str
    text: str
    n: int = 0
    at: int = 0
    origins: tuple[str, ...] = ()


class MendingProposed(Struct, frozen=True):
    """A mended text of a recap was read; what it changes waits until somebody takes or dismisses it.

    source, address: a pad and its URL, or a mail and its id
    by:      who asked for the pad, or who got the letter that the mail answers
    missing: the numbers of the records that the text lacks
    """

    part: str
    source: Source
    address: str
    by: Identity | None
    changes: tuple[Mending, ...]
    missing: tuple[int, ...] = ()
    left: tuple[NotTaken, ...] = ()


class MendingTaken(Struct, frozen=True):
    """Somebody took the changes that waited."""

    part: str


class MendingDismissed(Struct, frozen=True):
    """Somebody dismissed the changes that waited."""

    part: str


class ReplyCame(Struct, frozen=True):
    """An answer to a draft came by mail.

    mail:   its id
    holder: who got the draft
    letter: the draft's Message-ID
    text:   what is to be read; empty if there is nothing, or if a redaction took it
    """

    part: str
    mail: str
    holder: Identity
    letter: str
    text: str = ""


class ReplyReordered(Struct, frozen=True):
    """That answer was not read when the bot was stopped, so its reading was ordered once more, `at` that time."""

    part: str
    mail: str
    at: datetime


class ReplyRead(Struct, frozen=True):
    """That answer was read; `answered` if a letter tells its holder what it changes."""

    part: str
    mail: str
    answered: bool = True


def _without(fact: MendingProposed, gone: Gone) -> MendingProposed:
    """Leave out what has words of a message that was redacted."""

    def stays(one: Mending | NotTaken) -> bool:
        return not any(gone(origin) for origin in one.origins)

    return replace(fact, changes=tuple(filter(stays, fact.changes)), left=tuple(filter(stays, fact.left)))


FACTS = (MendingProposed, MendingTaken, MendingDismissed, ReplyCame, ReplyReordered, ReplyRead)
BLANKS: dict[type, Callable[[Any], object]] = {
    ReplyCame: lambda fact: replace(fact, text=""),
    **dict.fromkeys((MendingTaken, MendingDismissed, ReplyReordered, ReplyRead), lambda fact: fact),
}
COPIES: dict[type, Callable[[Any, Gone], object]] = {MendingProposed: _without}
