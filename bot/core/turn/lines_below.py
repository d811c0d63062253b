"""Lines of a message that belong to a command above them, which takes them."""

from bot.core.events import Message
from bot.core.plugin.register import Register
from bot.core.words.grammar import read
from bot.core.words.message_lines import MOST_LINES, begins_command
from bot.core.words.text import clean


def is_below(message: Message, register: Register, names: tuple[str, ...]) -> bool:
    """Whether a line belongs to a command above it that takes lines, and no line from there to it begins with #."""
    if begins_command(message.lines[message.number]):
        return False
    above = reversed(message.lines[max(0, message.number - MOST_LINES) : message.number])
    begun = next((clean(line) for line in above if begins_command(line)), "")
    spoken = read(begun, register.vocabulary, names) if begun else None
    command = register.commands.get(spoken.word) if spoken is not None and spoken.known else None
    return command is not None and command.takes_lines
