"""What a plugin declares: commands, record kinds, moments, jobs, views and settings.

Rules of this file: declarations are values; nothing is registered anywhere until the composition root makes a
`Register` of the plugins that the configuration names. A handler is a plain function from an `Ask` to effects.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct, field

from bot.core.effects import Effect
from bot.core.people.identity import Identity
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Ask, Occasion, Reaction
from bot.core.plugin.ballots import Ballots
from bot.core.plugin.command import Command
from bot.core.plugin.kind import Kind
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView

Handler = Callable[[Ask], Sequence[Effect]]
OccasionHandler = Callable[[Occasion], Iterable[Effect]]


class Moment(Struct, frozen=True):
    """A moment at which a plugin wants to be called, for a stream."""

    name: str
    at: datetime


class Missing(Struct, frozen=True):
    """Something that a session lacks, for the report at its end; `text` completes "missing: ..."."""

    text: str
    order: int = 50


class Talk(Struct, frozen=True):
    """Talk that a plugin wants to see: lines that begin with one of `starts`.

    kind: word of the record kind that such lines may be; empty if there is none
    """

    starts: tuple[str, ...]
    handler: Handler
    plugin: str = ""
    kind: str = ""


ReactionHandler = Callable[[Reaction], Sequence[Effect]]
Due = Callable[[StateView, str], Iterable[Moment]]
Rooms = Callable[[Setup], Iterable[str]]
Closer = Callable[[Ask], Sequence[Effect] | None]
Consequence = Callable[[Occasion, Any], Iterable[Effect]]
Undoable = Callable[[Session, Entry], str | None]
D = TypeVar("D", bound=Callable[..., object])


def _declaring(where: dict[str, D], name: str) -> Callable[[D], D]:
    def declare(function: D) -> D:
        where[name] = function
        return function

    return declare


class Plugin(Struct):
    """A feature. `facts` are its own kinds of fact; `table` and `track_table` its pydantic models.

    table:       name of its table in the configuration and the model of it
    track_table, gathering_table: models of the keys that it adds to every track, and to the gathering
    closers:     asked when somebody says #close: each closes what is open of its own (a motion), or gives None
    outlooks:    what is to come in the time that is left, each in a sentence, for #time
    blanks:      for each of its facts that stays when a redaction takes its text: what is left of it
    copies:      for facts that copy words of other messages: what is left of one when some of these are redacted
    names_in_facts: for facts that give words to something: the names by which copies know it
    parties:     who has a part in a session though perhaps nobody saw them: their changes of nick are followed too
    quotes:      stream and cause of facts elsewhere that may hold words of a session: a redaction takes their text too
    undoable:    facts that #undo takes back as it does records, and what each is called; None: not this one any more
    closing_facts: facts by which what is open in a session ends with it (a vote), written before the session's end
    ballots:     the votes behind records that are results, for other programs
    waiting:     the items of agendas that wait for a track's next session
    remarks:     what an agenda shows beside an item (by its id)
    presence_changes: asked when somebody changes their nick (`NickChanged`) or leaves a network (`Departed`), known or not; it
                 happens a hundred times at once, so who does not concern the plugin must cost it next to nothing
    """

    name: str
    facts: tuple[type, ...] = ()
    table: tuple[str, type] | None = None
    track_table: type | None = None
    gathering_table: type | None = None
    commands: list[Command] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    configured_kinds: list[Callable[[Setup], Iterable[Kind]]] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    overhearings: list[tuple[Rooms, OccasionHandler]] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    moments: dict[str, OccasionHandler] = field(default_factory=dict)
    jobs: dict[str, Callable[..., object]] = field(default_factory=dict)
    outcomes: dict[str, OccasionHandler] = field(default_factory=dict)
    fetches: dict[str, OccasionHandler] = field(default_factory=dict)
    refusals: list[OccasionHandler] = field(default_factory=list)
    end_checks: list[Callable[[StateView, Session], Iterable[Missing]]] = field(default_factory=list)
    statuses: list[Callable[[StateView, Session, datetime], Iterable[str]]] = field(default_factory=list)
    blocks: list[Callable[..., Iterable[Any]]] = field(default_factory=list)
    warm_ups: list[Callable[[], object]] = field(default_factory=list)
    room_topics: list[Callable[[StateView, Session], str | None]] = field(default_factory=list)
    against_reopening: list[Callable[[StateView, Session], str | None]] = field(default_factory=list)
    settled: list[Callable[[StateView, Session], bool]] = field(default_factory=list)
    farewells: list[Callable[[StateView, Session, datetime], Iterable[str]]] = field(default_factory=list)
    consequences: dict[type, list[Consequence]] = field(default_factory=dict)
    against_advancing: list[Callable[[StateView, Session], str | None]] = field(default_factory=list)
    agendas: list[Callable[[Session], Iterable[AgendaItem]]] = field(default_factory=list)
    waiting: list[Callable[[StateView, Track], Iterable[AgendaItem]]] = field(default_factory=list)
    remarks: list[Callable[[StateView, str], Iterable[str]]] = field(default_factory=list)
    ballots: list[Callable[[Session], Iterable[Ballots]]] = field(default_factory=list)
    closers: list[Closer] = field(default_factory=list)
    outlooks: list[Callable[[StateView, Session, datetime], Iterable[str]]] = field(default_factory=list)
    carried_over: list[Callable[[StateView, Session], Iterable[object]]] = field(default_factory=list)
    reactions: list[ReactionHandler] = field(default_factory=list)
    presence_changes: list[OccasionHandler] = field(default_factory=list)
    blanks: dict[type, Callable[[Any], object]] = field(default_factory=dict)
    copies: dict[type, Callable[[Any, Callable[[str], bool]], object]] = field(default_factory=dict)
    names_in_facts: dict[type, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    parties: list[Callable[[Session], Iterable[Identity]]] = field(default_factory=list)
    quotes: list[Callable[[StateView, Session], Iterable[tuple[str, str]]]] = field(default_factory=list)
    undoable: dict[type, Undoable] = field(default_factory=dict)
    closing_facts: list[Callable[[StateView, Session], Iterable[object]]] = field(default_factory=list)

    def command(self, word: str, **declared: Any) -> Callable[[Handler], Handler]:
        """Declare the decorated function as the handler of a command."""

        def declare(handler: Handler) -> Handler:
            self.commands.append(Command(word, handler, plugin=self.name, **declared))
            return handler

        return declare

    def talk(self, *starts: str, kind: str = "") -> Callable[[Handler], Handler]:
        """Let the decorated function see lines that begin so and are no command."""

        def declare(handler: Handler) -> Handler:
            self.talks.append(Talk(starts, handler, self.name, kind))
            return handler

        return declare

    def overhears(self, rooms: Rooms) -> Callable[[OccasionHandler], OccasionHandler]:
        """Let the decorated function hear all that is said in these rooms: talk, commands and /me, in and out of sessions.

        `Occasion.event` is a `Message` (each line of a message of several) or an `Edited`. A line that asks to be off the
        record is not told. What is ordered stands before what the line leads to otherwise.
        """

        def declare(handler: OccasionHandler) -> OccasionHandler:
            self.overhearings.append((rooms, handler))
            return handler

        return declare

    def due(self, function: Due) -> Due:
        """Ask the decorated function for the moments of a stream, after every turn that changed it."""
        self.dues.append(function)
        return function

    def at_moment(self, name: str) -> Callable[[OccasionHandler], OccasionHandler]:
        """Let the decorated function answer when a moment of this name has come."""
        return _declaring(self.moments, name)

    def upon(self, fact: type) -> Callable[[Consequence], Consequence]:
        """Ask the decorated function what follows whenever a fact of this kind was decided, by whatever plugin.

        It may record facts of its own (with the same cause, so that an undo takes them back too), say and tell; what
        these facts lead to is not asked again.
        """

        def declare(function: Consequence) -> Consequence:
            self.consequences.setdefault(fact, []).append(function)
            return function

        return declare

    def job(self, name: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
        """Declare the decorated pure function, of a `bot.core.recap.sources.Sources` and the argument of the `Prepare`, as slow work."""
        return _declaring(self.jobs, name)

    def fetched(self, name: str) -> Callable[[OccasionHandler], OccasionHandler]:
        """Let the decorated function take what a `Fetch` of this name got."""
        return _declaring(self.fetches, name)

    def prepared(self, name: str) -> Callable[[OccasionHandler], OccasionHandler]:
        """Let the decorated function take the outcome of a job."""
        return _declaring(self.outcomes, name)
