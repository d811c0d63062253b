"""The form of forwarded messages: the speaker's name and at most a few lines.

The speaker's name contains an invisible mark, so it pings nobody; names in the text do ping, as the speaker intended.
The mark also identifies messages of a relay, which are not forwarded again, so that two relays do not echo.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from bot.api import Identity, shortened
from bot.api.events import Edited, Message
from bot.api.words import clean, is_off_the_record
from plugins.relay import phrases

MARK = "\u200b"
CARRIED = re.compile(rf"(?:\* ?|<)\S{MARK}")
MOST_LINES = 3
MOST_COMPARED = 100  # lines of an edit; comparing takes the square of their number
MOST_LETTERS = 900  # per line; two to three lines on IRC
LONGEST_NAME = 40
LONGEST_EDIT = 120  # characters; of a longer line, only the changed words are shown
BESIDE = 2  # words shown on both sides of a change


class Told(Struct, frozen=True):
    """A text to forward, and the name of its speaker."""

    name: str
    text: str


def is_carried(text: str) -> bool:
    """Whether a relay sent this raw line; `clean` removes the mark."""
    return CARRIED.match(text) is not None


def name_of(speaker: Identity) -> str:
    """Return a speaker's name in a form that pings nobody."""
    name = shortened(" ".join(re.sub(r"[<>]", "", clean(speaker.name)).split()), LONGEST_NAME) or "?"
    return f"{name[0]}{MARK}{name[1:]}"


def said(message: Message) -> Told | None:
    """Return the first lines of a message and the number of further lines; None for an empty message."""
    texts = [text for line in message.lines or (message.text,) if (text := _text(line))]
    if not texts:
        return None
    return Told(message.speaker.name, _worded(message.speaker, texts, off_record=message.off_record))


def edited(event: Edited) -> Told | None:
    """Return the lines that an edit changed, only the changed words of long ones; None if nothing changed."""
    before = (
        [clean(line).strip() for line in event.earlier.versions[-1][1][:MOST_COMPARED]]
        if event.earlier is not None
        else []
    )
    after = [_text(line.text) for line in event.lines[:MOST_COMPARED]]
    changed = [change(old, new) for old, new in _pairs(before, after) if new and new != old]
    if not changed:
        return None
    return Told(
        event.speaker.name,
        _worded(event.speaker, [phrases.EDITED(text=changed[0]), *changed[1:]], off_record=False),
    )


def _text(line: str) -> str:
    text = " ".join(clean(line).splitlines()).strip()
    return "" if is_off_the_record(text) else shortened(text, MOST_LETTERS)


def _worded(speaker: Identity, texts: Sequence[str], *, off_record: bool) -> str:
    name = name_of(speaker)
    shown = list(texts[:MOST_LINES])
    if len(texts) > MOST_LINES:
        shown[-1] = phrases.AND_MORE(text=shown[-1], lines=len(texts) - MOST_LINES)
    return "\n".join(
        phrases.DID(name=name, text=text) if off_record else phrases.SAID(name=name, text=text)
        for text in shown
    )


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of old and new lines; the old line of an added one is empty."""
    pairs: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            old = [*before[i:j], *[""] * (m - k)]
            pairs += zip(old, after[k:m], strict=False)
    return pairs


def change(old: str, new: str) -> str:
    """Return `new`, or if it is long, only its differences from `old` with a few words around them."""
    if len(new) <= LONGEST_EDIT or not old:
        return new
    was, words = old.split(), new.split()
    first = next(
        (n for n, (a, b) in enumerate(zip(was, words, strict=False)) if a != b), min(len(was), len(words))
    )
    same = 0
    while same < min(len(was), len(words)) - first and was[-1 - same] == words[-1 - same]:
        same += 1
    start, end = max(0, first - BESIDE), min(len(words), len(words) - same + BESIDE)
    cut = " ".join(words[start:end])
    return f"{'… ' if start else ''}{cut}{' …' if end < len(words) else ''}"
