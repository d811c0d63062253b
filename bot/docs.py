"""Writes the page of all commands from what the bundled plugins declare: `python -m bot.docs > docs/commands.md`."""

import sys
from collections.abc import Iterator

from bot.bundled import bundled_plugins
from bot.core.plugin.declarations import Command
from bot.core.plugin.register import Register, register
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

TITLES = {
    "sessions": "Sessions",
    "agenda": "Agenda and topics",
    "topics": "Subtopics and teams",
    "timekeeping": "Time",
    "records": "Records",
    "actions": "Actions",
    "questions": "Questions and calls",
    "corrections": "Mending",
    "attendance": "People",
    "floor": "Speaker queue",
    "votes": "Votes",
    "subscriptions": "Pings",
    "identity": "Who is who",
    "recap": "Recap",
    "relay": "Relay",
    "help": "Help",
}


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
        commands = [one for one in declared.commands.values() if one.plugin == plugin.name]
        if commands:
            title = TITLES.get(plugin.name, plugin.name.capitalize())
            sections.append("\n".join(_section(title, commands)) + "\n")
    return "\n".join(sections)


def _section(title: str, commands: list[Command]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| command | who | what | also |"
    yield "|---|---|---|---|"
    for command in commands:
        yield f"| `{cell(command.usage)}` | {who(command.role)} | {cell(command.says)} | {_also(command)} |"


def _also(command: Command) -> str:
    bare = [form for form in command.bare if not command.usage.startswith(form)]
    prefixed = [] if command.usage.startswith("#") else [f"#{command.word}"]
    others = [*prefixed, *bare, *(f"#{alias}" for alias in command.aliases)]
    return " ".join(f"`{cell(other)}`" for other in others)


def bundled_register() -> Register:
    """What the bundled plugins declare where nothing is configured."""
    return register(bundled_plugins(), Setup())


if __name__ == "__main__":
    sys.stdout.write(commands_page(bundled_register()))
