"""What a handler sees: who asked what, where, when, with which role, and the state at that moment."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from msgspec import Struct

from bot.core.effects import Effect
from bot.core.events import Incoming, Room
from bot.core.people.identity import Identity, casefold
from bot.core.people.names import Circle, Directory, Named
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.command import Command
from bot.core.plugin.kind import Kind
from bot.core.session.session import Entry, RecordedItem, Session
from bot.core.state.access import Role
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView
from bot.core.words.grammar import Vocabulary
from bot.core.words.text import clean


class Declared(Protocol):
    """What all plugins declare, as a handler asks for it."""

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands, by word."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of record, by word."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that are commands, and how they are typed."""

    @property
    def undoable(self) -> Mapping[type, Callable[[Session, Entry], str | None]]:
        """The facts of plugins that #undo takes back, and what each is called."""

    def missing(self, state: StateView, session: Session) -> list[str]:
        """What a session lacks, in order."""

    def status(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What can be said of a running session in a line."""

    def outlook(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What is to come in the time that is left."""

    def farewells(self, state: StateView, session: Session, at: datetime) -> list[str]:
        """What else is to be said when a session ends."""

    def closing_facts(self, state: StateView, session: Session) -> list[object]:
        """Facts by which what is open in a session ends with it."""

    def why_not_reopen(self, state: StateView, session: Session) -> str | None:
        """Why an ended session cannot be reopened any more; None when it can."""

    def why_not_advance(self, state: StateView, session: Session) -> str | None:
        """Why a session's next agenda item should wait; None when nothing speaks against it."""

    def close(self, ask: "Ask") -> Sequence[Effect] | None:
        """What #close leads to where a plugin has something open; None where none has."""

    def agenda(self, session: Session) -> list[AgendaItem]:
        """A session's agenda, in order."""

    def waiting(self, state: StateView, track: Track) -> list[AgendaItem]:
        """What waits for a track's next session, in order."""

    def remarks(self, state: StateView, item: str) -> list[str]:
        """What an agenda shows beside an item."""

    def blocks(self, part: Any) -> list[Any]:
        """What the plugins put into a part's recap."""


class Ask(Struct, frozen=True, dict=True):
    """A line that somebody said, understood as a command or seen by a talk handler.

    at:      the time of the message, aware UTC
    text:    the whole line, cleaned
    rest:    what follows the command word, blanks at both ends off
    forced:  said with `!` after the word
    bare:    said in a form that needs no prefix
    session: the one that runs in the room, or the named record's
    record:  the record that the command names, where it names one
    track:   the session's, else the only one that meets in the room
    register: what all plugins declare: `missing`, `status`, `farewells`, `kinds` are asked through it
    cause:   id of the message (and line) that all facts of this ask get
    before:  cause of what the speaker said before in this session; None when nothing, or not known any more
    mentions: words of the text, and the person whom the network says they mean
    form:    the form without prefix in which it was said (`take up agendum`); empty where it was said otherwise
    number:  which line of its message it is, from 0
    lines:   all lines of its message, as they were said; empty where it has one line
    edits:   of an edited line: the cause of what the line that it replaces made; empty where it replaces nothing
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
    number: int = 0
    lines: tuple[str, ...] = ()

    @property
    def identities(self) -> tuple[Identity, ...]:
        """All that the speaker is proven to be, the identity of this message first."""
        return self.state.persons.identities_of(self.speaker)

    @property
    def more(self) -> list[str]:
        """The lines of the same message that follow, cleaned; each comes as a line of its own too."""
        return [clean(line) for line in self.lines[self.number + 1 :]]

    @property
    def usage(self) -> str:
        """How the command is typed."""
        return f"usage: {self.command.usage}" if self.command else ""

    @property
    def setup(self) -> Setup:
        """What is configured."""
        return self.state.setup

    @property
    def running(self) -> Session:
        """The session; only for commands that need one."""
        if self.session is None:
            raise LookupError("this command was declared to need a session, and was routed without one")
        return self.session

    def fold(self, name: str) -> str:
        """`name` as the room's network compares it."""
        return casefold(name, self.room.casemapping)

    @cached_property
    def directory(self) -> Directory:
        """Everybody who may be named here: who is in the room, was in the session, is in a room linked with this one."""
        session, fold = self.session, self.fold
        rooms = [self.room]
        known: list[Circle] = []
        if session is not None:
            others = (self.state.room(room) for room in session.rooms if room != self.room.id)
            rooms += [room for room in others if room is not None]
            real_names = {fold(name): person for person, name in session.real_names}
            known = [Circle(session.known), Circle(real_names)]
        # ids are told by the first member: all of a room's people have one, or none
        here, *linked = (
            Circle(room.members, with_ids=next(iter(room.members), "").startswith("@")) for room in rooms
        )
        return Directory((here, *known, *linked), self._same, self.fold, self.mentions)

    def _same(self, person: Identity) -> Hashable:
        return self.state.person_of(person, self.session)

    def look_up(self, name: str) -> Identity:
        """The identity behind a name: somebody in this room, or known in the session, else just the name.

        `rosa` finds rosa[m], a bridge's puppet, where no rosa is. Where people are known by ids (Matrix), and in linked
        rooms, the name that is shown or the id's first part finds who alone is called so.
        """
        return self.identity_of(Named(name, self.directory.bearers(name)))

    def identity_of(self, named: Named) -> Identity:
        """Who is meant by a name that was read; just the name where nobody is, or several are."""
        return named.person or Identity(self.room.network, named.name, self.fold(named.name))

    def read_people(self) -> list[Named]:
        """The people that the rest of the line lists."""
        return self.directory.read(self.rest)


class Occasion(Struct, frozen=True):
    """Something that nobody said: a moment came, slow work is done, a mail was refused, a fact was written.

    event: what came in
    by:    who said what led to it, where somebody did
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
    """Somebody reacted to a message; taking the reaction back takes back what it caused.

    emoji:   without what only changes its look: variation selectors, tones of skin
    target:  id of the message
    session: the one that runs in the room
    cause:   id that all facts of this reaction get
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
