r"""Texts of several lines in the one line of a command: `\n` stands for a line break, and `\\n` for these two letters themselves."""

import re

BREAK = re.compile(r"(?<!\\)(\\+)n")


def in_lines(typed: str) -> str:
    """Return a text as it was meant by who typed it in one line."""
    return BREAK.sub(lambda found: "\n" if len(found[1]) == 1 else f"{found[1][1:]}n", typed)


def in_one_line(text: str) -> str:
    """Return a text as somebody must type it in one line; blanks at the ends of its lines get lost."""
    lines = [BREAK.sub(r"\\\1n", line.rstrip()) for line in text.split("\n")]
    return "\\n".join(f"{line} " if line.endswith("\\") else line for line in lines)
