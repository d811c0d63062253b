"""Looking up people by typed names: nicks, ids, display names, and mentions that the network marks.

Ids are compared exactly, display names in any case. A name that several people bear means none of them. Display names and
look-alikes find people to write about; they give nobody rights.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Self

from msgspec import Struct

from bot.core.people.identity import (
    BRIDGE_ENDINGS,
    LONGEST_NAME,
    STATES,
    Identity,
    casefold,
    plain_name,
    without_state,
)
from bot.core.people.mention_tokens import Mentions, masked, unmasked

Shown = tuple[dict[str, list[Identity]], dict[str, list[Identity]]]

NOBODY: Shown = ({}, {})

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
def _endings(brackets: str) -> dict[str, None]:
    """What people add to nicks, with these brackets, as the network folds them."""
    folded = (ending.replace("[", brackets[0]).replace("]", brackets[1]) for ending in ("", *ENDINGS))
    return dict.fromkeys(folded)


class Circle:
    """The people of a room or of a session, by key; display names are indexed only if no key matches.

    with_ids: some of them have ids that differ from their names
    """

    def __init__(self, people: Mapping[str, Identity], *, with_ids: bool = True) -> None:
        self._people = people
        self._shown = None if with_ids and people else NOBODY

    @classmethod
    def of_names(cls, named: Iterable[tuple[Identity, str]]) -> Self:
        """A circle of people by names that are no nicks."""
        circle = cls({})
        shown: dict[str, list[Identity]] = {}
        for person, name in named:
            shown.setdefault(name.casefold(), []).append(person)
        circle._shown = (shown, {}) if shown else NOBODY
        return circle

    def bearers(self, name: str, keys: Sequence[str]) -> list[Identity]:
        """The people with the key `name` or one of `keys`, else with this display name, else with this part of a name."""
        people = self._people
        for key in (name, *keys):
            if key in people:
                return [people[key]]
        shown, parts = self._people_with_ids()
        folded = name.casefold() if shown else ""
        return shown.get(folded) or parts.get(folded) or []

    def _people_with_ids(self) -> Shown:
        """The people with ids, by full display name or id, and by the first part of these."""
        if self._shown is not None:
            return self._shown
        shown: dict[str, list[Identity]] = {}
        parts: dict[str, list[Identity]] = {}
        for person in self._people.values():
            if person.key.startswith("@"):
                shown.setdefault(person.name.casefold(), []).append(person)
                shown.setdefault(person.key[1:].casefold(), []).append(person)
                parts.setdefault(plain_name(person.name).casefold(), []).append(person)
                parts.setdefault(person.key[1:].partition(":")[0].casefold(), []).append(person)
        self._shown = shown, parts
        return self._shown

    def alike(self, nick: str, endings: Mapping[str, None]) -> list[Identity]:
        """The people with this nick, or with it and one of these endings."""
        people = self._people
        if len(people) > len(endings):
            return [people[nick + ending] for ending in endings if nick + ending in people]
        return [people[key] for key in people if key.startswith(nick) and key[len(nick) :] in endings]

    def by_account(self, account: str) -> Identity | None:
        """The first person with this account."""
        return next((person for person in self._people.values() if person.account == account), None)

    def longest(self) -> int:
        """The number of words of the longest name; a nick counts as one."""
        if self._shown is NOBODY:
            return 1
        names = (*self._people, *(name for index in self._people_with_ids() for name in index))
        return max((len(name.split()) for name in names), default=1)


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
        self._circles = tuple(circles)

    def bearers(self, name: str) -> tuple[Identity, ...]:
        """The people with a name in the first circle that has any, each person once."""
        keys = tuple(self._fold(name + ending) for ending in ("", *BRIDGE_ENDINGS))
        for circle in self._circles:
            found = circle.bearers(name, keys)
            if found:
                return tuple({self.same(bearer): bearer for bearer in reversed(found)}.values())[::-1]
        return ()

    def look_alikes(self, name: str) -> tuple[Identity, ...]:
        """The people with this account, or a nick that differs by what is added to nicks: arvo_, gm_phone, jb|away.

        They are found to write about them, and get no rights by it.
        """
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
