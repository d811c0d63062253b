"""A line as the other rooms hear it: who said it, and what, not too long.

Rules of this file: the speaker's own name pings nobody (a mark that is not seen stands in it), names in the text do: whoever
is called on the other side is meant to hear it. The mark also tells what a relay like this one said, which is never
carried on: two of them in a row do not echo.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from bot.api import Edited, Identity, Message, clean, is_off_the_record, shortened
from plugins.relay import phrases

MARK = "\u200b"
CARRIED = re.compile(rf"(?:\* ?|<)\S{MARK}")
MOST_LINES = 3
MOST_LETTERS = 900  # of a line; two to three lines on IRC
LONGEST_NAME = 40
LONGEST_EDIT = 120  # letters; of a longer line only the changed words are said
BESIDE = 2  # words left and right of what changed


class Told(Struct, frozen=True):
    """What is to be said, and whose it is."""

    name: str
    text: str


def is_carried(text: str) -> bool:
    """Whether a relay said this for somebody: a line as it came, for `clean` takes the mark off."""
    return CARRIED.match(text) is not None


def name_of(speaker: Identity) -> str:
    """A speaker's name as a line can hold it, pinging nobody."""
    name = shortened(" ".join(re.sub(r"[<>]", "", clean(speaker.name)).split()), LONGEST_NAME) or "?"
    return f"{name[0]}{MARK}{name[1:]}"


def said(message: Message) -> Told | None:
    """A message, whole: its first lines, and how many more there are. None where it says nothing."""
    texts = [text for line in message.lines or (message.text,) if (text := _text(line))]
    if not texts:
        return None
    return Told(message.speaker.name, _worded(message.speaker, texts, off_record=message.off_record))


def edited(event: Edited) -> Told | None:
    """What an edit says now that was not said before; of long lines the changed words. None where that is nothing."""
    before = (
        [clean(line).strip() for line in event.earlier.versions[-1][1]] if event.earlier is not None else []
    )
    after = [_text(line.text) for line in event.lines]
    changed = [change(old, new) for old, new in _pairs(before, after) if new and new != old]
    if not changed:
        return None
    return Told(
        event.speaker.name,
        _worded(event.speaker, [phrases.edited(changed[0]), *changed[1:]], off_record=False),
    )


def _text(line: str) -> str:
    text = " ".join(clean(line).splitlines()).strip()
    return "" if is_off_the_record(text) else shortened(text, MOST_LETTERS)


def _worded(speaker: Identity, texts: Sequence[str], *, off_record: bool) -> str:
    name = name_of(speaker)
    shown = list(texts[:MOST_LINES])
    if len(texts) > MOST_LINES:
        shown[-1] = phrases.and_more(shown[-1], len(texts) - MOST_LINES)
    word = phrases.did if off_record else phrases.said
    return "\n".join(word(name, text) for text in shown)


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Lines as they were and as they are, side by side; what came has nothing at its side."""
    pairs: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            old = [*before[i:j], *[""] * (m - k)]
            pairs += zip(old, after[k:m], strict=False)
    return pairs


def change(old: str, new: str) -> str:
    """`new`; where it is long, what differs from `old` and a few words beside it."""
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
