"""Facts without the words of redacted messages.

Storage and the state in memory use the same functions, so they stay equal. A fact without its words keeps its class if
other facts count it or build on it; else a tombstone replaces it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import REMOVED_TITLE, MessageEdited, MessageRedacted, TextRemoved, TopicOpened
from bot.core.session.session import Entry

Blank = Callable[[Any], object]
Gone = Callable[[str], bool]  # whether a message, or something that got its words from it, was redacted

SEEN = "/seen"  # the end of the cause of attendance facts
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
    facts.SightLost,
    facts.PersonWatched,
    facts.ConfirmationAsked,
    facts.GapNoted,
    MessageEdited,
    MessageRedacted,
    facts.TalkRedacted,
    TextRemoved,
)
NOTHING = facts.Content("")
CORE_BLANKS: dict[type, Blank] = {
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


def _opened(fact: TopicOpened, gone: Gone) -> TopicOpened:
    return replace(fact, title=REMOVED_TITLE) if gone(fact.origin) else fact


def _retitled(fact: facts.TopicRetitled, gone: Gone) -> facts.TopicRetitled:
    return replace(fact, title=REMOVED_TITLE) if gone(fact.topic) and not fact.whole else fact


CORE_NAMES: dict[type, Callable[[Any], Iterable[str]]] = {facts.TopicRetitled: lambda fact: (fact.topic,)}
CORE_COPIES: dict[type, Callable[[Any, Gone], object]] = {
    TopicOpened: _opened,
    facts.TopicRetitled: _retitled,
}


def retitled(item: str) -> str:
    """The name of the title that an agenda item got from its topic."""
    return f"{item}/retitled"


class Blanks(Struct, frozen=True):
    """Functions that remove words from facts of plugins, by class.

    own:    for facts of the redacted message; a fact that is not listed becomes a tombstone
    names:  for facts of the redacted message: the names of the things that their words describe
    copies: for facts of other messages that may have copied words
    stay:   facts of the redacted message that have no words and stay valid
    """

    own: Mapping[type, Blank] = MappingProxyType({})
    names: Mapping[type, Callable[[Any], Iterable[str]]] = MappingProxyType({})
    copies: Mapping[type, Callable[[Any, Gone], object]] = MappingProxyType({})
    stay: frozenset[type] = frozenset()

    def blanked(self, fact: object) -> object:
        """A fact of a redacted message without its words."""
        if type(fact) in self.stay:
            return fact
        blank = CORE_BLANKS.get(type(fact)) or self.own.get(type(fact))
        return blank(fact) if blank is not None else TextRemoved(type(fact).__name__)

    @property
    def copying(self) -> tuple[type, ...]:
        """The classes of facts that may have copied words."""
        return (*CORE_COPIES, *self.copies)

    def gone(
        self,
        messages: Collection[str],
        facts_of_them: Iterable[object],
        openings: Iterable[tuple[str, TopicOpened]],
    ) -> Gone:
        """A test for everything that is redacted with these messages.

        facts_of_them: the facts that the messages led to
        openings:      the causes and facts of all topics that may have copied a title, in order
        """
        naming = {**CORE_NAMES, **self.names}
        names = {name for fact in facts_of_them if type(fact) in naming for name in naming[type(fact)](fact)}

        def gone(name: str) -> bool:
            return name in names or any(_is_from(name, message) for message in messages)

        for topic, fact in openings:
            if gone(fact.origin):
                names.add(topic)
            if topic in names:
                names.add(retitled(fact.item))
        return gone

    def without_copies(self, fact: object, gone: Gone) -> object:
        """A fact of another message without the redacted words."""
        copy = CORE_COPIES.get(type(fact)) or self.copies.get(type(fact))
        return copy(fact, gone) if copy is not None else fact


def _is_from(name: str, message: str) -> bool:
    """Whether a name is a cause of a message, or of something in a list that the message made ("cause.1")."""
    return is_of(name, message) or name.startswith(f"{message}.")


def is_of(cause: str, message: str) -> bool:
    """Whether a cause belongs to a message or to one of its lines."""
    return cause == message or cause.startswith(f"{message}/")


def loses_text(cause: str, messages: Iterable[str], causes: Collection[str] = ()) -> bool:
    """Whether facts with this cause lose their text when these messages and these further causes are redacted."""
    return cause in causes or (
        not cause.endswith(SEEN) and any(is_of(cause, message) for message in messages)
    )


def without_text(
    entries: Iterable[Entry], messages: Collection[str], causes: Collection[str], blanks: Blanks
) -> list[Entry]:
    """The entries; those of these messages and causes without their text."""
    return [
        replace(entry, fact=blanks.blanked(entry.fact))
        if loses_text(entry.cause, messages, causes)
        else entry
        for entry in entries
    ]
