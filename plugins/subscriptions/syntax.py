"""Parsers for the argument of #pingme: a track, words of a topic, numbers of agenda items, names.

They return None for unreadable text, and expect text of limited length.
"""

import re

from msgspec import Struct

TOPIC = re.compile(r"(?:^|,\s*|\s)(?:topics?\b\s*[~:=]?|~)\s*", re.IGNORECASE)
AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
ITEMS = re.compile(
    r"(?:(?P<track>[\w.-]{1,64}):\s*)?(?:items?\s+|agendum\s+)?"
    r"(?P<numbers>#?\d{1,6}(?:(?:\s*,\s*|\s+and\s+|\s+)#?\d{1,6}){0,9})"
    r"(?:\s+for\s+(?P<people>\S.*))?",
    re.IGNORECASE | re.ASCII,
)
NUMBER = re.compile(r"\d+", re.ASCII)
QUOTES = "\"'\u201c\u201d\u2018\u2019"


class TopicRequest(Struct, frozen=True):
    """Requested topics: of these tracks (as typed; empty for all), with these words (None for any)."""

    tracks: tuple[str, ...]
    words: str | None = None


class ItemNumbers(Struct, frozen=True):
    """Numbers of agenda items, with an optional track and people; `said_item` if they can't be ping numbers."""

    numbers: tuple[int, ...]
    track: str = ""
    people: str = ""
    said_item: bool = False


def read_wish(text: str) -> TopicRequest | None:
    """Read `for nova, topic ~ migration`, or a part of it."""
    head, _, rest = text.partition(" ")
    named = head.lower() in {"for", "of"}
    if not named and TOPIC.match(text) is None:
        return None
    whole = rest.strip() if named else text
    found = TOPIC.search(whole)
    if found is None:
        tracks = _tracks(whole)
        return TopicRequest(tracks) if tracks else None
    words = whole[found.end() :].strip().strip(QUOTES).strip()
    return TopicRequest(_tracks(whole[: found.start()]), words)


def _tracks(text: str) -> tuple[str, ...]:
    names = (name.strip(" ,:#") for name in AND.split(text))
    return tuple(dict.fromkeys(name for name in names if name and name.lower() != "me"))


def read_items(text: str) -> ItemNumbers | None:
    """Read `3`, `item 3`, `1, 3` or `nova: 3`, each optionally with `for rosa, okoye`."""
    found = ITEMS.fullmatch(text)
    if found is None:
        return None
    numbers = tuple(dict.fromkeys(int(number) for number in NUMBER.findall(found["numbers"])))
    said_item = "item" in text.lower() or "agendum" in text.lower() or bool(found["track"] or found["people"])
    return ItemNumbers(numbers, found["track"] or "", (found["people"] or "").strip(), said_item)
