"""The help page: the commands by subject, what people who take part need first."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from bot.api import Command, Role
from bot.api.web import View
from bot.api.words import spellings
from plugins.help import cheatsheet, phrases
from plugins.help.declaration import plugin

FIRST = (
    "records", "actions", "questions", "corrections", "floor", "votes", "attendance", "board", "schedule",
    "subscriptions", "agenda", "sessions",
)  # fmt: skip
WHO = {Role.ANYONE: "", Role.CHAIR: "chairs", Role.MODERATOR: "moderators", Role.ADMIN: "admins"}


class Explained(Struct, frozen=True):
    """A command; `who` is empty where everybody may use it, and `also` are its other forms."""

    word: str
    usage: str
    says: str
    example: str
    who: str
    also: tuple[str, ...]


class Subject(Struct, frozen=True):
    """The commands about a subject."""

    name: str
    title: str
    commands: tuple[Explained, ...]


@plugin.web.page("/help", title="Help", menu=200, template="help/help.html")
def help_page(view: View) -> dict[str, Any]:
    """Return the cheat sheet, what is typed in the gathering's own rooms, and all commands."""
    commands: Iterable[Command] = view.register.commands.values()
    rooms = [room.partition("/")[2] for room in view.state.setup.gathering.rooms]
    return {
        "hints": list(hints()),
        "rooms": rooms,
        "in_rooms": phrases.signs(commands) if rooms else "",
        "subjects": list(subjects(commands, view.register.titles, view.register.kinds)),
    }


def hints() -> Iterator[tuple[str, str]]:
    """Yield the lines of the cheat sheet, each with what it is about."""
    for line in cheatsheet.TEXT.splitlines()[1:]:
        about, _, said = line.partition(": ")
        yield about, said


def subjects(
    commands: Iterable[Command], titles: Mapping[str, str], kinds: Container[str] = ()
) -> Iterator[Subject]:
    """Yield the subjects with their commands: those that everybody may use before those of chairs and moderators.

    kinds: words of kinds of record, which come before other commands
    """
    by_plugin: dict[str, list[Command]] = {}
    for command in commands:
        by_plugin.setdefault(command.plugin, []).append(command)
    for name in sorted(by_plugin, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        ordered = sorted(by_plugin[name], key=lambda command: (command.role, command.word not in kinds))
        yield Subject(name, titles.get(name, name.capitalize()), tuple(map(explained, ordered)))


def explained(command: Command) -> Explained:
    """Return what the page says of a command."""
    bare = [spellings(form)[0] for form in command.bare]
    others = [form for form in bare if not command.usage.startswith(form)]
    before = "#TRACK " if command.about_track else "#"
    also = (*others, *(f"{before}{alias}" for alias in command.aliases))
    return Explained(
        command.word,
        command.usage,
        command.says,
        command.example,
        WHO[command.role],
        tuple(dict.fromkeys(also)),
    )
