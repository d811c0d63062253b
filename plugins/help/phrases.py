"""Everything that the help plugin says."""

from collections.abc import Sequence

from bot.api import Command, Role, listed, shortened, spellings

INTRODUCTION = (
    "I record sessions and write the recap: #startmeeting NAME, #topic, #info, #agreed, #action WHO to WHAT, "
    "#endmeeting; #commands lists all, #bothelp COMMAND explains one"
)
WHO = {
    Role.ANYONE: "",
    Role.CHAIR: " (chairs)",
    Role.MODERATOR: " (moderators)",
    Role.ADMIN: " (admins)",
}


def commands(words: Sequence[str]) -> str:
    """All commands."""
    return f"commands: {' '.join(f'#{word}' for word in words)}; #bothelp COMMAND explains one"


def explained(command: Command) -> str:
    """One command."""
    words = [
        *(f"#{word}" for word in (command.word, *command.aliases)),
        *(spellings(form)[0] for form in command.bare),
    ]
    also = [word for word in words if word != command.usage.partition(" ")[0]]
    aliases = f"; also {listed(also)}" if also else ""
    return f"{command.usage}{WHO[command.role]}: {command.says}; for example: {command.example}{aliases}"


def no_such_command(word: str, meant: str | None) -> str:
    """Help for a word that is no command."""
    hint = f"did you mean #{meant}?" if meant else "#commands lists all"
    return f"there is no command {shortened(word, 60)}; {hint}"
