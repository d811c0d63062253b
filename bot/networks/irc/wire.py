"""IRC lines off the wire as values, and lines for the wire out of words.

Rules of this file: nothing that comes in can raise (what is no line is left out), and no CR, LF or NUL goes out.
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
    """The value of a message tag as it was meant."""
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
    """A line without its line end; None where it is none. What is not UTF-8 is read as Latin-1."""
    tags = None
    if raw[:1] == b"@":
        # irctokens takes tags apart letter by letter, which would cost more than the rest of the line
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
    """Cuts what comes off a socket into lines."""

    def __init__(self) -> None:
        self._rest = b""

    def push(self, data: bytes) -> list[Line]:
        """The lines that `data` completes."""
        *raws, rest = (self._rest + data).split(b"\n")
        self._rest = rest if len(rest) <= MAX_LINE else b""
        return [line for raw in raws if (line := read_line(raw.rstrip(b"\r"))) is not None]


def clean(text: str) -> str:
    """`text` without what would end a protocol line."""
    return text.translate(UNSENDABLE)


def build(command: str, *params: str) -> bytes:
    """A line to send; only the last parameter may be empty, hold blanks or begin with a colon.

    Raises ValueError where another one does.
    """
    words = [clean(word) for word in (command, *params)]
    if any(not word or " " in word or word.startswith(":") for word in words[:-1]):
        raise ValueError("only the last parameter of a line may hold blanks")
    if params and (not words[-1] or " " in words[-1] or words[-1].startswith(":")):
        words[-1] = ":" + words[-1]
    return " ".join(words).encode("utf-8", "replace") + b"\r\n"
