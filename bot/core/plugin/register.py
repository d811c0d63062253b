"""The declarations of all configured plugins, put together, and the questions that are asked of all of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from bot.core.effects import Effect
from bot.core.people.identity import Identity
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Command
from bot.core.plugin.declarations import Plugin, Talk
from bot.core.plugin.hooks import (
    Consequence,
    Missing,
    Moment,
    OccasionHandler,
    ReactionHandler,
    Undoable,
)
from bot.core.plugin.kind import Kind
from bot.core.plugin.topic_choice import TopicChoice
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import RecordedItem, Session
from bot.core.state.setup import Track
from bot.core.state.view import StateView
from bot.core.words.grammar import Vocabulary
from bot.core.words.input_problem import InputProblem


class Register(Struct, frozen=True):
    """What all plugins together declare."""

    plugins: tuple[Plugin, ...]
    commands: dict[str, Command]
    kinds: dict[str, Kind]
    vocabulary: Vocabulary
    talks: tuple[Talk, ...]
    talk_starts: tuple[str, ...]
    jobs: dict[str, Callable[..., object]]
    arrivals: Mapping[tuple[type, str], tuple[OccasionHandler, ...]]
    consequences: Mapping[type, tuple[Consequence, ...]] = field(default_factory=dict)
    overhearers: Mapping[str, tuple[OccasionHandler, ...]] = field(default_factory=dict)
    reactions: tuple[ReactionHandler, ...] = field(default=())
    blanks: Blanks = Blanks()
    undoable: Mapping[type, Undoable] = field(default_factory=dict)

    def facts(self) -> list[type]:
        """The plugins' own kinds of fact."""
        return [fact for plugin in self.plugins for fact in plugin.facts]

    def due(self, state: StateView, stream: str) -> list[Moment]:
        """All moments that wait for a stream now."""
        return [moment for plugin in self.plugins for due in plugin.due for moment in due(state, stream)]

    def missing(self, state: StateView, session: Session) -> list[str]:
        """What a session lacks, in order."""
        found: list[Missing] = [
            lack
            for plugin in self.plugins
            for missing in plugin.session.end_check
            for lack in missing(state, session)
        ]
        return [lack.text for lack in sorted(found, key=lambda lack: lack.order)]

    def status(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What can be said of a running session in a line."""
        return [
            text
            for plugin in self.plugins
            for status in plugin.session.status
            for text in status(state, session, at)
        ]

    def warm_up(self) -> None:
        """Load what plugins need later and what takes long to load; may be called in a thread."""
        for plugin in self.plugins:
            for load in plugin.warm_up:
                load()

    def farewells(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What else is to be said when a session ends."""
        return [
            text
            for plugin in self.plugins
            for say in plugin.session.farewell
            for text in say(state, session, at)
        ]

    def settled(self, state: StateView, session: Session) -> bool:
        """Whether nobody needs a session in memory any more."""
        return session.ended is not None and all(
            settled(state, session) for plugin in self.plugins for settled in plugin.session.settled
        )

    def why_not_reopen(self, state: StateView, session: Session) -> str | None:
        """Why an ended session cannot be reopened any more; None when it can."""
        told = (why(state, session) for plugin in self.plugins for why in plugin.session.against_reopening)
        return next((reason for reason in told if reason is not None), None)

    def why_not_advance(self, state: StateView, session: Session) -> str | None:
        """Why a session's next agenda item should wait; None when nothing speaks against it."""
        told = (why(state, session) for plugin in self.plugins for why in plugin.agenda.against_advancing)
        return next((reason for reason in told if reason is not None), None)

    def topic_choice(self, ask: Ask) -> TopicChoice | InputProblem | None:
        """The agenda item that #topic means; None if it means no item."""
        chosen = (choose(ask) for plugin in self.plugins for choose in plugin.agenda.topic_choice)
        return next((choice for choice in chosen if choice is not None), None)

    def put_back(self, session: Session) -> tuple[object, str] | None:
        """The fact that opens the current item again, and the item's name; None if no item is on."""
        told = (put_back(session) for plugin in self.plugins for put_back in plugin.agenda.put_back)
        return next((found for found in told if found is not None), None)

    def close(self, ask: Ask) -> Sequence[Effect] | None:
        """What #close leads to where a plugin has something open; None where none has."""
        told = (closer(ask) for plugin in self.plugins for closer in plugin.agenda.closer)
        return next((orders for orders in told if orders is not None), None)

    def outlook(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What is to come in the time that is left."""
        return [
            text
            for plugin in self.plugins
            for tell in plugin.session.outlook
            for text in tell(state, session, at)
        ]

    def agenda(self, session: Session) -> list[AgendaItem]:
        """A session's agenda, in order."""
        return [item for plugin in self.plugins for agenda in plugin.agenda.items for item in agenda(session)]

    def session_json(self, session: Session) -> dict[str, Any]:
        """The keys that plugins add to a session in the export."""
        added = (keys(session) for plugin in self.plugins for keys in plugin.recap.session_json)
        return {key: value for keys in added for key, value in keys.items()}

    def record_json(self, session: Session, record: RecordedItem) -> dict[str, Any]:
        """The keys that plugins add to a record in the export."""
        added = (keys(session, record) for plugin in self.plugins for keys in plugin.recap.record_json)
        return {key: value for keys in added for key, value in keys.items()}

    def waiting(self, state: StateView, track: Track) -> list[AgendaItem]:
        """What waits for a track's next session, in order."""
        return [
            item
            for plugin in self.plugins
            for waiting in plugin.agenda.waiting
            for item in waiting(state, track)
        ]

    def remarks(self, state: StateView, item: str) -> list[str]:
        """What an agenda shows beside an item."""
        return [
            text
            for plugin in self.plugins
            for remark in plugin.agenda.remarks
            for text in remark(state, item)
        ]

    def carried_over(self, state: StateView, session: Session) -> list[object]:
        """Facts about a session that its track's stream keeps when it goes out of memory."""
        return [
            fact
            for plugin in self.plugins
            for kept in plugin.carried_over
            for fact in kept.carried_over(state, session)
        ]

    def quotes(self, state: StateView, session: Session) -> list[tuple[str, str]]:
        """Stream and cause of the facts elsewhere that may hold words of a session."""
        return [
            quote
            for plugin in self.plugins
            for quotes in (*plugin.edits.quotes, *(kept.quotes for kept in plugin.carried_over))
            for quote in quotes(state, session)
        ]

    def closing_facts(self, state: StateView, session: Session) -> list[object]:
        """Facts by which what is open in a session ends with it."""
        return [
            fact
            for plugin in self.plugins
            for ends in plugin.session.closing_facts
            for fact in ends(state, session)
        ]

    def is_party(self, session: Session, person: Identity) -> bool:
        """Whether somebody has a part in a session, though perhaps nobody saw them."""
        found = (
            party
            for plugin in self.plugins
            for parties in plugin.session.parties
            for party in parties(session)
        )
        return any(party.network == person.network and party.key == person.key for party in found)

    def room_topic(self, state: StateView, session: Session) -> str | None:
        """What the topic of a session's rooms should be; None leaves them alone."""
        told = (topic(state, session) for plugin in self.plugins for topic in plugin.session.room_topic)
        return next((text for text in told if text is not None), None)

    def blocks(self, part: Any) -> list[Any]:
        """What the plugins put into a part's recap."""
        return [block for plugin in self.plugins for blocks in plugin.recap.blocks for block in blocks(part)]
