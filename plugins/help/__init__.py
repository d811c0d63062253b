"""Help: the list of commands, and the usage and an example of each."""

from collections.abc import Sequence

from bot.api import Ask, Effect, Needs, Reply, Role, in_private
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
        words.setdefault(command.role, []).append(command.word)
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


@plugin.command(
    "bothelp",
    usage="#bothelp [command]",
    says="explains what a command does and how to type it",
    example="#bothelp action",
    when_alone=("help",),  # MeetBot's #help records its text; without text it asks for help
    needs=Needs.NOTHING,
)
def bothelp(ask: Ask) -> Sequence[Effect]:
    """Explain a command, or introduce the bot."""
    if not ask.rest:
        more = f"; {phrases.IN_PRIVATE}" if ask.room.private else ""
        return [Reply(f"{phrases.INTRODUCTION}{more}")]
    word = ask.rest.split()[0].lstrip("".join((*ask.setup.prefixes, *ask.setup.record_prefixes))).lower()
    words = {**ask.register.vocabulary.words, **ask.register.vocabulary.bare}
    phrase = " ".join(ask.rest.lower().split())
    command = ask.register.commands.get(words.get(phrase, words.get(word, "")))
    if command is None:
        typed, meant = ask.rest.split()[0], near_miss(word, words)
        if meant is None:
            return [Reply(phrases.NO_SUCH_COMMAND(word=typed))]
        return [Reply(phrases.DID_YOU_MEAN(word=typed, meant=meant))]
    return [Reply(phrases.explained(command))]
