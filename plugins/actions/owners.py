"""The owners of an action: the people in a list before `to`, `will`, `:` or ` - `, else those addressed or named.

Pure functions. Names in quotations and addresses are ignored. A word is a person only if that is sure: somebody known, a
word with an `@`, or one that looks like a nick and like no English word. Other words of a list are strangers: no owners.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec import Struct

from bot.api import Identity
from bot.api.facts import Owner
from plugins.actions.marks import (
    AFTER_ASSIGNED,
    ASSIGNED,
    BY_AGENT,
    CLAUSE,
    FIRST_WORD,
    LONGEST_LIST,
    MARK,
    SEPARATOR,
    TO,
    may_have_mark,
)
from plugins.actions.name_lists import EDGES, SURE, is_infinitive, may_be_list, names_in_list
from plugins.actions.quoted_text import without_quotations
from plugins.actions.roster import MYSELF, Certainty, Item, Roster
from plugins.actions.subjects import known_at, named, spoken_to
from plugins.actions.words import COMMON, DELEGATING, GIVEN_NAMES, NEVER_PEOPLE

I_WILL = re.compile(r"(?<![\w@])i(?:\s+(?:will|shall)|['\u2019]ll)(?!\w)\s*", re.IGNORECASE)
I_DO = re.compile(r"i\s+(?=\w)", re.IGNORECASE)
MOST_BLANKS, MOST_BLANKS_IN_LIST = 2, 8  # in names alone, without commas and with them
MOST_MARKS = 3  # places at which a list of owners may end
NO_PROMISE = frozenset(
    {"apply", "be", "become", "break", "change", "expire", "fail", "get", "go", "happen", "have"}
)
NO_PROMISE |= {"land", "move", "need", "not", "remain", "stay", "take"}


class Part(Struct, frozen=True):
    """What some of the owners of an action have to do; `strangers` may have to do it too."""

    owners: tuple[Owner, ...]
    task: str
    strangers: tuple[str, ...] = ()


class Reading(Struct, frozen=True):
    """The owners of an action, and its task: the text without the leading owners.

    strangers: names in the list of owners that may be other words; they are no owners
    parts:     the tasks of the owners, if they differ or there are strangers; the task is then the whole text
    """

    owners: tuple[Owner, ...]
    task: str
    strangers: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def read_owners(
    text: str, speaker: Identity, known: Mapping[str, Identity], casemapping: str = "rfc1459"
) -> tuple[Owner, ...]:
    """Return the owners of `text`; see `read_action`."""
    return read_action(text, Roster(speaker, known, casemapping)).owners


def read_names(text: str, roster: Roster) -> tuple[Owner, ...]:
    """Return the people in a list of names in which every name is meant; empty if `text` is not such a list."""
    found = names_in_list(text, roster)
    return _each_once([item.owner for item in found or () if item.owner is not None], roster)


def is_names_only(text: str, roster: Roster) -> bool:
    """Whether `text` is nothing but people: one who is known, or a list of those who are known or have an `@`."""
    if roster.is_called(text):
        return True
    if text.count(" ") > (MOST_BLANKS_IN_LIST if may_be_list(text) else MOST_BLANKS):
        return False
    last = text.rpartition(" ")[2]
    if roster.words == 1 and not last.startswith("@") and roster.find(last) is None:
        return False  # most texts end with a word
    found = names_in_list(text, roster)
    return bool(found) and all(
        item.certainty in (Certainty.KNOWN, Certainty.MARKED)
        and item.owner is not None
        and item.owner.name not in COMMON
        for item in found or ()
    )


def read_action(text: str, roster: Roster) -> Reading:
    """Read an action; accepts any text."""
    masked = without_quotations(text)
    promise = I_WILL.match(masked)
    if promise:
        return Reading((roster.speaker,), text[promise.end() :].strip())
    for mark in islice(MARK.finditer(masked), MOST_MARKS) if may_have_mark(masked) else ():
        listed = _before(mark, text, masked, roster)
        if listed is not None:
            return listed
    to = TO.search(masked)
    head = masked[: to.start()] if to else masked
    if I_DO.match(masked) and "," not in head[:3]:
        return Reading((roster.speaker,), text[1:].strip())
    assigned = (
        _assigned(text, masked, roster) or _spoken_to(text, masked, roster) or _agents(text, masked, roster)
    )
    if assigned is not None:
        return assigned
    found = list(named(head, roster, strangers=to is not None))
    if I_WILL.search(head):
        found.append(roster.speaker)
    return Reading(_each_once(found, roster), text)


def _before(mark: re.Match[str], text: str, masked: str, roster: Roster) -> Reading | None:
    """Read the list of owners that ends at `mark`; None if no list ends there."""
    found = names_in_list(masked[: mark.start()], roster)
    if found is None or not _fits(mark, masked, found):
        return None
    named = [item.owner for item in found if item.owner is not None]
    owners = [item.owner for item in found if item.owner is not None and item.certainty in SURE]
    strangers = _names(found, Certainty.STRANGER)
    if strangers and _is_promise(mark, masked, found, roster):
        owners, strangers = named, []
    if not owners and (mark["to"] or strangers):
        return None
    told = _each_once(owners, roster)
    if strangers or not told:
        with_them = Part(told, text[mark.end() :].strip(), tuple(strangers))
        return Reading(told, text, tuple(strangers), (with_them,) if told else ())
    denied = (mark["will"] or mark["modal"] or mark["ll"]) and masked.startswith("not ", mark.end())
    if denied:
        return Reading(told, text)
    return _with_clauses(told, mark.end(), text, masked, roster)


def _fits(mark: re.Match[str], masked: str, found: list[Item]) -> bool:
    """Whether these items before `mark` are its list of owners."""
    kinds = {item.certainty for item in found}
    known = _names(found, Certainty.KNOWN)
    is_word = any(name in COMMON for name in known)  # in lower case: `docs to be written`, `all will agree`
    if mark["to"]:
        return (Certainty.LIKELY not in kinds and not is_word) or is_infinitive(masked, mark.end())
    if kinds == {Certainty.NOBODY}:
        return all(word in NEVER_PEOPLE for word in re.findall(r"\w+", masked[: mark.start()].lower()))
    if any(" " in name or "-" in name or name.isalpha() for name in _names(found, Certainty.LIKELY)):
        return False
    if not mark["colon"]:
        is_english = any(name.lower() in COMMON and name.lower() not in GIVEN_NAMES for name in known)
        return not is_word and not is_english and masked[mark.start() - 1] not in EDGES
    if kinds == {Certainty.KNOWN}:
        return mark["blank"] != "" or mark["colon"] != ":" or masked[0] != "@"  # @rosa:hs.example is an id
    return not is_word and (mark["blank"] != "" or mark["colon"] != ":")


def _names(found: list[Item], certainty: Certainty) -> list[str]:
    return [item.owner.name for item in found if item.certainty is certainty and item.owner is not None]


def _is_promise(mark: re.Match[str], masked: str, found: list[Item], roster: Roster) -> bool:
    """Whether people are meant by `alice and carol will write it`: several names, and a verb for people."""
    verb = FIRST_WORD.match(masked, mark.end())
    names = [item.owner.name for item in found if item.owner is not None]
    return (
        (mark["will"] is not None or mark["ll"] is not None)
        and len(found) > 1
        and len(names) == len(found)
        and verb is not None
        and verb[1].lower() not in {"", *NO_PROMISE}
        and not any(name.lower() in COMMON or roster.is_thing(name) for name in names)
    )


def _with_clauses(owners: tuple[Owner, ...], start: int, text: str, masked: str, roster: Roster) -> Reading:
    """Return the reading of a task that begins at `start`, or of several: `a to write it, b to read it`."""
    if not any(_is_people_mark(mark) for mark in MARK.finditer(masked, start)):
        return Reading(owners, text[start:].strip())
    begins = [(owners, start)]
    ends: list[int] = []
    for boundary, people, at in _clauses(masked, start, roster):
        begins.append((_each_once(people, roster), at))
        ends.append(boundary)
    if not ends:
        return Reading(owners, text[start:].strip())
    parts = tuple(
        Part(whose, text[at:end].strip()) for (whose, at), end in zip(begins, [*ends, len(text)], strict=True)
    )
    everybody = _each_once([owner for part in parts for owner in part.owners], roster)
    return Reading(everybody, text, parts=parts)


def _is_people_mark(mark: re.Match[str]) -> bool:
    return mark["dash"] is None and (mark["colon"] is None or mark["blank"] != "")


def _clauses(masked: str, start: int, roster: Roster) -> Iterator[tuple[int, list[Owner], int]]:
    """Yield the end of the task before, the people, and the start of their task, for each further clause."""
    done = begin = start
    for boundary in CLAUSE.finditer(masked, start):
        if boundary.start() < done:
            continue
        people, end = known_run(masked, boundary.end(), roster)
        mark = MARK.match(masked, end) if people else None
        done = max(end, boundary.start())
        if mark is None or not _is_people_mark(mark) or _is_object(masked, begin, boundary, roster):
            continue
        verb = FIRST_WORD.match(masked, mark.end())
        if mark["to"] is None and (verb is None or verb[1].lower() in NO_PROMISE):
            continue
        yield boundary.start(), people, mark.end()
        done = begin = mark.end()


def _is_object(masked: str, begin: int, boundary: re.Match[str], roster: Roster) -> bool:
    """Whether the names after `boundary` are the end of a list of objects: `tell bob and jbell to come`."""
    verb = FIRST_WORD.match(masked, begin)
    if verb is None or verb[1].lower() not in DELEGATING or boundary[0].strip()[:1] in {";", "."}:
        return False
    last = masked.rfind(" ", begin, boundary.start()) + 1
    return roster.find(masked[last : boundary.start()]) is not None


def known_run(masked: str, at: int, roster: Roster) -> tuple[list[Owner], int]:
    """Return the known people in the list of names that begins at `at`, and where the list ends."""
    found: list[Owner] = []
    end = at
    while at < len(masked):
        name = _name_at(masked, at, roster)
        if name is None:
            break
        found.append(name[0])
        end = name[1]
        separator = SEPARATOR.match(masked, end)
        if separator is None:
            break
        at = separator.end()
    return found, end


def _name_at(masked: str, at: int, roster: Roster) -> tuple[Owner, int] | None:
    """Return the person whose name begins at `at`: known, or surely a name; and where the name ends."""
    found = known_at(masked, at, roster)
    if found is not None:
        return found
    word = NAME.match(masked, at)
    if word is None or (word[0] in COMMON and word[0] not in MYSELF):
        return None
    item = roster.read(word[0])
    if item is None or item.owner is None or item.certainty not in (Certainty.KNOWN, Certainty.MARKED):
        return None
    return item.owner, word.end()


NAME = re.compile("@?[^\\s,/&;:+()<>\"\u201c\u201d\ufffc=!?*\u2013\u2014\u3001\uff0c'\u2019]+(?<!\\.)")


def _assigned(text: str, masked: str, roster: Roster) -> Reading | None:
    """Read `assigned to ivan: text` and `text (owner: ivan)`, where every name is meant."""
    for said in islice(ASSIGNED.finditer(masked), MOST_MARKS):
        for pattern in AFTER_ASSIGNED:
            end = pattern.search(masked, said.end(), said.end() + LONGEST_LIST)
            owners = read_names(masked[said.end() : end.start()], roster) if end is not None else ()
            if end is not None and owners:
                is_first = said.start() == 0 and end.end() < len(text)
                return Reading(owners, text[end.end() :].strip() if is_first else text)
    return None


def _spoken_to(text: str, masked: str, roster: Roster) -> Reading | None:
    found = spoken_to(masked, roster)
    if found is None:
        return None
    return _with_clauses(_each_once(found[0], roster), found[1], text, masked, roster)


def _agents(text: str, masked: str, roster: Roster) -> Reading | None:
    """Read `the patch to be reviewed by lin_wei`."""
    for said in BY_AGENT.finditer(masked):
        owners, _ = known_run(masked, said.end(), roster)
        if owners:
            return Reading(_each_once(owners, roster), text)
    return None


def _each_once(owners: list[Owner], roster: Roster) -> tuple[Owner, ...]:
    if not owners[1:]:
        return tuple(owners)
    return tuple({roster.key(owner): owner for owner in reversed(owners)}.values())[::-1]
