"""Writes the pages that are made from what the bundled plugins declare.

`python -m bot.docs > docs/commands.md` and `python -m bot.docs reference > docs/reference.md`.
"""

import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping

from bot.bundled import bundled_plugins
from bot.core.facts import CORE_FACTS
from bot.core.plugin.command import Command
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.register import Register
from bot.core.plugin.registration import register
from bot.core.state.access import Role
from bot.core.state.setup import Setup

INTRODUCTION = """\
# Commands

<!-- made by `python -m bot.docs > docs/commands.md` from what the plugins declare -->

A command stands at the start of a line, in any case, behind `#` or `!`, or behind the bot's name
(`gatherbot: topic CI`), or alone in a private message to the bot. Records may stand behind `^` as well. Other
signs can be configured. What is no command is talk: `#1234`, `#starlingx is great`, quoted lines. `[off]` before a
line and `/me` keep it out of the log and the record. What needs no prefix stands under *also*: a word in brackets may be
left out there, and of `agendum|item` one is said.

A **chair** of a session is who started it, and whom a chair adds. A **moderator** may do all that a chair may: who
is configured as one, and an operator of the channel. Records are numbered through a track's whole gathering, so `#edit 12`
means the same record tomorrow.
"""

OTHER_WORDS = """\
## Other words

Words of other bots, and what people type without looking it up. They count while a session runs; before one, only those
that open it or ask for the agenda or the recap do. Labels may stand in brackets as well: `[ACTION] text`. `[habits]` in the
configuration turns labels off. Where a command was meant in vain (`ok #action ...`, `action: ...`), a private hint, once in a
session, says how it is typed.
"""

REFERENCE = """\
# Plugins and facts

<!-- made by `python -m bot.docs reference > docs/reference.md` from what the plugins declare -->

These plugins come with the bot; all of them take part unless `plugins_without` in `[bot]` takes one out. The
journal consists of the facts below. Each has a place (stream), a cause, a time and a speaker in addition to its fields.
"""


def who(role: Role) -> str:
    """Who may use a command, as the page says it."""
    return role.name.lower()


def cell(text: str) -> str:
    """`text` as a cell of a Markdown table holds it."""
    return text.replace("|", "\\|")


def commands_page(declared: Register) -> str:
    """The page of all commands, a section for each plugin."""
    sections = [INTRODUCTION]
    for plugin in declared.plugins:
        commands = [command for command in declared.commands.values() if command.plugin == plugin.name]
        if commands:
            sections.append("\n".join(_section(plugin.title, commands)) + "\n")
    if declared.vocabulary.synonyms:
        sections.append("\n".join(_synonyms(declared)) + "\n")
    return "\n".join(sections)


def _synonyms(declared: Register) -> Iterator[str]:
    yield OTHER_WORDS
    yield "| means | after a prefix | at the start of a line |"
    yield "|---|---|---|"
    words, labels = _by_meaning(declared.vocabulary.synonyms), _by_meaning(declared.vocabulary.labels)
    for meant in {**words, **labels}:
        typed = " ".join(f"`#{word}`" for word in words.get(meant, ()))
        yield f"| `#{meant}` | {typed} | {' '.join(f'`{label}:`' for label in labels.get(meant, ()))} |"
    yield "\nThese words are answered with a line that says what to use:\n"
    yield " ".join(f"`#{word}`" for word in sorted(declared.vocabulary.advice))


def _by_meaning(words: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, meant in words.items():
        found.setdefault(meant, []).append(word)
    return found


def _section(title: str, commands: list[Command]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| command | who | what | also |"
    yield "|---|---|---|---|"
    for command in sorted(commands, key=lambda command: (not command.about_track, command.typed[0] == "~")):
        yield f"| `{cell(command.usage)}` | {who(command.role)} | {cell(command.says)} | {_also(command)} |"


def _also(command: Command) -> str:
    bare = [form for form in command.bare if not command.usage.startswith(form)]
    prefixed = [] if command.usage.startswith("#") else [f"#{command.word}"]
    before = "#TRACK " if command.about_track else "#"
    others = [*prefixed, *bare, *(f"{before}{alias}" for alias in command.aliases)]
    return " ".join(f"`{cell(other)}`" for other in others)


def bundled_register() -> Register:
    """What the bundled plugins declare where nothing is configured."""
    return register(bundled_plugins(), Setup())


def reference_page(declared: Register) -> str:
    """The page of all plugins and all facts."""
    lines = [REFERENCE, "## Plugins\n", "| plugin | what it does | settings |", "|---|---|---|"]
    lines += [f"| `{plugin.name}` | {_says(plugin)} | {_settings(plugin)} |" for plugin in declared.plugins]
    lines += ["\n## Facts", *_facts("The engine", CORE_FACTS)]
    for plugin in declared.plugins:
        lines += _facts(f"`{plugin.name}`", plugin.facts)
    return "\n".join(lines) + "\n"


def _says(plugin: Plugin) -> str:
    module = inspect.getmodule(sys.modules[f"plugins.{plugin.name}"])
    said = cell((inspect.getdoc(module) or "").partition("\n\n")[0].replace("\n", " "))
    return said.partition(": ")[2] or said


def _settings(plugin: Plugin) -> str:
    tables = [f"`[{plugin.table[0]}]`"] if plugin.table else []
    tables += ["`[gathering]`"] if plugin.gathering_table else []
    tables += ["`[[track]]`"] if plugin.track_table else []
    return ", ".join(tables)


def _facts(title: str, facts: Iterable[type]) -> list[str]:
    rows = [
        f"| `{fact.__name__}` | {cell(_first_paragraph(fact))} | {_fields(fact)} |"
        for fact in sorted(facts, key=lambda fact: fact.__name__)
    ]
    return [f"\n### {title}\n", "| fact | what happened | fields |", "|---|---|---|", *rows] if rows else []


def _first_paragraph(fact: type) -> str:
    return (inspect.getdoc(fact) or "").partition("\n\n")[0].replace("\n", " ")


def _fields(fact: type) -> str:
    return ", ".join(f"`{name}`" for name in inspect.get_annotations(fact))


if __name__ == "__main__":
    page = reference_page if sys.argv[1:] == ["reference"] else commands_page
    sys.stdout.write(page(bundled_register()))
