"""The form of forwarded messages: the speaker's name and at most a few lines.

People look different from the bot: on IRC their name stands in brackets, on Matrix it is bold. Nothing is hidden in the
text, so that people can copy it. What another relay repeats of a message is known by its words.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from bot.api import Identity, shortened
from bot.api.events import Edited, Message
from bot.api.words import BOLD, clean, is_off_the_record
from plugins.relay import phrases

CARRIED = re.compile(r"(?:<[^<>\n]{1,64}> ?)++")  # one name, or several where relays repeated each other
MOST_LINES = 3
MOST_COMPARED = 100  # lines of an edit; comparing takes the square of their number
MOST_LETTERS = 900  # per line; two to three lines on IRC
LONGEST_NAME = 40
LONGEST_EDIT = 120  # characters; of a longer line, only the changed words are shown
BESIDE = 2  # words shown on both sides of a change


class Told(Struct, frozen=True):
    """What to forward of a message or an edit, and the name of its speaker.

    texts: at most a few lines
    acted: said by /me
    """

    name: str
    texts: tuple[str, ...]
    acted: bool = False

    def text(self, *, bold: bool) -> str:
        """The lines, each with the name of the speaker: bold, or in brackets."""
        return "\n".join(self._line(text, bold=bold) for text in self.texts)

    def _line(self, text: str, *, bold: bool) -> str:
        name = f"{BOLD}{self.name}{BOLD}" if bold else self.name
        if self.acted:
            return phrases.DID(name=name, text=text)
        return phrases.SAID_BOLD(name=name, text=text) if bold else phrases.SAID(name=name, text=text)


def repeated(text: str) -> str:
    """The words that a relay's line repeats; empty if it does not look like one of a relay."""
    text = clean(text).strip()
    found = CARRIED.match(text)
    return text[found.end() :].strip() if found is not None else ""


def name_of(speaker: Identity) -> str:
    """Return a speaker's name without what would end its brackets."""
    return shortened(" ".join(re.sub(r"[<>]", "", clean(speaker.name)).split()), LONGEST_NAME) or "?"


def said(message: Message) -> Told | None:
    """Return the first lines of a message and the number of further lines; None for an empty message."""
    texts = [text for line in message.lines or (message.text,) if (text := _text(line))]
    if not texts:
        return None
    return Told(name_of(message.speaker), _shown(texts), message.off_record)


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
    return Told(name_of(event.speaker), _shown([phrases.EDITED(text=changed[0]), *changed[1:]]))


def _text(line: str) -> str:
    text = " ".join(clean(line).splitlines()).strip()
    return "" if is_off_the_record(text) else shortened(text, MOST_LETTERS)


def _shown(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the first lines, and the number of the others behind them."""
    shown = list(texts[:MOST_LINES])
    if len(texts) > MOST_LINES:
        shown[-1] = phrases.AND_MORE(text=shown[-1], lines=len(texts) - MOST_LINES)
    return tuple(shown)


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
