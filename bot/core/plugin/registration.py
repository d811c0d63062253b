"""Puts the declarations of all configured plugins together and checks them; a clash is reported at start."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from bot.core.facts import CORE_FACTS
from bot.core.plugin.command import Command
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.hooks import (
    Consequence,
    OccasionHandler,
    Undoable,
)
from bot.core.plugin.kind import Kind
from bot.core.plugin.recording import command_of
from bot.core.plugin.register import Register
from bot.core.plugin.synonyms import Synonyms
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import Entry, Session
from bot.core.state.setup import Setup
from bot.core.words.grammar import Vocabulary, spellings
from bot.core.words.track_commands import TRACK_COMMAND


class PluginClashError(ValueError):
    """Plugins do not fit together: two claim the same word, job or fact, or one edits a command that it lacks.

    The message names all clashes.
    """


def register(plugins: Iterable[Plugin], setup: Setup) -> Register:
    """Put the plugins together. Raises PluginClashError if they do not fit together."""
    chosen = tuple(plugins)
    kinds = [
        replace(kind, plugin=plugin.name)
        for plugin in chosen
        for kind in (*plugin.kinds, *(k for configured in plugin.configured_kinds for k in configured(setup)))
    ]
    commands = [command for plugin in chosen for command in plugin.commands]
    commands += [command_of(kind) for kind in kinds if kind.typed and not _has_its_own(kind, commands)]
    clashes: list[str] = []
    _claim(((kind.word, kind.word, kind.plugin) for kind in kinds if _is_shadowed(kind, kinds)), clashes)
    vocabulary = _vocabulary(chosen, commands, kinds, setup, clashes)
    arrivals = _arrivals(chosen, clashes)
    _claim_names(chosen, clashes)
    _claim(((path, path, plugin.name) for plugin in chosen for path in plugin.web.paths()), clashes)
    clashes += [clash for plugin in chosen for clash in _edits_of_nothing(plugin)]
    if clashes:
        raise PluginClashError("; ".join(clashes))
    return Register(
        plugins=chosen,
        commands={command.word: command for command in commands},
        kinds={kind.word: kind for kind in kinds},
        vocabulary=vocabulary,
        talks=tuple(talk for plugin in chosen for talk in plugin.talks),
        talk_starts=tuple(start for plugin in chosen for talk in plugin.talks for start in talk.starts),
        talk_patterns=tuple(talk for plugin in chosen for talk in plugin.talks if talk.has_pattern),
        jobs={name: job for plugin in chosen for name, job in plugin.jobs.items()},
        heard={name: hears for plugin in chosen for name, hears in plugin.heard.items()},
        arrivals=arrivals,
        consequences=_consequences(chosen),
        overhearers=_overhearers(chosen, setup),
        reactions=tuple(handler for plugin in chosen for handler in plugin.reaction),
        blanks=Blanks(
            own={fact: blank for plugin in chosen for fact, blank in plugin.blanks.items()},
            names={fact: names for plugin in chosen for fact, names in plugin.names_in_facts.items()},
            copies={fact: copy for plugin in chosen for fact, copy in plugin.copies.items()},
            stay=frozenset(fact for plugin in chosen for fact in plugin.not_redacted),
        ),
        undoable=_undoable(chosen),
        undone_by_one=frozenset(fact for plugin in chosen for fact in plugin.undone_by_one),
        gathering_rooms=frozenset(setup.gathering.rooms),
        streams=tuple(stream for plugin in chosen for stream in plugin.streams),
    )


def _vocabulary(
    plugins: Iterable[Plugin],
    commands: list[Command],
    kinds: Iterable[Kind],
    setup: Setup,
    clashes: list[str],
) -> Vocabulary:
    """All words and forms of commands, and the synonyms for them."""
    words = _words((c for c in commands if not c.about_track), clashes)
    forms = [(form, declared, c) for c in commands for declared in c.bare for form in spellings(declared)]
    others = _synonyms(plugins, setup, words)
    return Vocabulary(
        prefixes=setup.prefixes,
        record_prefixes=setup.record_prefixes,
        words=words,
        bare=_claim(((form, c.word, c.plugin) for form, _, c in forms), clashes),
        for_records=frozenset(kind.word for kind in kinds if kind.typed),
        alone=_claim(((word, c.word, c.plugin) for c in commands for word in c.when_alone), clashes),
        declared={form: declared for form, declared, _ in forms if form != declared},
        synonyms=others.words,
        labels=others.labels,
        advice=others.advice,
        about_tracks=_about_tracks(commands, clashes),
    )


def _about_tracks(commands: Iterable[Command], clashes: list[str]) -> dict[str, str]:
    """The words of commands about a track, which stand after its name."""
    found = [command for command in commands if command.about_track]
    return _claim(
        (
            (word.removeprefix(TRACK_COMMAND), c.word, c.plugin)
            for c in found
            for word in (c.word, *c.aliases)
        ),
        clashes,
    )


def _synonyms(plugins: Iterable[Plugin], setup: Setup, words: Mapping[str, str]) -> Synonyms:
    """The synonyms of all plugins for commands that there are; a word that a plugin declares is none."""
    found = [synonyms(setup) for plugin in plugins for synonyms in plugin.synonyms]
    meaning = {
        word: f"{words[command]} {text}".rstrip()
        for one in found
        for word, meant in one.words.items()
        for command, _, text in [meant.partition(" ")]
        if word not in words and command in words
    }
    labels = {label: words[word] for one in found for label, word in one.labels.items() if word in words}
    advice = {
        word: said for one in found for word, said in one.advice.items() if word not in {*words, *meaning}
    }
    return Synonyms(meaning, labels, advice)


def _claim_names(plugins: Iterable[Plugin], clashes: list[str]) -> None:
    """Let no two plugins use one name for a job or a fact: the journal knows facts by their names."""
    _claim(((name, name, p.name) for p in plugins for name in p.jobs), clashes)
    _claim(
        [(fact.__name__, "", "the engine") for fact in CORE_FACTS]
        + [(fact.__name__, "", p.name) for p in plugins for fact in p.facts],
        clashes,
    )
    _claim(((stream, stream, p.name) for p in plugins for stream in p.streams), clashes)


def _edits_of_nothing(plugin: Plugin) -> Iterator[str]:
    own = {command.word for command in plugin.commands}
    hooks = {"line_edited": plugin.edits.line_edited, "line_removed": plugin.edits.line_removed}
    for hook, by_word in hooks.items():
        for word in by_word.functions:
            if word not in own:
                yield f'{plugin.name} declares {hook}("{word}"), but no command #{word}'


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
    return any(command.word == kind.word and command.plugin == kind.plugin for command in commands)


def _is_shadowed(kind: Kind, kinds: list[Kind]) -> bool:
    """Whether another kind has the same word and no command of its own shows the clash."""
    same = [other for other in kinds if other.word == kind.word]
    return len(same) > 1 and not all(other.typed for other in same)


def _words(commands: Iterable[Command], clashes: list[str]) -> dict[str, str]:
    return _claim(((word, c.word, c.plugin) for c in commands for word in (c.word, *c.aliases)), clashes)


def _claim(claims: Iterable[tuple[str, str, str]], clashes: list[str]) -> dict[str, str]:
    taken: dict[str, tuple[str, str]] = {}
    for word, canonical, plugin in claims:
        if word in taken:
            clashes.append(f"{word} is claimed by {taken[word][1]} and {plugin}")
        else:
            taken[word] = (canonical, plugin)
    return {word: canonical for word, (canonical, _) in taken.items()}
