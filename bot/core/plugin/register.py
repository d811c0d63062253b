"""The declarations of all configured plugins, put together, and the questions that are asked of all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, ParamSpec, TypeVar

from msgspec import Struct, field

from bot.core.effects import Effect
from bot.core.people.identity import Identity
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Command
from bot.core.plugin.declarations import Plugin, Talk
from bot.core.plugin.hooks import Consequence, Moment, OccasionHandler, ReactionHandler, Undoable
from bot.core.plugin.kind import Kind
from bot.core.plugin.pages import Document, LogLine, OldAddress, Page, Panel, Sign, View
from bot.core.plugin.private_pages import PrivatePage
from bot.core.plugin.topic_choice import TopicChoice
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import RecordedItem, Session
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView
from bot.core.words.grammar import Vocabulary
from bot.core.words.input_problem import InputProblem

P = ParamSpec("P")
T = TypeVar("T")


class Register(Struct, frozen=True):
    """What all plugins together declare."""

    plugins: tuple[Plugin, ...]
    commands: dict[str, Command]
    kinds: dict[str, Kind]
    vocabulary: Vocabulary
    talks: tuple[Talk, ...]
    talk_starts: tuple[str, ...]
    talk_patterns: tuple[Talk, ...]
    jobs: dict[str, Callable[..., object]]
    heard: dict[str, Callable[[LogLine], bool]]
    arrivals: Mapping[tuple[type, str], tuple[OccasionHandler, ...]]
    consequences: Mapping[type, tuple[Consequence, ...]] = field(default_factory=dict)
    overhearers: Mapping[str, tuple[OccasionHandler, ...]] = field(default_factory=dict)
    reactions: tuple[ReactionHandler, ...] = field(default=())
    blanks: Blanks = Blanks()
    undoable: Mapping[type, Undoable] = field(default_factory=dict)
    undone_by_one: frozenset[type] = frozenset()
    streams: tuple[str, ...] = ()
    gathering_rooms: frozenset[str] = frozenset()

    def facts(self) -> list[type]:
        """The plugins' own kinds of fact."""
        return [fact for plugin in self.plugins for fact in plugin.facts]

    def _answers(
        self, hook: Callable[[Plugin], Iterable[Callable[P, T]]], *given: P.args, **more: P.kwargs
    ) -> Iterator[T]:
        """The answers of all plugins to a question."""
        return (function(*given, **more) for plugin in self.plugins for function in hook(plugin))

    def why_no_track_command(self, ask: Ask) -> str | None:
        """Why somebody may use no command about a track here; None when they may."""
        return _first(self._answers(lambda plugin: plugin.against_track_command, ask))

    def due(self, state: StateView, stream: str) -> list[Moment]:
        """All moments that wait for a stream now."""
        return _all(self._answers(lambda plugin: plugin.due, state, stream))

    def missing(self, state: StateView, session: Session) -> list[str]:
        """What a session lacks, in order."""
        found = _all(self._answers(lambda plugin: plugin.session.end_check, state, session))
        return [lack.text for lack in sorted(found, key=lambda lack: lack.order)]

    def status(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What can be said of a running session in a line."""
        return _all(self._answers(lambda plugin: plugin.session.status, state, session, at))

    def warm_up(self) -> None:
        """Load what plugins need later and what takes long to load; may be called in a thread."""
        list(self._answers(lambda plugin: plugin.warm_up))

    def farewells(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What else is to be said when a session ends."""
        return _all(self._answers(lambda plugin: plugin.session.farewell, state, session, at))

    def late_changes(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What comes of something that is added to a session after its end."""
        return _all(self._answers(lambda plugin: plugin.session.late_change, state, session, at))

    def settled(self, state: StateView, session: Session) -> bool:
        """Whether nobody needs a session in memory any more."""
        settled = self._answers(lambda plugin: plugin.session.settled, state, session)
        return session.ended is not None and all(settled)

    def why_not_reopen(self, state: StateView, session: Session) -> str | None:
        """Why an ended session cannot be reopened any more; None when it can."""
        return _first(self._answers(lambda plugin: plugin.session.against_reopening, state, session))

    def why_not_advance(self, state: StateView, session: Session) -> str | None:
        """Why a session's next agenda item should wait; None when nothing speaks against it."""
        return _first(self._answers(lambda plugin: plugin.agenda.against_advancing, state, session))

    def topic_choice(self, ask: Ask) -> TopicChoice | InputProblem | None:
        """The agenda item that #topic means; None if it means no item."""
        chosen = (choose(ask) for plugin in self.plugins for choose in plugin.agenda.topic_choice)
        return next((choice for choice in chosen if choice is not None), None)

    def put_back(self, session: Session) -> tuple[object, str] | None:
        """The fact that opens the current item again, and the item's name; None if no item is on."""
        return _first(self._answers(lambda plugin: plugin.agenda.put_back, session))

    def close(self, ask: Ask) -> Sequence[Effect] | None:
        """What #close leads to where a plugin has something open; None where none has."""
        return _first(self._answers(lambda plugin: plugin.agenda.closer, ask))

    def outlook(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What is to come in the time that is left."""
        return _all(self._answers(lambda plugin: plugin.session.outlook, state, session, at))

    def agenda(self, session: Session) -> list[AgendaItem]:
        """A session's agenda, in order."""
        return _all(self._answers(lambda plugin: plugin.agenda.items, session))

    def session_json(self, session: Session) -> dict[str, Any]:
        """The keys that plugins add to a session in the export."""
        added = self._answers(lambda plugin: plugin.recap.session_json, session)
        return {key: value for keys in added for key, value in keys.items()}

    def record_json(self, session: Session, record: RecordedItem) -> dict[str, Any]:
        """The keys that plugins add to a record in the export."""
        added = self._answers(lambda plugin: plugin.recap.record_json, session, record)
        return {key: value for keys in added for key, value in keys.items()}

    def remarks_on(self, setup: Setup) -> list[str]:
        """What plugins remark on a configuration."""
        return _all(self._answers(lambda plugin: plugin.check, setup))

    def waiting(self, state: StateView, track: Track) -> list[AgendaItem]:
        """What waits for a track's next session, in order."""
        return _all(self._answers(lambda plugin: plugin.agenda.waiting, state, track))

    def remarks(self, state: StateView, item: str) -> list[str]:
        """What an agenda shows beside an item."""
        return _all(self._answers(lambda plugin: plugin.agenda.remarks, state, item))

    def carried_over(self, state: StateView, session: Session) -> list[object]:
        """Facts about a session that its track's stream keeps when it goes out of memory."""
        kept = (kept for plugin in self.plugins for kept in plugin.carried_over)
        return [fact for records in kept for fact in records.carried_over(state, session)]

    def quotes(self, state: StateView, session: Session) -> list[tuple[str, str]]:
        """Stream and cause of the facts elsewhere that may hold words of a session."""
        kept = (kept.quotes(state, session) for plugin in self.plugins for kept in plugin.carried_over)
        return [*_all(self._answers(lambda plugin: plugin.edits.quotes, state, session)), *_all(kept)]

    def talk_quotes(self, state: StateView, session: Session) -> list[tuple[str, str]]:
        """Stream and cause of the facts elsewhere that may hold what was only said in a session."""
        return _all(self._answers(lambda plugin: plugin.edits.talk_quotes, state, session))

    def closing_facts(self, state: StateView, session: Session) -> list[object]:
        """Facts by which what is open in a session ends with it."""
        return _all(self._answers(lambda plugin: plugin.session.closing_facts, state, session))

    def is_party(self, session: Session, person: Identity) -> bool:
        """Whether somebody has a part in a session, though perhaps nobody saw them."""
        parties = _all(self._answers(lambda plugin: plugin.session.parties, session))
        return any(party.network == person.network and party.key == person.key for party in parties)

    def room_topic(self, state: StateView, session: Session) -> str | None:
        """What the topic of a session's rooms should be; None leaves them alone."""
        return _first(self._answers(lambda plugin: plugin.session.room_topic, state, session))

    def pages(self) -> list[Page]:
        """The pages of all plugins."""
        return [page for plugin in self.plugins for page in plugin.web.pages]

    def documents(self) -> list[Document]:
        """What plugins serve besides pages."""
        return [document for plugin in self.plugins for document in plugin.web.documents]

    def old_addresses(self) -> list[OldAddress]:
        """The addresses that lead to others."""
        return [old for plugin in self.plugins for old in plugin.web.moves]

    def private_pages(self) -> list[PrivatePage]:
        """The pages of all plugins for the holders of keys."""
        return [page for plugin in self.plugins for page in plugin.web.private]

    def board_signs(self, view: View, track: Track) -> list[Sign]:
        """What plugins remark about a track on the board, in order."""
        found = _all(self._answers(lambda plugin: plugin.web.board_sign, view, track))
        return sorted(found, key=lambda sign: sign.order)

    def session_links(self, view: View, session: Session) -> list[Sign]:
        """Where the people of a session meet and write, in order."""
        found = _all(self._answers(lambda plugin: plugin.web.session_link, view, session))
        return sorted(found, key=lambda link: link.order)

    def session_panels(self, view: View, session: Session) -> list[Panel]:
        """The sections of a session's page, in order."""
        found = _all(self._answers(lambda plugin: plugin.web.session_panel, view, session))
        return sorted(found, key=lambda panel: panel.order)

    def track_panels(self, view: View, track: Track) -> list[Panel]:
        """The sections of a track's page, in order."""
        found = _all(self._answers(lambda plugin: plugin.web.track_panel, view, track))
        return sorted(found, key=lambda panel: panel.order)

    @property
    def titles(self) -> dict[str, str]:
        """What the commands of each plugin are about, by its name."""
        return {plugin.name: plugin.title for plugin in self.plugins}

    def blocks(self, part: Any) -> list[Any]:
        """What the plugins put into a part's recap."""
        return _all(self._answers(lambda plugin: plugin.recap.blocks, part))


def _all(answers: Iterable[Iterable[T]]) -> list[T]:
    return list(chain.from_iterable(answers))


def _first(answers: Iterable[T | None]) -> T | None:
    return next((answer for answer in answers if answer is not None), None)
