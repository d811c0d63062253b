"""The agenda commands without prefix, as in Zakim, and the checks that tell them from ordinary talk.

An unaddressed line is a command only if it cannot mean anything else.
"""

import re
from collections.abc import Sequence

from bot.api import Ask
from plugins.agenda.agenda_lists import Agenda, Listed

ITEM = "agendum|agenda|item"  # synonyms
RENAMING = ITEM  # item 3 = TEXT
FORMS = {
    "agenda?": "",
    "list|show [the] agenda": "",
    "what's [on] [the] agenda|agenda?": "",
    "what is [on] [the] agenda|agenda?": "",
    "agenda+|agendum+": "add",
    "agenda-|agendum-": "drop",
    f"delete|drop|forget|remove {ITEM}": "drop",
    "[the] agenda order [is]": "order",
    "clear [the] agenda": "clear",
    RENAMING: "edit",
}
NEXT = (f"[open] next {ITEM}|topic", f"take up [the] next {ITEM}", f"move to [the] next {ITEM}")
SKIPPING = (f"skip [this|the] {ITEM}",)
REALLY = f"really close [this|the] {ITEM}"
CLOSING = (f"close [this|the] {ITEM}", REALLY)
RENAMED = re.compile(r"(#?\d{1,9})\s*=\s*(\S.*)", re.ASCII | re.DOTALL)
NUMBER = re.compile(r"#?\d{1,9}[.:]?", re.ASCII)
NUMBERS = re.compile(r"#?\d", re.ASCII)
FIRST = "first"


def verb_of(ask: Ask) -> tuple[str, str] | None:
    """Return the verb and the rest of the line; None if the line matches no form."""
    if ask.form != RENAMING:
        return (FORMS[ask.form], ask.rest) if ask.form else None
    renamed = RENAMED.fullmatch(ask.rest)
    return ("edit", f"{renamed[1]} {renamed[2]}") if renamed else None  # `gatherbot: agenda add Docs`


def is_talk_of_list(ask: Ask) -> bool:
    """Whether a line about the list is talk: `item 3 is fine`, `show the agenda to them`."""
    found = verb_of(ask)
    if found is None:
        return True
    verb, rest = found
    if verb in {"drop", "order"}:
        return NUMBERS.match(rest) is None
    return verb in {"", "clear"} and rest != ""


def is_talk_of_next(ask: Ask) -> bool:
    """Whether the line is talk because more words follow: `next item is lunch`."""
    return ask.rest != ""


def is_talk_of_this(ask: Ask) -> bool:
    """Whether the line is talk because something other than a number follows: `close item by Friday`."""
    return ask.rest != "" and NUMBER.fullmatch(ask.rest) is None


def called(agenda: Agenda, text: str) -> Listed | None:
    """Find an item: the first, the one with this title, or the only one whose title contains these words."""
    if text.casefold() == FIRST:
        return next(iter(agenda.items), None)
    exact = agenda.titled(text)
    return exact if exact is not None else only(agenda.items, text)


def only(items: Sequence[Listed], text: str) -> Listed | None:
    """Return the only item whose title contains these consecutive words."""
    words = text.casefold().split()
    found = [listed for listed in items if _holds(listed.item.title.casefold().split(), words)]
    return found[0] if len(found) == 1 else None


def _holds(title: Sequence[str], words: Sequence[str]) -> bool:
    size = len(words)
    return size > 0 and any(list(title[at : at + size]) == list(words) for at in range(len(title) - size + 1))
