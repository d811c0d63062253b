"""All that the configured plugins declare, put together and checked; a clash is a fault at start."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.effects import Effect
from bot.core.facts import CORE_FACTS
from bot.core.people.identity import Identity
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Ask
from bot.core.plugin.ballots import Ballots
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
from bot.core.plugin.recording import command_of
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView
from bot.core.words.grammar import Vocabulary, spellings


class PluginClashError(ValueError):
    """Two plugins claim the same word, moment, job, or fact; the message names all clashes."""


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
            one
            for plugin in self.plugins
            for missing in plugin.session.end_check
            for one in missing(state, session)
        ]
        return [one.text for one in sorted(found, key=lambda one: one.order)]

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

    def ballots(self, session: Session) -> list[Ballots]:
        """The votes behind records of a session that are results."""
        return [
            one for plugin in self.plugins for ballots in plugin.recap.ballots for one in ballots(session)
        ]

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
            one
            for plugin in self.plugins
            for quotes in (*plugin.edits.quotes, *(kept.quotes for kept in plugin.carried_over))
            for one in quotes(state, session)
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
        told = (
            one for plugin in self.plugins for parties in plugin.session.parties for one in parties(session)
        )
        return any(one.network == person.network and one.key == person.key for one in told)

    def room_topic(self, state: StateView, session: Session) -> str | None:
        """What the topic of a session's rooms should be; None leaves them alone."""
        told = (topic(state, session) for plugin in self.plugins for topic in plugin.session.room_topic)
        return next((text for text in told if text is not None), None)

    def blocks(self, part: Any) -> list[Any]:
        """What the plugins put into a part's recap."""
        return [block for plugin in self.plugins for blocks in plugin.recap.blocks for block in blocks(part)]


def register(plugins: Iterable[Plugin], setup: Setup) -> Register:
    """Put the plugins together. Raises PluginClashError where two claim the same."""
    chosen = tuple(plugins)
    kinds = [
        replace(kind, plugin=plugin.name)
        for plugin in chosen
        for kind in (*plugin.kinds, *(k for configured in plugin.configured_kinds for k in configured(setup)))
    ]
    commands = [command for plugin in chosen for command in plugin.commands]
    commands += [command_of(kind) for kind in kinds if kind.typed and not _has_its_own(kind, commands)]
    clashes: list[str] = []
    words = _words(commands, clashes)
    _claim(((kind.word, kind.word, kind.plugin) for kind in kinds if _is_shadowed(kind, kinds)), clashes)
    forms = [(form, declared, c) for c in commands for declared in c.bare for form in spellings(declared)]
    bare = _claim(((form, c.word, c.plugin) for form, _, c in forms), clashes)
    alone = _claim(((word, c.word, c.plugin) for c in commands for word in c.when_alone), clashes)
    arrivals = _arrivals(chosen, clashes)
    _claim(((name, name, p.name) for p in chosen for name in p.jobs), clashes)
    _claim(
        [(fact.__name__, "", "the engine") for fact in CORE_FACTS]
        + [(fact.__name__, "", p.name) for p in chosen for fact in p.facts],
        clashes,
    )
    if clashes:
        raise PluginClashError("; ".join(clashes))
    return Register(
        plugins=chosen,
        commands={command.word: command for command in commands},
        kinds={kind.word: kind for kind in kinds},
        vocabulary=Vocabulary(
            prefixes=setup.prefixes,
            record_prefixes=setup.record_prefixes,
            words=words,
            bare=bare,
            for_records=frozenset(kind.word for kind in kinds if kind.typed),
            alone=alone,
            declared={form: declared for form, declared, _ in forms if form != declared},
        ),
        talks=tuple(talk for plugin in chosen for talk in plugin.talks),
        talk_starts=tuple(start for plugin in chosen for talk in plugin.talks for start in talk.starts),
        jobs={name: job for plugin in chosen for name, job in plugin.jobs.items()},
        arrivals=arrivals,
        consequences=_consequences(chosen),
        overhearers=_overhearers(chosen, setup),
        reactions=tuple(handler for plugin in chosen for handler in plugin.reaction),
        blanks=Blanks(
            own={fact: blank for plugin in chosen for fact, blank in plugin.blanks.items()},
            names={fact: names for plugin in chosen for fact, names in plugin.names_in_facts.items()},
            copies={fact: copy for plugin in chosen for fact, copy in plugin.copies.items()},
        ),
        undoable=_undoable(chosen),
    )


def _arrivals(
    plugins: Iterable[Plugin], clashes: list[str]
) -> dict[tuple[type, str], tuple[OccasionHandler, ...]]:
    """Who answers an event that nobody said; what has a name, one function alone."""
    found: dict[tuple[type, str], tuple[OccasionHandler, ...]] = {}
    for plugin in plugins:
        for key, handlers in plugin.arrivals.functions.items():
            found[key] = (*found.get(key, ()), *handlers)
            if key[1] and len(found[key]) > 1:
                clashes.append(f"{key[1]} is claimed twice, the second time by {plugin.name}")
    return found


def _undoable(plugins: Iterable[Plugin]) -> dict[type, Undoable]:
    """What #undo calls the facts of plugins."""
    found: dict[type, Undoable] = {}
    for plugin in plugins:
        found |= {fact: _name_in_words for fact in plugin.facts if fact not in plugin.not_undone}
        found |= plugin.edits.undoable.last()
    return found


def _name_in_words(_: Session, entry: Entry) -> str:
    """The name of a fact in words: "topic parked"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(entry.fact).__name__).lower()


def _consequences(plugins: Iterable[Plugin]) -> dict[type, tuple[Consequence, ...]]:
    found: dict[type, tuple[Consequence, ...]] = {}
    for plugin in plugins:
        for fact, functions in plugin.upon.functions.items():
            found[fact] = (*found.get(fact, ()), *functions)
    return found


def _overhearers(plugins: Iterable[Plugin], setup: Setup) -> dict[str, tuple[OccasionHandler, ...]]:
    """Who hears all that is said in a room, by room."""
    found: dict[str, tuple[OccasionHandler, ...]] = {}
    for plugin in plugins:
        for rooms, handler in plugin.overhearings:
            for room in dict.fromkeys(rooms(setup)):
                found[room] = (*found.get(room, ()), handler)
    return found


def _has_its_own(kind: Kind, commands: Iterable[Command]) -> bool:
    """Whether a kind's plugin declares the command of its word itself, which records it and does more."""
    return any(one.word == kind.word and one.plugin == kind.plugin for one in commands)


def _is_shadowed(kind: Kind, kinds: list[Kind]) -> bool:
    """Whether another kind has the same word and no command of its own shows the clash."""
    same = [one for one in kinds if one.word == kind.word]
    return len(same) > 1 and not all(one.typed for one in same)


def _words(commands: list[Command], clashes: list[str]) -> dict[str, str]:
    return _claim(((word, c.word, c.plugin) for c in commands for word in (c.word, *c.aliases)), clashes)


def _claim(claims: Iterable[tuple[str, str, str]], clashes: list[str]) -> dict[str, str]:
    taken: dict[str, tuple[str, str]] = {}
    for word, canonical, plugin in claims:
        if word in taken:
            clashes.append(f"{word} is claimed by {taken[word][1]} and {plugin}")
        else:
            taken[word] = (canonical, plugin)
    return {word: canonical for word, (canonical, _) in taken.items()}
