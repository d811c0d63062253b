"""Parses and builds IRC lines.

Rules of this file: no input can raise (malformed lines are left out), and no CR, LF or NUL goes out.
"""

import re

from irctokens.line import Line, tokenise

UNSENDABLE = dict.fromkeys(map(ord, "\r\n\0"))
ESCAPES = {"\\:": ";", "\\s": " ", "\\\\": "\\", "\\r": "\r", "\\n": "\n"}
ESCAPED = re.compile(r"\\.?", re.DOTALL)
MAX_LINE = (
    16 * 1024
)  # tags may take 8191 bytes, the rest 512: https://ircv3.net/specs/extensions/message-tags


def unescape(value: str) -> str:
    """The value of a message tag without its escapes."""
    if "\\" not in value:
        return value
    return ESCAPED.sub(lambda found: ESCAPES.get(found[0], found[0][1:]), value)


def read_tags(text: str) -> dict[str, str]:
    """The tags of a line, without their @."""
    tags = {}
    for part in text.split(";"):
        key, _, value = part.partition("=")
        tags[key] = unescape(value)
    return tags


def read_line(raw: bytes) -> Line | None:
    """Parse a line without its line end; None if it is malformed. Bytes that are not UTF-8 are read as Latin-1."""
    tags = None
    if raw[:1] == b"@":
        # irctokens parses tags letter by letter, which would cost more than the rest of the line
        head, _, raw = raw.partition(b" ")
        tags = read_tags(head[1:].decode("utf-8", "replace"))
        raw = raw.lstrip(b" ")
    try:
        line = tokenise(raw)
    except (IndexError, ValueError):  # empty, or a source without a command
        return None
    line.tags = tags
    return line


class LineReader:
    """Splits the bytes of a socket into lines."""

    def __init__(self) -> None:
        self._rest = b""

    def push(self, data: bytes) -> list[Line]:
        """The lines that `data` completes."""
        *raws, rest = (self._rest + data).split(b"\n")
        self._rest = rest if len(rest) <= MAX_LINE else b""
        return [line for raw in raws if (line := read_line(raw.rstrip(b"\r"))) is not None]


def clean(text: str) -> str:
    """`text` without characters that would end a protocol line."""
    return text.translate(UNSENDABLE)


def build(command: str, *params: str) -> bytes:
    """A line to send. Only the last parameter may be empty, hold blanks or begin with a colon.

    Raises ValueError when another parameter does.
    """
    words = [clean(word) for word in (command, *params)]
    if any(not word or " " in word or word.startswith(":") for word in words[:-1]):
        raise ValueError("only the last parameter of a line may hold blanks")
    if params and (not words[-1] or " " in words[-1] or words[-1].startswith(":")):
        words[-1] = ":" + words[-1]
    return " ".join(words).encode("utf-8", "replace") + b"\r\n"
