"""Lists of names: `okoye, lin_wei and Ana Diaz`, before a mark or alone."""

import re
from collections.abc import Iterator

from bot.api.facts import Owner
from plugins.actions.marks import BE_DONE, FIRST_WORD, SEPARATOR
from plugins.actions.roster import Certainty, Item, Roster
from plugins.actions.words import COMMON, NO_INFINITIVE, NOT_IN_FULL_NAMES

EDGES = " \t,/&;:\uff1a\u3001\uff0c"
MOST_TOGETHER = 4  # separators inside of one display name, "Okoye, Ada (she/her)"
MOST_CAPITALS = 4  # words of a full name
MOST_OWNERS = 40  # a longer list is text
PARTICLES = frozenset({"al", "bin", "da", "de", "den", "der", "di", "du", "la", "van", "von"})
WORD = re.compile(r"@?[\w-]+")
CAPITALIZED = re.compile(r"[^\W\d_][\w'\u2019-]*\.?")
SEPARATES = re.compile("[,/&;+\u3001\uff0c]|\\sand\\s", re.IGNORECASE)
SURE = frozenset({Certainty.KNOWN, Certainty.MARKED, Certainty.LIKELY})


def names_in_list(text: str, roster: Roster) -> list[Item] | None:
    """Return the items of a list of names; None if `text` is not such a list (`find a room`)."""
    if WORD.fullmatch(text):  # most lists have one name
        one = roster.read(text)
        return [one] if one is not None else None
    found: list[Item] = []
    for number, item in enumerate(items(text.strip(EDGES), roster)):
        words = item.split()
        if number == MOST_OWNERS or not words:
            return None
        read = [roster.read(item)] if len(words) == 1 else _several(item, words, roster)
        for one in read:
            if one is None:
                return None
            found.append(one)
    return found or None


def _several(item: str, words: list[str], roster: Roster) -> list[Item | None]:
    """Read an item with blanks: a known name, known names without separators, or a full name."""
    known = roster.known(item)
    if known is not None:
        return [Item(Certainty.KNOWN, known)]
    if len(words) > MOST_CAPITALS and roster.find(words[0]) is None:
        return [None]
    each = [roster.find(word) if word.lower() not in COMMON else None for word in words]
    if all(each):
        return [Item(Certainty.KNOWN, owner) for owner in each]
    if any(each) or not is_full_name(words) or any(roster.is_thing(word) for word in (*words, item)):
        return [None]
    return [Item(Certainty.LIKELY, Owner(" ".join(words)))]


def is_full_name(words: list[str]) -> bool:
    """Whether these are the words of a full name: capitals first, and no word of a heading or at the start of a task."""
    if not 1 < len(words) <= MOST_CAPITALS or not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    return all(
        (word[0].isupper() and CAPITALIZED.fullmatch(word) and word.lower() not in NOT_IN_FULL_NAMES)
        or word in PARTICLES
        for word in words
    ) and not all(word.isupper() for word in words)


def may_be_list(text: str) -> bool:
    """Whether a text has what separates names; most texts have none."""
    return SEPARATES.search(text) is not None


def items(text: str, roster: Roster) -> Iterator[str]:
    """Split `text` at separators; a known name that contains separators stays whole."""
    at = 0
    while at < len(text) and roster.has_nicks_only:  # no nick has a separator
        found = SEPARATOR.search(text, at + 1)
        yield text[at : found.start() if found is not None else len(text)]
        at = found.end() if found is not None else len(text)
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


def is_infinitive(text: str, at: int) -> bool:
    """Whether a verb whose subject is a person may stand at `at`, after `to`: not `to the cloud`, not `to be fixed`."""
    word = FIRST_WORD.match(text, at)
    after = word[1].lower() if word is not None else ""
    return not (after.isdigit() or after in NO_INFINITIVE or BE_DONE.match(text, at))
