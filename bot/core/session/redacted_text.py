"""What a redaction leaves of the facts of a message: that something was there, and none of its words.

Rules of this file: storage and the state in memory use the same functions, so that both hold the same afterwards. A fact
whose words are gone keeps its class where others count it, or build on it; else a tombstone stands in its place.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import MessageEdited, MessageRedacted, TextRemoved
from bot.core.session.session import Entry

Blanks = Mapping[type, Callable[[Any], object]]

SEEN = "/seen"  # ends the cause of the fact that whoever said something was there: it says nothing else
WORDLESS: tuple[type, ...] = (
    facts.SessionClosed,
    facts.SessionReopened,
    facts.SessionPaused,
    facts.SessionResumed,
    facts.SessionExtended,
    facts.BreakBegan,
    facts.BreakEnded,
    facts.TopicTimed,
    facts.TopicClosed,
    facts.SubtopicClosed,
    facts.Withdrawn,
    facts.RecordDone,
    facts.RecordSupported,
    facts.RecordLetGo,
    facts.Voided,
    facts.PersonRenamed,
    facts.PersonLeft,
    facts.GapNoted,
    MessageEdited,
    MessageRedacted,
    TextRemoved,
)
NOTHING = facts.Content("")
CORE_BLANKS: Blanks = {
    facts.SessionOpened: lambda fact: replace(fact, name=""),
    facts.Recorded: lambda fact: replace(fact, content=NOTHING),
    facts.Revised: lambda fact: replace(fact, content=NOTHING),
    facts.TopicRetitled: lambda fact: replace(fact, title=""),
    facts.SubtopicRetitled: lambda fact: replace(fact, team=None, old="", new=""),
    facts.Moved: lambda fact: replace(fact, team=None, subtopic=None),
    facts.RecordAnswered: lambda fact: replace(fact, text=""),
    facts.RecordKept: lambda fact: replace(fact, content=NOTHING, team=None, answer=None, supporters=()),
    **dict.fromkeys(WORDLESS, lambda fact: fact),
}


def blanked(fact: object, declared: Blanks | None = None) -> object:
    """`fact` without what anybody typed.

    declared: what plugins do with theirs; a fact of which nobody says anything becomes a tombstone
    """
    blank = CORE_BLANKS.get(type(fact)) or (declared or {}).get(type(fact))
    return blank(fact) if blank is not None else TextRemoved(type(fact).__name__)


def is_of(cause: str, message: str) -> bool:
    """Whether a cause is a message's: the message itself, or a part of it."""
    return cause == message or cause.startswith(f"{message}/")


def loses_text(cause: str, messages: Iterable[str], causes: Collection[str] = ()) -> bool:
    """Whether the facts of a cause lose their text when these messages, and these further causes, are blanked."""
    return cause in causes or (not cause.endswith(SEEN) and any(is_of(cause, one) for one in messages))


def without_text(
    entries: Iterable[Entry], messages: Collection[str], causes: Collection[str], declared: Blanks | None
) -> list[Entry]:
    """The entries, those that are concerned without their text."""
    return [
        replace(entry, fact=blanked(entry.fact, declared))
        if loses_text(entry.cause, messages, causes)
        else entry
        for entry in entries
    ]
