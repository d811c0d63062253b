"""The texts of the help plugin."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from bot.api import Command, Phrase, Role, listed
from bot.api.words import spellings

INTRODUCTION = (
    "I record sessions and write the recap: #startmeeting NAME, #topic, #info, #agreed, #action WHO to WHAT, "
    "#endmeeting; #commands lists all commands, #bothelp COMMAND explains one"
)
ON_THE_BOARD = Phrase("{commands}; #bothelp TRACK now explains one, #commands lists those of sessions too")
IN_PRIVATE = (
    "in private: status, actions mine, subscribe, remindme, in, out, seen, TRACK now, schedule, help COMMAND"
)
WHO = {
    Role.ANYONE: "",
    Role.CHAIR: " (chairs)",
    Role.MODERATOR: " (moderators)",
    Role.ADMIN: " (admins)",
}
EXPLAINS = "#bothelp COMMAND explains one"
COMMANDS = Phrase("{n:# command}: I sent them to you in private; #bothelp COMMAND explains one")
CHEATSHEET = "I sent it to you in private; #bothelp COMMAND explains one command"
NO_SUCH_COMMAND = Phrase("there is no command {word:to 60}; #commands lists them all")
DID_YOU_MEAN = Phrase("there is no command {word:to 60}; did you mean #{meant}?")


GROUPS = {
    Role.ANYONE: "everybody",
    Role.CHAIR: "chairs",
    Role.MODERATOR: "moderators",
    Role.ADMIN: "admins",
}
GROUP = Phrase("{who}: {commands}")
TRACK = "#TRACK "
WIDTH = 380  # characters; a longer line would be two messages on IRC


def grouped(words: Mapping[Role, Sequence[str]]) -> list[str]:
    """List the words of commands by role: what everybody can use on lines of its own, then the rest."""
    groups = {
        role: GROUP(who=GROUPS[role], commands=" ".join(_in_order(words[role])))
        for role in GROUPS
        if words.get(role)
    }
    for_all = groups.pop(Role.ANYONE, "")
    return [*_even_lines(for_all), *_even_lines("; ".join([*groups.values(), EXPLAINS]))]


def signs(commands: Iterable[Command]) -> str:
    """The commands of the gathering's own rooms: about a track and what goes with it, of people and of moderators."""
    known = list(commands)
    about_tracks = {command.plugin for command in known if command.about_track}
    typed = [one.typed for one in known if one.plugin in about_tracks or one.typed[0] in "+~"]
    *others, about = _in_order(typed)
    return " ".join([about, *others])


def _in_order(words: Sequence[str]) -> list[str]:
    """Words in order; those about a track share what stands before them: `#TRACK clean|now`."""
    about = sorted(word.removeprefix(TRACK) for word in words if word.startswith(TRACK))
    others = sorted((word for word in words if not word.startswith(TRACK)), key=lambda word: (word[0], word))
    return [*others, *([TRACK + "|".join(about)] if about else [])]


def _even_lines(text: str) -> list[str]:
    """Break a text into as few lines as it needs, of nearly the same length."""
    number = -(-len(text) // WIDTH)
    return wrap(text, min(WIDTH, len(text) // max(number, 1) + 20)) if number > 1 else [text]


def explained(command: Command) -> str:
    """Explain a command: usage, required role, an example and aliases."""
    track = "#TRACK " if command.about_track else "#"
    words = [
        *([] if command.about_track else [f"#{command.word}"]),
        *(f"{track}{word}" for word in command.aliases),
        *(spellings(form)[0] for form in command.bare),
    ]
    also = [word for word in words if word != command.usage.partition(" ")[0]]
    aliases = f"; also {listed(also)}" if also else ""
    return f"{command.usage}{WHO[command.role]}: {command.says}; for example: {command.example}{aliases}"
