"""The texts of the help plugin."""

from bot.api import Command, Phrase, Role, listed
from bot.api.words import spellings

INTRODUCTION = (
    "I record sessions and write the recap: #startmeeting NAME, #topic, #info, #agreed, #action WHO to WHAT, "
    "#endmeeting; #commands lists all commands, #bothelp COMMAND explains one"
)
WHO = {
    Role.ANYONE: "",
    Role.CHAIR: " (chairs)",
    Role.MODERATOR: " (moderators)",
    Role.ADMIN: " (admins)",
}
COMMANDS = Phrase("commands: {commands}; #bothelp COMMAND explains one")
NO_SUCH_COMMAND = Phrase("there is no command {word:to 60}; #commands lists them all")
DID_YOU_MEAN = Phrase("there is no command {word:to 60}; did you mean #{meant}?")


def explained(command: Command) -> str:
    """Explain a command: usage, required role, an example and aliases."""
    words = [
        *(f"#{word}" for word in (command.word, *command.aliases)),
        *(spellings(form)[0] for form in command.bare),
    ]
    also = [word for word in words if word != command.usage.partition(" ")[0]]
    aliases = f"; also {listed(also)}" if also else ""
    return f"{command.usage}{WHO[command.role]}: {command.says}; for example: {command.example}{aliases}"
