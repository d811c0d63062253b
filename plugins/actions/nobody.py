"""Actions that are for nobody in particular: `unowned: text`, `all PTLs to text`, `?? to text`."""

import re

from plugins.actions.marks import MARK, SEPARATOR
from plugins.actions.words import GROUPS, NEVER_PEOPLE, NOT_PEOPLE, QUANTIFIERS

MOST_WORDS = 4
HEAD = re.compile(r"[\w\s'\u2019-]+|[?\s]+")


def without_nobody(text: str) -> str:
    """Return the task of an action without the words at its beginning that say that it is nobody's."""
    mark = MARK.search(text)
    if mark is None or not is_nobody(text[: mark.start()]):
        return text
    return text[mark.end() :].strip() or text


def is_nobody(head: str) -> bool:
    """Whether the words before a mark are nobody's name: `?`, `TBD`, `all PTLs`, `the nova team`."""
    words = head.lower().split()
    if not words or len(words) > MOST_WORDS or not HEAD.fullmatch(head):
        return False
    if all(set(word) == {"?"} for word in words) or words == ["no", "owner"]:
        return True
    if len(words) == 1:
        return words[0] in NEVER_PEOPLE or words[0] in GROUPS
    return words[0] in QUANTIFIERS and (
        words[-1] in GROUPS or words[-1] in NEVER_PEOPLE or words[-1] == "team"
    )


def begins_with_stranger(text: str) -> bool:
    """Whether words and `to` begin a text that may be a verb or names: `migrate to meson`, `bob and zed to read it`."""
    mark = MARK.search(text)
    if mark is None or mark["to"] is None:
        return False
    words = SEPARATOR.split(text[: mark.start()], maxsplit=MOST_WORDS)
    return (
        all(word.isprintable() and len(word.split()) == 1 for word in words)
        and words[0].lower() not in NOT_PEOPLE
    )
