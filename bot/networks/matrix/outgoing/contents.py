"""Builds the contents of Matrix events: notices that ping nobody, in which no typed text becomes markup.

Rules of this file: pure; every output is valid JSON and well-formed HTML without tags, mentions or control characters
from the text. Links are markup, for http and https addresses; those at matrix.to stay text, because clients show them as
mentions. So are the words that the bot itself wants bold.
"""

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.words.text import BOLD
from bot.networks.matrix.server.homeserver import Content

# An event holds 65,536 bytes, including the servers' additions (ids of other events, hashes, signatures), and
# encryption makes its content a third longer: https://spec.matrix.org/latest/client-server-api/#size-limits
LARGEST = 40_000  # bytes of content as canonical JSON
MOST_PARTS = 10  # events for one text
LONGEST_TOPIC = 5_000  # letters
GLUE = "\u200d\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # joiner, variants, skin tones
CUT = "[the rest is too long to be said here]"
HTML = "org.matrix.custom.html"

UNSAYABLE = dict.fromkeys([*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0)])  # all but tab and line feed
UNSAYABLE_BESIDE_BOLD = {code: None for code in UNSAYABLE if chr(code) != BOLD}
BOLD_WORDS = re.compile(f"{BOLD}([^{BOLD}\n]+){BOLD}")
LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
SURROGATE = re.compile("[\ud800-\udfff]")
BLANK_LINES = re.compile(r"\n{3,}")
ADDRESS = re.compile(rf"https?://[^\s<>\"{BOLD}]+", re.IGNORECASE)
PILL = re.compile(r"https?://(?:www\.)?matrix\.to(?![\w.-])", re.IGNORECASE)
PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def cleaned(text: str) -> str:
    """`text` with line feeds as line ends, and without control characters; empty if nothing is left."""
    return _cleaned(text, UNSAYABLE)


def marked(text: str) -> str:
    """`text` cleaned, but for the marks around words that the bot wants bold."""
    return _cleaned(text, UNSAYABLE_BESIDE_BOLD)


def _cleaned(text: str, unsayable: Mapping[int, None]) -> str:
    text = LINE_END.sub("\n", text).translate(unsayable)
    text = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return BLANK_LINES.sub("\n\n", text).strip()


def size(content: Content) -> int:
    """Bytes of a content as canonical JSON."""
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def notice(text: str, *, thread: str = "") -> Content:
    """The content of an m.room.message with a marked text; `thread` is the id of the thread's first message."""
    body = text.replace(BOLD, "")
    content: dict[str, Any] = {"msgtype": "m.notice", "body": body, "m.mentions": {}}
    formatted = _formatted(text)
    if formatted != html.escape(body):
        content |= {"format": HTML, "formatted_body": formatted}
    if thread:
        content["m.relates_to"] = {
            "rel_type": "m.thread",
            "event_id": thread,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": thread},
        }
    return content


def reaction(message: str, emoji: str) -> Content:
    """The content of an m.reaction."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": message, "key": emoji}}


def topic(text: str) -> Content:
    """The content of an m.room.topic; see `topic_text`."""
    return {"topic": text}


def topic_text(text: str) -> str:
    """`text` as a room's topic: cleaned and not too long."""
    text = cleaned(text)
    return text if len(text) <= LONGEST_TOPIC else text[: LONGEST_TOPIC - 1] + "…"


def pieces(text: str, limit: int = LARGEST, *, thread: str = "") -> Iterator[str]:
    """Cut `text` so that the notice of each piece takes at most `limit` bytes (1,000 or more); joined they are `text`.

    It is cut after a line, else after a word, else between characters; line ends at a border do not count.
    """
    while text:
        end = _end(text, limit, thread)
        yield text[:end]
        text = text[end:]


def parts(text: str, limit: int = LARGEST, *, thread: str = "", most: int = MOST_PARTS) -> list[str]:
    """A marked text event by event: all of it, or its beginning and a notice that the rest is missing."""
    texts: list[str] = []
    for piece in pieces(text, limit, thread=thread):
        if len(texts) == most:
            texts[-1] = _shortened(texts[-1], limit, thread)
            break
        texts.append(piece.strip("\n"))
    return texts


def transaction(key: str) -> str:
    """The transaction id for a key: unique, and the same after every start.

    A key that is safe in an address is used as it is; others are hashed.
    """
    if PLAIN_KEY.fullmatch(key):
        return key
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def part_of(transaction_id: str, number: int) -> str:
    """The transaction id of a part of a text; only those contain a dot."""
    return f"{transaction_id}.{number}"


def _formatted(text: str) -> str:
    """`text` as HTML: escaped, with line breaks, links and bold words."""
    written = BOLD_WORDS.sub(r"<strong>\1</strong>", _linked(text))
    return written.replace(BOLD, "").replace("\n", "<br>")


def _linked(text: str) -> str:
    """`text` escaped, with links."""
    out, done = [], 0
    for match in ADDRESS.finditer(text):
        address = _trimmed(match[0])
        if PILL.match(address) or len(address) <= len("https://"):
            continue
        safe = html.escape(address)
        out += [html.escape(text[done : match.start()]), f'<a href="{safe}">{safe}</a>']
        done = match.start() + len(address)
    out.append(html.escape(text[done:]))
    return "".join(out)


def _trimmed(address: str) -> str:
    """An address without the punctuation of its sentence."""
    while address:
        last = address[-1]
        unmatched = last in ")]}" and address.count(last) > address.count("([{"[")]}".index(last)])
        if last not in ".,;:!?'" and not unmatched:
            break
        address = address[:-1]
    return address


def _end(text: str, limit: int, thread: str, suffix: str = "") -> int:
    """Where the first piece of `text` ends, with `suffix` after it."""
    end = _fitting(text, limit, thread, suffix)
    if end == len(text):
        return end
    for blank in ("\n", " "):
        border = text.rfind(blank, 0, end) + 1
        if border and border >= end // 2:
            return border
    return _letter_border(text, end)


def _letter_border(text: str, end: int) -> int:
    """The last place at or before `end` that separates no letter from its accents and no emoji from its color."""
    border = end
    while border > max(1, end - 32) and (
        unicodedata.combining(text[border]) or text[border] in GLUE or text[border - 1] == "\u200d"
    ):
        border -= 1
    return border


def _fitting(text: str, limit: int, thread: str, suffix: str) -> int:
    """How many characters of `text`, followed by `suffix`, fit a notice of `limit` bytes."""

    def fits(count: int) -> bool:
        texts = text[:count].strip("\n") + suffix  # as `parts` sends it
        return size(notice(texts, thread=thread)) <= limit

    low, high = 1, min(len(text), limit)
    if fits(high):
        return high
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _shortened(piece: str, limit: int, thread: str) -> str:
    """A piece that ends with a notice that the rest is missing."""
    suffix = f"\n{CUT}"
    return piece[: _end(piece, limit, thread, suffix)].rstrip() + suffix
