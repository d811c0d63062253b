"""The lines of a message that belong to a command above them: a text of several paragraphs is one command."""

import re
from collections.abc import Sequence

from bot.core.words.text import clean

BEGINS_COMMAND = re.compile(r"\s*#[A-Za-z]")
MOST_LINES = 500  # that belong to a command; what a longer message says further down stands by itself


def begins_command(line: str) -> bool:
    """Whether a line begins with # and a word, so that it belongs to nothing above it."""
    return "#" in line and BEGINS_COMMAND.match(clean(line)) is not None


def lines_below(lines: Sequence[str], number: int) -> list[str]:
    """The lines below one, up to the next that begins a command, cleaned; blank ones are left out."""
    found: list[str] = []
    for line in lines[number + 1 : number + 1 + MOST_LINES]:
        if begins_command(line):
            break
        found += [clean(line).strip()] if line.strip() else []
    return found
