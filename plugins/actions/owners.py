"""The owners of an action: the people before the first ` to `, else those addressed, else those named.

Pure functions. Names in quotations and addresses are ignored. An English word counts as a nick only in a list before
` to `, before a colon, with an `@`, or with a capital letter inside a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from bot.api import Identity
from bot.api.facts import Owner
from bot.api.people import Directory, is_token
from plugins.actions.quoted_text import without_quotations
from plugins.actions.roster import Roster
from plugins.actions.words import COMMON, NOT_PEOPLE

TO = re.compile(r"\sto(?:\s+|$)", re.IGNORECASE)
# blanks are only tried from the first of a run, so that a long run takes linear time
SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?[,/&;]+\s*(?:and\s+)?|(?<!\s)\s++(?:and|\+)\s+", re.IGNORECASE)
I_WILL = re.compile(r"(?<![\w@])i(?:\s+(?:will|shall)|['\u2019]ll)(?!\w)\s*", re.IGNORECASE)
I_DO = re.compile(r"i\s+(?=\w)", re.IGNORECASE)
SPOKEN_TO = re.compile(r"(?P<whom>[^:\uff1a]+)(?:\uff1a\s*|:(?P<blank>\s*))")
PIECE = re.compile('[^\\s,/&;()<>"\u201c\u201d\ufffc=!?*\u2013\u2014]+')
SENTENCE_START = frozenset(".!?:-\u2013\u2014")
POSSESSIVE = re.compile("['\u2019](?:s|ll|d)?$", re.IGNORECASE)
NICK_LIKE = re.compile(r"[\d_\[\]{}|^\\`-]")
MOST_TOGETHER = 4  # separators inside of one display name, "Okoye, Ada (she/her)"
MOST_CAPITALS = 4  # words of a full name
MOST_OWNERS = 40  # a longer list is text


class Reading(Struct, frozen=True):
    """The owners of an action, and its task: the text without the leading owners."""

    owners: tuple[Owner, ...]
    task: str


def read_owners(
    text: str, speaker: Identity, known: Mapping[str, Identity], casemapping: str = "rfc1459"
) -> tuple[Owner, ...]:
    """Return the owners of `text`; see `read_action`."""
    return read_action(text, speaker, known, casemapping).owners


def read_action(
    text: str,
    speaker: Identity,
    known: Mapping[str, Identity],
    casemapping: str = "rfc1459",
    nobody: Iterable[str] = (),
    directory: Directory | None = None,
) -> Reading:
    """Read an action; accepts any text.

    known:       people of the room, by key and by further names
    casemapping: how their network compares names
    nobody:      the bot's own names
    directory:   finds people who are not in `known`
    """
    roster = Roster(speaker, known, casemapping, nobody, directory)
    masked = without_quotations(text)
    promise = I_WILL.match(masked)
    if promise:
        return Reading((roster.speaker,), text[promise.end() :].strip())
    to = TO.search(masked)
    head = masked[: to.start()] if to else masked
    if to:
        owners = _listed(head, roster)
        if owners is not None:
            return Reading(_each_once(owners, roster), text[to.end() :].strip() if owners else text)
    if I_DO.match(masked) and "," not in head[:3]:
        return Reading((roster.speaker,), text[1:].strip())
    spoken_to = _spoken_to(masked, roster)
    if spoken_to:
        owners, end = spoken_to
        return Reading(_each_once(owners, roster), text[end:].strip())
    named = list(_named(head, roster, strangers=to is not None))
    if I_WILL.search(head):
        named.append(roster.speaker)
    return Reading(_each_once(named, roster), text)


def _each_once(owners: list[Owner], roster: Roster) -> tuple[Owner, ...]:
    return tuple({roster.key(owner): owner for owner in reversed(owners)}.values())[::-1]


def _listed(head: str, roster: Roster) -> list[Owner] | None:
    """Return the owners in a list of names; None if `head` is not such a list (`find a room`)."""
    owners: list[Owner] = []
    items = list(islice(_items(head.strip(" \t,/&;:\uff1a"), roster), MOST_OWNERS + 1))
    if len(items) > MOST_OWNERS:
        return None
    for item in items:
        found = roster.find(item) if len(item.split()) > 1 else roster.one_of_list(item)
        if found is None and len(items) > 1 and _is_full_name(item):
            found = Owner(" ".join(item.split()))
        if found is None:
            return None
        if isinstance(found, Owner):
            owners.append(found)
    return owners if items else None


def _items(text: str, roster: Roster) -> Iterator[str]:
    """Split `text` at separators; a known name that contains separators stays whole."""
    at = 0
    while at < len(text):
        ends: list[tuple[int, int]] = []
        for found in SEPARATOR.finditer(text, at + 1):
            ends.append(found.span())
            if len(ends) == MOST_TOGETHER:
                break
        else:
            ends.append((len(text), len(text)))
        whole = next((span for span in reversed(ends[1:]) if roster.find(text[at : span[0]])), ends[0])
        yield text[at : whole[0]]
        at = whole[1]


def _is_full_name(item: str) -> bool:
    words = item.split()
    return 1 < len(words) <= MOST_CAPITALS and all(word[0].isupper() and word.isalpha() for word in words)


def _spoken_to(masked: str, roster: Roster) -> tuple[list[Owner], int] | None:
    """Return the people addressed by `name: text`, `a, b: text` or `name, text`, and where the text begins."""
    address = SPOKEN_TO.match(masked)
    if address and _is_address(address, roster):
        owners = _listed(address["whom"], roster)
        if owners:
            return owners, address.end()
    called: list[Owner] = []
    end = at = 0
    for item in _items(masked, roster):
        found = _called(item, roster)
        separator = SEPARATOR.match(masked, at + len(item))
        if found is None or separator is None or (not called and "," not in separator[0]):
            break
        called.append(found)
        end = at = separator.end()
    return (called, end) if called else None


def _is_address(address: re.Match[str], roster: Roster) -> bool:
    """Whether the part before the first colon is a list of people; without a space after it, they must be known."""
    items = list(islice(_items(address["whom"].strip(), roster), MOST_OWNERS + 1))
    if not 0 < len(items) <= MOST_OWNERS:
        return False
    if all(roster.is_called(item) for item in items):
        return address["blank"] != "" or not items[0].startswith("@")  # @rosa:hs.example is a Matrix id
    words = [item.strip().removeprefix("@").lower() for item in items]
    return address["blank"] != "" and not any(word in COMMON or word in NOT_PEOPLE for word in words)


def _called(item: str, roster: Roster) -> Owner | None:
    """Return the person addressed by `item,` at the start of a text."""
    bare = item.strip()
    if bare in COMMON:  # in lower case: `well, we should`
        return None
    found = roster.find(bare)
    if found is None and " " not in bare and NICK_LIKE.search(bare):
        return roster.unknown(bare)
    return found


def _named(text: str, roster: Roster, *, strangers: bool) -> Iterator[Owner]:
    """Yield the known people named in a text; with `strangers`, also unknown names with an `@`."""
    pieces = list(PIECE.finditer(text))
    at = 0
    while at < len(pieces):
        for words in range(min(roster.words, len(pieces) - at), 0, -1):
            typed = text[pieces[at].start() : pieces[at + words - 1].end()]
            found = roster.find(typed)
            if found and (words > 1 or _is_meant(text, pieces[at].start(), typed)):
                yield found
                at += words - 1
                break
        else:
            typed = pieces[at][0]
            stranger = roster.unknown(typed) if strangers and typed.startswith("@") else None
            if stranger:
                yield stranger
        at += 1


def _is_meant(text: str, start: int, typed: str) -> bool:
    """Whether a word that is somebody's nick means that person here rather than the English word."""
    if typed[0] in "@[{" or is_token(typed[0]):
        return True
    word = POSSESSIVE.sub("", typed.rstrip(".:")).lower()
    if word not in COMMON and len(word) > 1:
        return True
    before = text[:start].rstrip()
    return typed[:1].isupper() and bool(before) and before[-1] not in SENTENCE_START
