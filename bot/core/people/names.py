"""Looking up people by typed names: nicks, ids, display names, and mentions that the network marks.

Ids are compared exactly, display names in any case. A name that several people bear means none of them. Display names and
look-alikes find people to write about; they give nobody rights.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from bot.core.people.circles import Circle
from bot.core.people.identity import (
    BRIDGE_ENDINGS,
    BRIDGE_SUFFIX,
    LONGEST_NAME,
    STATES,
    Identity,
    casefold,
    plain_name,
    without_state,
)
from bot.core.people.mention_tokens import Mentions, masked, unmasked

MOST_WORDS = 6  # in a display name
MOST_NAMES = 200  # in a list
# blanks are only tried from the first of a run, so that a long run takes linear time
SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?[,;]\s*(?:and\s+)?|(?<!\s)\s++and\s+", re.IGNORECASE)
SLASH = re.compile(r"(?:(?<!\s)\s++)?[/&]\s*|(?<!\s)\s++\+\s+|(?<=\w)\+(?=\w)")  # `wes / xia`, `wes+xia`
MOST_CAPITALS = 4  # words of a full name
CAPITALIZED = re.compile(r"[^\W\d_][\w'\u2019.-]*")
ENDINGS = (
    "_",
    "__",
    "`",
    *(f"{mark}{state}" for mark in "|_-" for state in STATES),
    *(f"[{s}]" for s in STATES),
)
EDGES = "@,:;"


class Named(Struct, frozen=True):
    """A name as typed, and the people who bear it; if there are several, the name means nobody.

    mentioned: the network marks the name as a mention of this person (a pill)
    """

    name: str
    bearers: tuple[Identity, ...] = ()
    mentioned: bool = False

    @property
    def person(self) -> Identity | None:
        """The person with this name; None if nobody or several people bear it."""
        return self.bearers[0] if len(self.bearers) == 1 else None

    @property
    def given_name_of(self) -> str:
        """The nick of the person if only the name that they gave themselves found them; else empty."""
        person = self.person
        if person is None or self.mentioned or person.key.startswith("@"):
            return ""
        own_names = casefold(person.name), casefold(plain_name(person.name))
        return "" if casefold(self.name) in own_names else person.name

    @property
    def display_name_of(self) -> str:
        """The id of the person if only a display name found them, which anybody may choose; else empty."""
        person = self.person
        if person is None or self.mentioned or not person.key.startswith("@"):
            return ""
        own_names = person.key[1:].casefold(), person.key[1:].partition(":")[0].casefold()
        return "" if self.name.casefold() in own_names else person.key


@lru_cache(maxsize=8)
def _bridge_endings(suffix: str) -> tuple[str, ...]:
    """What bridges add to nicks, with their suffix as the network folds it."""
    return tuple(suffix + ending.removeprefix(BRIDGE_SUFFIX) for ending in BRIDGE_ENDINGS)


@lru_cache(maxsize=8)
def _endings(brackets: str) -> dict[str, None]:
    """What people add to nicks, with these brackets, as the network folds them."""
    folded = (ending.replace("[", brackets[0]).replace("]", brackets[1]) for ending in ("", *ENDINGS))
    return dict.fromkeys(folded)


def _are_names(parts: Sequence[str]) -> bool:
    """Whether slashes divide names here: `wes / xia`, not `../../etc`; one may be missing, as in `wes /`."""
    return all(any(map(str.isalnum, part)) for part in parts if part)


def _is_one_name(text: str, found: Sequence[Named], *, are_divided: bool) -> bool:
    """Whether words that are no known name together are one: in a list with commas, or a full name as of its capitals."""
    if len(found) < 2 or len(text) > LONGEST_NAME or "@" in text or any(named.mentioned for named in found):
        return False
    if are_divided:
        return not all(named.bearers for named in found)
    return not any(named.bearers for named in found) and _is_full_name(text.split())


def _is_full_name(words: Sequence[str]) -> bool:
    """Whether unknown words are the name of one person: `Ana Diaz`, not `ANA diaz`."""
    return len(words) <= MOST_CAPITALS and all(
        word[0].isupper() and not word.isupper() and CAPITALIZED.fullmatch(word) for word in words
    )


class Directory:
    """Everybody who can be named, in circles: the room's people, the session's, those of linked rooms.

    It is for one message: who was found once is not looked up again.

    same: returns the same value for all identities of one person
    fold: returns a name as the room's network compares it
    """

    def __init__(
        self,
        circles: Sequence[Circle],
        same: Callable[[Identity], Hashable],
        fold: Callable[[str], str],
        mentions: Mentions = (),
    ) -> None:
        self.same = same
        self.mentions = mentions
        self._fold = fold
        self._bridge_endings = _bridge_endings(fold(BRIDGE_SUFFIX))
        self._circles = [circle for circle in circles if not circle.is_empty]
        self._borne: dict[str, tuple[Identity, ...]] = {}
        self._alike: dict[str, tuple[Identity, ...]] = {}

    @property
    def has_nicks_only(self) -> bool:
        """Whether everybody has a nick and no other name."""
        return all(circle.has_nicks_only for circle in self._circles)

    def bearers(self, name: str) -> tuple[Identity, ...]:
        """The people with a name in the first circle that has any, each person once."""
        found = self._borne.get(name)
        if found is None:
            found = self._borne[name] = self._bearers(name)
        return found

    def _bearers(self, name: str) -> tuple[Identity, ...]:
        folded = self._fold(name)
        keys = [name, folded, *[folded + ending for ending in self._bridge_endings]]
        for circle in self._circles:
            people = circle.people
            for key in keys:
                if key in people:
                    return (people[key],)
            if not circle.has_nicks_only and (found := circle.shown_as(name)):
                return self._each_once(found)
        return ()

    def _each_once(self, found: Sequence[Identity]) -> tuple[Identity, ...]:
        if len(found) == 1:
            return tuple(found)
        return tuple({self.same(bearer): bearer for bearer in reversed(found)}.values())[::-1]

    def look_alikes(self, name: str) -> tuple[Identity, ...]:
        """The people with this account, or a nick that differs by what is added to nicks: arvo_, gm_phone, jb|away.

        They are found to write about them, and get no rights by it.
        """
        alike = self._alike.get(name)
        if alike is None:
            alike = self._alike[name] = self._look_alikes(name)
        return alike

    def _look_alikes(self, name: str) -> tuple[Identity, ...]:
        folded = self._fold(name)
        nick = without_state(folded)
        endings = _endings(self._fold("[]"))
        for circle in self._circles:
            found = circle.alike(nick, endings)
            if found:
                return tuple({self.same(bearer): bearer for bearer in found}.values())
        owner = next(filter(None, (circle.by_account(folded) for circle in self._circles)), None)
        return (owner,) if owner is not None else ()

    def longest(self) -> int:
        """The number of words of the longest name."""
        return max((circle.longest() for circle in self._circles), default=1)

    def read(self, text: str) -> list[Named]:
        """The names in a list with commas, blanks or `and`, each once; a known name with blanks in it stays whole."""
        hidden, tokens = masked(text, self.mentions)
        found: list[Named] = []
        are_divided = "," in hidden or ";" in hidden
        for item in SEPARATOR.split(hidden, maxsplit=MOST_NAMES)[:MOST_NAMES]:
            found += self._item(item, tokens, are_divided=are_divided)
        return list({named.bearers or named.name: named for named in found}.values())[:MOST_NAMES]

    def _item(
        self, item: str, tokens: Mapping[str, tuple[str, Identity]], *, are_divided: bool
    ) -> Iterator[Named]:
        """The names in an item of a list; in a list with commas (`are_divided`), and in full names, blanks stay."""
        parts = SLASH.split(item, maxsplit=MOST_NAMES)[:MOST_NAMES]
        is_id = item.startswith("@") and ":" in item
        if len(parts) > 1 and not is_id and not self.bearers(" ".join(item.split())) and _are_names(parts):
            are_divided = True
        else:
            parts = [item]
        for part in parts:
            found = list(self._several(part.split(), tokens))
            if _is_one_name(part, found, are_divided=are_divided):
                yield Named(" ".join(part.split()).strip(EDGES))
            else:
                yield from found

    def _several(self, words: list[str], tokens: Mapping[str, tuple[str, Identity]]) -> Iterator[Named]:
        """The names in words without separators; the longest known name wins."""
        at = 0
        while at < len(words) and at < MOST_NAMES:
            named, count = self._next(words[at : at + MOST_WORDS], tokens)
            at += count
            if named is not None:
                yield named

    def _next(self, words: list[str], tokens: Mapping[str, tuple[str, Identity]]) -> tuple[Named | None, int]:
        token = words[0].strip(EDGES)
        if token in tokens:
            typed, person = tokens[token]
            return Named(typed.removeprefix("@"), (person,), mentioned=True), 1
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count]).rstrip(",:;")
            bearers = self.bearers(name) or self.bearers(name.lstrip("@"))
            if bearers:
                return Named(name.lstrip("@"), bearers), count
        name = words[0].lstrip("@").rstrip(",:;")
        named = 0 < len(name) <= LONGEST_NAME and name.lower() != "and"
        return (Named(unmasked(name, tokens)) if named else None), 1
