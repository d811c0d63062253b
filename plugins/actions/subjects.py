"""People without a mark after them: `okoye, write it`, `okoye write it`, and people who are named anywhere in a text."""

import re
from collections.abc import Iterator

from bot.api.facts import Owner
from bot.api.people import is_token
from plugins.actions.marks import FIRST_WORD, LONGEST_TALK, SEPARATOR, TALKS_WITH
from plugins.actions.name_lists import items, may_be_list
from plugins.actions.roster import Roster, looks_like_nick
from plugins.actions.words import AFTER_SUBJECT, COMMON

PIECE = re.compile('[^\\s,/&;+()<>"\u201c\u201d\ufffc=!?*\u2013\u2014\u3001\uff0c]+')
WORD = re.compile(r"\S+")
NEAR = 40  # characters before a name
SENTENCE_START = frozenset(".!?:-\u2013\u2014")
POSSESSIVE = re.compile("['\u2019](?:s|ll|d)?$", re.IGNORECASE)
POSSESSED = re.compile("['\u2019]s?$", re.IGNORECASE)
BASE_FORMS_IN_S = frozenset(
    {"access", "address", "assess", "bless", "discuss", "focus", "pass", "process", "stress"}
)
BASE_FORMS_IN_ED = frozenset({"embed", "feed", "need", "proceed", "seed", "shed", "speed"})


def spoken_to(masked: str, roster: Roster) -> tuple[list[Owner], int] | None:
    """Return the people before `, text` or before a verb, and where the text begins."""
    called: list[Owner] = []
    end = at = 0
    for item in items(masked, roster) if may_be_list(masked) else ():
        found = _called(item, roster)
        separator = SEPARATOR.match(masked, at + len(item))
        if found is None or separator is None:
            break
        called.append(found)
        at = separator.end()
        end = at if "," in separator[0] else 0
    last = subjects(masked, at, roster)
    if last is not None:
        return [*called, *last[0]], last[1]
    return (called, end) if called and end else None


def _called(item: str, roster: Roster) -> Owner | None:
    """Return the person addressed by `item,` at the start of a text."""
    bare = item.strip()
    if bare in COMMON:  # in lower case: `well, we should`
        return None
    found = roster.find(bare)
    if found is None and " " not in bare and "-" not in bare and looks_like_nick(bare):
        return roster.unknown(bare)
    return found


def subjects(masked: str, at: int, roster: Roster) -> tuple[list[Owner], int] | None:
    """Return the known people at `at` if a verb in its base form follows (`okoye write it`), and where it begins."""
    found: list[Owner] = []
    while True:
        name = known_at(masked, at, roster)
        if name is None:
            break
        found.append(name[0])
        at = name[1]
        blank = WORD.search(masked, at)
        if blank is None:
            return None
        at = blank.start()
    return (found, at) if found and _is_base_form(masked, at) else None


def known_at(masked: str, at: int, roster: Roster) -> tuple[Owner, int] | None:
    """Return the known person whose name begins at `at`, and where the name ends."""
    ends: list[int] = []
    for word in WORD.finditer(masked, at):
        ends.append(word.end())
        if len(ends) == roster.words:
            break
    if not ends or masked[at].isspace():
        return None
    for end in reversed(ends[1:]):
        typed = masked[at:end]
        found = roster.find(typed) if not typed.endswith((",", ":", ";")) else None
        if found is not None:
            return found, end
    typed = masked[at : ends[0]]
    if POSSESSED.search(typed) or not is_meant(masked, at, typed):
        return None
    found = roster.find(typed) if typed[-1] not in ",:;.!?" else None
    if found is None and at == 0:
        found = roster.marked(typed)
    return (found, ends[0]) if found is not None else None


def _is_base_form(masked: str, at: int) -> bool:
    word = FIRST_WORD.match(masked, at)
    if word is None or not word[1] or not word[1][0].islower() or not word[1].isascii():
        return False
    verb, after = word[1], FIRST_WORD.match(masked, word.end())
    if (
        verb in AFTER_SUBJECT
        or verb.endswith("ing")
        or (verb.endswith("ed") and verb not in BASE_FORMS_IN_ED)
    ):
        return False
    if verb.endswith("s") and verb not in BASE_FORMS_IN_S:
        return False
    return after is None or after[1].lower() not in {
        "is",
        "are",
        "was",
        "needs",
        "has",
        "will",
        "should",
        "must",
    }


def named(text: str, roster: Roster, *, strangers: bool) -> Iterator[Owner]:
    """Yield the known people named in a text; with `strangers`, also unknown names with an `@`.

    Somebody only talked with (`follow up with okoye`) is not named.
    """
    pieces = list(PIECE.finditer(text))
    at, most = 0, roster.words
    talked_with = -1  # the end of the last name that somebody talks with
    while at < len(pieces):
        start = pieces[at].start()
        for words in range(min(most, len(pieces) - at), 0, -1):
            typed = text[start : pieces[at + words - 1].end()]
            if words == 1 and typed in COMMON:
                continue
            found = roster.find(typed)
            if found and (words > 1 or is_meant(text, start, typed)):
                if _is_talked_with(text, start, talked_with):
                    talked_with = start + len(typed)
                else:
                    yield found
                at += words - 1
                break
        else:
            typed = pieces[at][0]
            stranger = roster.marked(typed) if strangers else None
            if stranger:
                yield stranger
        at += 1


def _is_talked_with(text: str, start: int, last: int) -> bool:
    """Whether the name at `start` stands after `follow up with`, or in a list with a name that does."""
    if text[start] == "@" or is_token(text[start]):
        return False
    if last >= 0 and SEPARATOR.fullmatch(text, last, start):
        return True
    return TALKS_WITH.search(text, max(0, start - LONGEST_TALK), start) is not None


def is_meant(text: str, start: int, typed: str) -> bool:
    """Whether a word that is somebody's nick means that person here rather than the English word."""
    if typed[0] in "@[{" or is_token(typed[0]):
        return True
    word = POSSESSIVE.sub("", typed.rstrip(".:")).lower()
    if word not in COMMON and len(word) > 1:
        return True
    before = text[max(0, start - NEAR) : start].rstrip()
    return typed[:1].isupper() and bool(before) and before[-1] not in SENTENCE_START
