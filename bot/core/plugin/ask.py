"""The arguments of handlers: the line or event, its speaker, room, time and role, and the state at that moment."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from bot.core import phrases
from bot.core.earlier_messages import Quoted
from bot.core.effects import Effect
from bot.core.events import Incoming, Power, Room
from bot.core.people.circles import Circle, circles_of
from bot.core.people.identity import Identity, casefold, is_relayed
from bot.core.people.names import Directory, Named
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.command import Command
from bot.core.plugin.kind import Kind
from bot.core.plugin.topic_choice import TopicChoice
from bot.core.session.session import Entry, RecordedItem, Session
from bot.core.state.access import Role
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView
from bot.core.words.grammar import Vocabulary
from bot.core.words.input_problem import InputProblem
from bot.core.words.message_lines import lines_below
from bot.core.words.text import clean

T = TypeVar("T")


class Declared(Protocol):
    """The declarations of all plugins, as handlers see them."""

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands, by word."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of record, by word."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of commands, and their forms."""

    @property
    def undoable(self) -> Mapping[type, Callable[[Session, Entry], str | None]]:
        """The plugin facts that #undo takes back, with a function that describes them."""

    @property
    def undone_by_one(self) -> frozenset[type]:
        """The plugin facts that a second #undo in a row does not take back unasked."""

    def missing(self, state: StateView, session: Session) -> list[str]:
        """What a session lacks, in order."""

    def status(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What can be said of a running session in a line."""

    def outlook(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What is to come in the time that is left."""

    def farewells(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What else is to be said when a session ends."""

    def late_changes(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What comes of something that is added to a session after its end."""

    def closing_facts(self, state: StateView, session: Session) -> list[object]:
        """Facts by which what is open in a session ends with it."""

    def why_not_reopen(self, state: StateView, session: Session) -> str | None:
        """Why an ended session cannot be reopened any more; None when it can."""

    def why_not_advance(self, state: StateView, session: Session) -> str | None:
        """Why a session's next agenda item should wait; None when nothing speaks against it."""

    def topic_choice(self, ask: "Ask") -> TopicChoice | InputProblem | None:
        """The agenda item that #topic means; None if it means no item."""

    def put_back(self, session: Session) -> tuple[object, str] | None:
        """The fact that opens the current item again, and the item's name; None if no item is on."""

    def close(self, ask: "Ask") -> Sequence[Effect] | None:
        """What #close leads to where a plugin has something open; None where none has."""

    def why_no_track_command(self, ask: "Ask") -> str | None:
        """Why somebody may use no command about a track here; None when they may."""

    def agenda(self, session: Session) -> list[AgendaItem]:
        """A session's agenda, in order."""

    def waiting(self, state: StateView, track: Track) -> list[AgendaItem]:
        """What waits for a track's next session, in order."""

    def remarks(self, state: StateView, item: str) -> list[str]:
        """What an agenda shows beside an item."""

    def blocks(self, part: Any) -> list[Any]:
        """What the plugins put into a part's recap."""


class Ask(Struct, frozen=True, dict=True):
    """A line that somebody said, for the handler of a command or of talk.

    at:      the time of the message, aware UTC
    text:    the whole line, cleaned
    rest:    the text after the command word, stripped
    forced:  `!` follows the word
    bare:    the line has no prefix
    session: the running session of the room, or the session of `record`
    record:  the record that the command names, if any
    track:   the track before the command's word, else the session's, else the only track that meets in the room
    about:   the name of the track before the command's word, as it was typed; empty if there is none
    power:   the speaker's power in the room
    register: what all plugins declare: `missing`, `status`, `farewells`, `kinds` are asked through it
    cause:   id of the message (and line) that all facts of this ask get
    before:  cause of the speaker's previous line in this session; None if there is none, or it is not known any more
    mentions: pairs of words of the text and the person that they mean, as the network reports them
    form:    the bare form as it was declared (`take up agendum`); empty if `bare` is false
    in_emote: the line is a /me
    typed:   the bare form as it was typed, with a colon or comma after it (`+1,`)
    number:  index of the line in its message, from 0
    lines:   all lines of its message; empty if there is only one
    quoted:  the messages of the log that the line is a reply to, or that its command names (`log_lines`)
    edits:   for an edited line, the cause of the facts of the line that it replaces; empty if it replaces none
    """

    at: datetime
    speaker: Identity
    role: Role
    room: Room
    text: str
    rest: str
    state: StateView
    register: Declared
    cause: str
    command: Command | None = None
    forced: bool = False
    addressed: bool = False
    bare: bool = False
    session: Session | None = None
    record: RecordedItem | None = None
    track: Track | None = None
    before: str | None = None
    mentions: tuple[tuple[str, Identity], ...] = ()
    edits: str = ""
    form: str = ""
    in_emote: bool = False
    typed: str = ""
    number: int = 0
    lines: tuple[str, ...] = ()
    about: str = ""
    power: Power = Power.NONE
    quoted: tuple[Quoted, ...] = ()

    @property
    def identities(self) -> tuple[Identity, ...]:
        """All identities that are proven to be the speaker, the identity of this message first."""
        return self.state.persons.identities_of(self.speaker)

    @property
    def more(self) -> list[str]:
        """The following lines of the same message, cleaned; each also comes as a line of its own."""
        return [clean(line) for line in self.lines[self.number + 1 :]]

    @property
    def below(self) -> list[str]:
        """The following lines of the same message up to the next that begins with #, for a command that takes lines."""
        return lines_below(self.lines, self.number)

    @property
    def usage(self) -> str:
        """The syntax of the command, as an answer."""
        return f"usage: {self.command.usage}" if self.command else ""

    @property
    def setup(self) -> Setup:
        """The configuration."""
        return self.state.setup

    @property
    def running(self) -> Session:
        """The session. Raises LookupError if there is none: use it only in commands that need a session."""
        if self.session is None:
            raise LookupError("this command was declared to need a session, and was routed without one")
        return self.session

    @property
    def why_not_in_private(self) -> str | None:
        """The refusal for a speaker who can be told nothing in private later, or None."""
        return phrases.NOT_BEHIND_A_RELAY(who=self.speaker.name) if is_relayed(self.speaker) else None

    def most(self, limit: int) -> int:
        """A limit of the session for the speaker: chairs and moderators have a fifth more, which nobody can use up for them."""
        return limit + limit // 5 if self.role >= Role.CHAIR else limit

    def fold(self, name: str) -> str:
        """`name` as the room's network compares it."""
        return casefold(name, self.room.casemapping)

    def once(self, make: Callable[["Ask"], T]) -> T:
        """What `make` returns for this line, made once: for what several steps of a handler need."""
        made: dict[object, Any] = self.__dict__.setdefault("_made", {})
        if make not in made:
            made[make] = make(self)
        found: T = made[make]
        return found

    @cached_property
    def directory(self) -> Directory:
        """Everybody who can be named here: the people of the room, of the session, and of linked rooms."""
        session, rooms = self.session, [self.room]
        known: Sequence[Circle] = ()
        if session is not None:
            known = circles_of(session)
            others = (self.state.room(room) for room in session.rooms if room != self.room.id)
            rooms += [room for room in others if room is not None]
        # the first member shows whether a room's people have ids: all of them do, or none
        here, *linked = [
            Circle(room.members, with_ids=next(iter(room.members), "").startswith("@")) for room in rooms
        ]
        fold = partial(casefold, mapping=self.room.casemapping)
        return Directory((here, *known, *linked), self._same, fold, self.mentions)

    def _same(self, person: Identity) -> Hashable:
        return self.state.person_of(person, self.session)

    def look_up(self, name: str) -> Identity:
        """The identity behind a name: somebody in this room, or known in the session, else just the name.

        `rosa` also finds rosa[m], a bridge's puppet. On Matrix and in linked rooms, a display name or the first part of an
        id finds somebody if only one person has it.
        """
        return self.identity_of(Named(name, self.directory.bearers(name)))

    def identity_of(self, named: Named) -> Identity:
        """The person with this name; just the name if nobody or several people bear it."""
        return named.person or Identity(self.room.network, named.name, self.fold(named.name))

    def read_people(self) -> list[Named]:
        """The people that the rest of the line lists."""
        return self.directory.read(self.rest)


class Occasion(Struct, frozen=True):
    """An event without a line: a moment came, a slow job is done, a mail was refused, a fact was written.

    event: the incoming event
    by:    the person who caused it, if somebody did
    """

    at: datetime
    event: Incoming
    state: StateView
    register: Declared
    cause: str
    session: Session | None = None
    track: Track | None = None
    by: Identity | None = None


class Reaction(Struct, frozen=True):
    """Somebody reacted to a message; removing the reaction undoes its facts.

    emoji:   without variation selectors and skin tones
    target:  id of the message
    quoted:  the message, if the log of a session has it
    session: the running session of the room
    cause:   cause of all facts of this reaction
    """

    at: datetime
    who: Identity
    role: Role
    room: Room
    emoji: str
    target: str
    state: StateView
    register: Declared
    cause: str
    session: Session | None = None
    track: Track | None = None
    quoted: Quoted | None = None
