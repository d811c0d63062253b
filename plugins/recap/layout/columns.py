"""Wrapping of text to 72 columns.

URLs are never broken; other words longer than a line are. No line ends with a space.
"""

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 72
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://")
WIDE = re.compile("[\u1100-\U0010ffff]")  # characters before U+1100 take a single column
JOINER = "\u200d"
JOINERS = "\u200c\u200d\ufe0e\ufe0f"
PILE = 8
WORTH_FILLING = 16


def columns(text: str) -> int:
    """Return the width of a text: wide letters (https://www.unicode.org/reports/tr11/) take two columns."""
    if text.isascii() or not WIDE.search(text):
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)


def wrapped(text: str, *, first: str = "", then: str = "", width: int = WIDTH) -> str:
    """Wrap `text` to lines of at most `width` columns.

    first: prefix of the first line: a label (`AGREED: `) or a bullet; only a label may stand alone on its line
    then:  prefix of the other lines
    """
    lines: list[str] = []
    line, used, gap = first, columns(first), 0
    stands_alone = any(letter.isalpha() for letter in first)
    fresh = width - columns(then)
    for word in str.__str__(text).split():  # a Markup would escape everything added to it
        size = columns(word)
        if used + gap + size <= width:
            line += " " * gap + word
            used, gap = used + gap + size, 1
            continue
        whole = size <= fresh or URL.search(word) is not None
        if (gap or (stands_alone and not lines)) and (whole or width - used - gap < WORTH_FILLING):
            lines.append(line.rstrip())
            line, used, gap = then, columns(then), 0
        head, *rest = [word] if whole else _pieces(word, width - used - gap, fresh)
        line += " " * gap + head
        for piece in rest:
            lines.append(line)
            line = then + piece
        used, gap = columns(line), 1
    return "\n".join([*lines, line.rstrip()])


def _pieces(word: str, first: int, others: int) -> Iterator[str]:
    """Break a word into pieces of at most `first` and then `others` columns, keeping letters with their accents."""
    start, used, room = 0, 0, first
    for at, letters in _letters(word):
        size = columns(letters)
        if used + size > room and at > start:
            yield word[start:at]
            start, used, room = at, 0, others
        used += size
    yield word[start:]


def _letters(word: str) -> Iterator[tuple[int, str]]:
    """Yield each letter with its combining characters, at most eight in total, and its index."""
    start = 0
    for at in range(1, len(word)):
        bound = word[at] in JOINERS or word[at - 1] == JOINER or unicodedata.combining(word[at])
        if not bound or at - start >= PILE:
            yield start, word[start:at]
            start = at
    yield start, word[start:]
