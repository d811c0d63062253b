"""Help about the bot: which commands there are, and each with its usage and an example."""

from collections.abc import Sequence

from bot.api import Ask, Effect, Needs, Plugin, Reply, near_miss
from plugins.help import phrases

plugin = Plugin("help")


@plugin.command(
    "commands",
    usage="#commands",
    says="which commands there are",
    example="#commands",
    needs=Needs.NOTHING,
)
def commands(ask: Ask) -> Sequence[Effect]:
    """List the commands."""
    return [Reply(phrases.commands(sorted(ask.register.commands)))]


@plugin.command(
    "bothelp",
    usage="#bothelp [command]",
    says="what a command does, and how it is typed",
    example="#bothelp action",
    when_alone=("help",),  # MeetBot's call for help has a text; who says nothing more wants to know the bot
    needs=Needs.NOTHING,
)
def bothelp(ask: Ask) -> Sequence[Effect]:
    """Explain one command, or the help itself."""
    if not ask.rest:
        return [Reply(phrases.INTRODUCTION)]
    word = ask.rest.split()[0].lstrip("".join((*ask.setup.prefixes, *ask.setup.record_prefixes))).lower()
    words = {**ask.register.vocabulary.words, **ask.register.vocabulary.bare}
    phrase = " ".join(ask.rest.lower().split())
    command = ask.register.commands.get(words.get(phrase, words.get(word, "")))
    if command is None:
        return [Reply(phrases.no_such_command(ask.rest.split()[0], near_miss(word, words)))]
    return [Reply(phrases.explained(command))]
