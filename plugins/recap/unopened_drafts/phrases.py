"""What maintainers and rooms hear of a draft that nobody has looked at."""

from bot.api import Phrase

SUBJECT = Phrase("Reminder[: {subject}]")
BODY = Phrase(
    "Nobody has looked at the draft of {recap} yet.\n\n"
    "In the room, #recap tells what it lacks, #recap approve sends it, and\n#recap hold stops it."
    "[ Unless somebody does, {address} gets it, marked DRAFT, at {until}.]"
    "[ Unless somebody does, {unsent} does not get it.]\n\n"
    "This is the only reminder.\n"
)
WAITS = Phrase("nobody has looked at {recap} yet; a maintainer or a moderator sends it with #recap send")
