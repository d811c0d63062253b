"""Cuts a long text into pieces that fit a line, preferably at blanks and never within a letter."""

import re
import unicodedata
from collections.abc import Iterator

CONTROLS = dict.fromkeys(map(ord, "\r\n\0\x01"))  # \x01 would turn typed text into a CTCP of the bot
GLUE = "\u200d\ufe0e\ufe0f"  # joiner and variation selectors: they belong to the letter before them
LINE_END = re.compile(r"[\r\n]+")


def said_lines(text: str) -> list[str]:
    """The lines of a text, without blank lines and without characters that cannot be sent."""
    lines = (line.translate(CONTROLS) for line in LINE_END.split(text))
    return [line for line in lines if line.strip()]


def _clings(letter: str) -> bool:
    return letter in GLUE or bool(unicodedata.combining(letter))


def _letter_border(raw: bytes, end: int) -> int:
    """The last place at or before `end` that is not within a letter."""
    while end and raw[end] & 0xC0 == 0x80:
        end -= 1
    border = end
    following = raw[end : end + 4].decode("utf-8", "ignore")
    head = raw[:end].decode()
    while head and following and (_clings(following[0]) or head[-1] == "\u200d"):
        following, head = head[-1], head[:-1]
    return len(head.encode()) or border


def cut(text: str, limit: int) -> tuple[str, str]:
    """The first piece of at most `limit` bytes, and the rest; together they are `text`.

    A blank at the border stays with the first piece. `limit` is at least four, a letter's largest size.
    """
    raw = text.encode("utf-8", "replace")
    if len(raw) <= limit:
        return raw.decode(), ""
    blank = raw.rfind(b" ", 0, limit)
    end = blank + 1 if blank >= limit // 2 else _letter_border(raw, limit)
    return raw[:end].decode(), raw[end:].decode()


def pieces(text: str, limit: int) -> Iterator[str]:
    """All pieces of `text`, each of at most `limit` bytes."""
    while text:
        piece, text = cut(text, limit)
        yield piece


def shorten(text: str, limit: int) -> str:
    """`text` on one line, cut between letters after at most `limit` bytes; 0 means no limit."""
    raw = LINE_END.sub(" ", text).translate(CONTROLS).encode("utf-8", "replace")
    if limit and len(raw) > limit:
        raw = raw[: _letter_border(raw, limit)]
    return raw.decode()
