"""Help: the list of commands, and the usage and an example of each."""

from collections.abc import Sequence

from bot.api import Ask, Command, Effect, Needs, Reply, Role, in_private
from bot.api.words import near_miss
from plugins.help import cheatsheet, page, phrases
from plugins.help.declaration import plugin

__all__ = ["page", "plugin"]


@plugin.command(
    "commands",
    usage="#commands",
    says="lists all commands by role, in private",
    example="#commands",
    needs=Needs.NOTHING,
)
def commands(ask: Ask) -> Sequence[Effect]:
    """List the commands by role: in private, because that takes three lines."""
    words: dict[Role, list[str]] = {}
    for command in ask.register.commands.values():
        words.setdefault(command.role, []).append(command.typed)
    return in_private(ask, "\n".join(phrases.grouped(words)), phrases.COMMANDS(n=len(ask.register.commands)))


@plugin.command(
    "cheatsheet",
    aliases=("cheat",),
    usage="#cheatsheet",
    says="shows in private what people who take part type",
    example="#cheatsheet",
    needs=Needs.NOTHING,
)
def show_cheatsheet(ask: Ask) -> Sequence[Effect]:
    """Show the cheat sheet: in private, because it takes ten lines."""
    return in_private(ask, cheatsheet.TEXT, phrases.CHEATSHEET)


def is_elsewhere(ask: Ask) -> bool:
    """Whether a form without prefix is talk: ptgbot's people ask so in the gathering's own rooms."""
    return not (ask.room.private or ask.setup.is_gathering_room(ask.room.id))


@plugin.command(
    "bothelp",
    bare=("+help", "~help"),
    is_talk=is_elsewhere,
    usage="#bothelp [command]",
    says="explains what a command does and how to type it",
    example="#bothelp action",
    when_alone=("help",),  # MeetBot's #help records its text; without text it asks for help
    needs=Needs.NOTHING,
)
def bothelp(ask: Ask) -> Sequence[Effect]:
    """Explain a command, or introduce the bot."""
    if not ask.rest and ask.setup.is_gathering_room(ask.room.id):
        return [Reply(phrases.ON_THE_BOARD(commands=phrases.signs(ask.register.commands.values())))]
    if not ask.rest:
        more = f"; {phrases.IN_PRIVATE}" if ask.room.private else ""
        return [Reply(f"{phrases.INTRODUCTION}{more}")]
    found = _asked_about(ask)
    if not found:
        return [Reply(_no_such_command(ask))]
    return [Reply("; ".join(map(phrases.explained, found)))]


def _signs(ask: Ask) -> str:
    """The characters that may stand before a word."""
    return "".join((*ask.setup.prefixes, *ask.setup.record_prefixes))


def _asked_about(ask: Ask) -> list[Command]:
    """The commands that the text names: by a word or a form, or `TRACK now` and `nova now` for one about a track."""
    known, commands = ask.register.vocabulary, ask.register.commands
    words = {**known.words, **known.bare}
    phrase = " ".join(ask.rest.lower().split())
    first, _, second = phrase.lstrip(_signs(ask)).partition(" ")
    about = known.about_tracks.get(second)
    if about is not None and (first == "track" or ask.setup.track(first) is not None):
        return [commands[about]]
    found = [words.get(phrase, words.get(first)), known.about_tracks.get(first)]
    return [commands[word] for word in found if word is not None]


def _no_such_command(ask: Ask) -> str:
    typed = ask.rest.split()[0]
    vocabulary = ask.register.vocabulary
    known = {**vocabulary.words, **vocabulary.bare, **vocabulary.about_tracks}
    meant = near_miss(typed.lstrip(_signs(ask)).lower(), known)
    if meant is None:
        return phrases.NO_SUCH_COMMAND(word=typed)
    return phrases.DID_YOU_MEAN(word=typed, meant=meant)
