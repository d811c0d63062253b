"""Wrapping of text to 72 columns.

URLs are never broken; other words longer than a line are. Chinese and Japanese text, which has no blanks, is broken between
its letters, but not within Latin words, nor before closing or after opening punctuation. No line ends with a space.
"""

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 72
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://")
WIDE = re.compile("[\u1100-\U0010ffff]")  # characters before U+1100 take a single column
# letters between which a line may end; Korean has blanks between words
_CJK = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
_OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301d\uff08\uff3b\uff5b"
_CLOSING = (
    "\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301e\u301f\u303b\u3041\u3043\u3045\u3047\u3049"
    "\u3063\u3083\u3085\u3087\u308e\u3099-\u309e\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30fb-\u30fe"
    "\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
CJK = re.compile(f"[{_CJK}]")
ATOM = re.compile(f"[{_OPENING}]*(?:[{_CJK}]|[^{_CJK}]+)[{_CLOSING}]*(?: [^{_CJK}]*)?")
# at the beginning of a line they would hide the rest from readers of Markdown: https://spec.commonmark.org/0.31.2/#html-blocks
# they stay on the line of a word before that is short enough
HIDING = re.compile(
    r"(?<!\S{30}) (?=\S{1,30}(?:\s|$))(~{3}|`{3}|<(?:script|pre|style|textarea|!|\?))", re.IGNORECASE
)
HELD = "\x00"  # stands for a blank at which no line ends; `clean` removes it from recorded text
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
    said = " ".join(str.__str__(text).split())
    return _plain(said, first, then, width) or _any_letters(said, first, then, width)


def _plain(said: str, first: str, then: str, width: int) -> str:
    """Wrap words of ASCII that all fit on a line, which most are, without looking at each; empty if others are among them."""
    if (
        HIDING.search(said)
        or len(first) >= width
        or not (said.isascii() and first.isascii() and then.isascii())
    ):
        return ""
    lines: list[str] = []
    at, start = 0, first
    while len(said) - at > width - len(start):
        end = said.rfind(" ", at, at + width - len(start) + 1)
        if end < 0:
            return ""
        lines.append(start + said[at:end])
        at, start = end + 1, then
    return "\n".join([*lines, (start + said[at:]).rstrip()])


def _any_letters(said: str, first: str, then: str, width: int) -> str:
    lines: list[str] = []
    line, used, gap = first, columns(first), 0
    stands_alone = any(letter.isalpha() for letter in first)
    fresh = width - columns(then)
    for word, blank in _atoms(said):  # a Markup would escape everything added to it
        size = columns(word)
        space = gap if blank else 0
        if used + space + size <= width:
            line += " " * space + word
            used, gap = used + space + size, 1
            continue
        whole = size <= fresh or URL.search(word) is not None
        if (gap or (stands_alone and not lines)) and (whole or width - used - space < WORTH_FILLING):
            lines.append(line.rstrip())
            line, used, space = then, columns(then), 0
        head, *rest = [word] if whole else _pieces(word, width - used - space, fresh)
        line += " " * space + head
        for piece in rest:
            lines.append(line)
            line = then + piece
        used, gap = columns(line), 1
    return "\n".join([*lines, line.rstrip()])


def _atoms(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what must stay on one line, and whether a blank is before it; an address keeps all that follows it."""
    words = HIDING.sub(lambda found: f"{HELD}{found[1]}", text).split()
    for word in (word.replace(HELD, " ") for word in words):
        if word.isascii() or not CJK.search(word):
            yield word, True
            continue
        url = URL.search(word)
        until = url.start() if url is not None else len(word)
        atoms = [found[0] for found in ATOM.finditer(word, 0, until)]
        atoms += [word[len("".join(atoms)) :]]
        yield from ((atom, at == 0) for at, atom in enumerate(filter(None, atoms)))


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
