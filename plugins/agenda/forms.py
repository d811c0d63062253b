"""What people type about the agenda without a prefix, as Zakim's users do, and when such a line is talk all the same.

Rules of this file: a line is a command where all of it could mean nothing else. The rest is talk, unless it was said to us.
"""

import re
from collections.abc import Sequence

from bot.api import Ask
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.lookup import agenda_of

ITEM = "agendum|agenda|item"  # each of these words is taken for the others
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
TAKING_UP = (f"take up {ITEM}", "take up agenda item", f"open {ITEM}", f"move to {ITEM}")
NEXT = (f"[open] next {ITEM}", f"take up [the] next {ITEM}", f"move to [the] next {ITEM}")
SKIPPING = (f"skip [this|the] {ITEM}",)
REALLY = f"really close [this|the] {ITEM}"
CLOSING = (f"close [this|the] {ITEM}", REALLY)
RENAMED = re.compile(r"(#?\d{1,9})\s*=\s*(\S.*)", re.ASCII | re.DOTALL)
NUMBER = re.compile(r"#?\d{1,9}[.:]?", re.ASCII)
NUMBERS = re.compile(r"#?\d", re.ASCII)
FIRST = "first"


def verb_of(ask: Ask) -> tuple[str, str] | None:
    """What is to be done with the list, and the rest; None where the line was said in no form of its own."""
    if ask.form != RENAMING:
        return (FORMS[ask.form], ask.rest) if ask.form else None
    renamed = RENAMED.fullmatch(ask.rest)
    return ("edit", f"{renamed[1]} {renamed[2]}") if renamed else None  # `gatherbot: agenda add Docs`


def is_talk_of_list(ask: Ask) -> bool:
    """Whether `item 3 is fine`, `show the agenda to them` are talk."""
    found = verb_of(ask)
    if found is None:
        return True
    verb, rest = found
    if verb in {"drop", "order"}:
        return NUMBERS.match(rest) is None
    return verb in {"", "clear"} and rest != ""


def is_talk_of_next(ask: Ask) -> bool:
    """Whether something follows: `next item is lunch`."""
    return ask.rest != ""


def is_talk_of_this(ask: Ask) -> bool:
    """Whether something else than a number follows: `close item by Friday`."""
    return ask.rest != "" and NUMBER.fullmatch(ask.rest) is None


def is_talk_of_item(ask: Ask) -> bool:
    """Whether what follows names no item: `open item for all of us`; nobody says agendum and means something else."""
    if NUMBER.fullmatch(ask.rest) or ask.session is None or "agendum" in ask.text.lower():
        return False
    return called(agenda_of(ask.session), ask.rest) is None


def called(agenda: Agenda, text: str) -> Listed | None:
    """The item that is meant: the first, the one of this title, or the only one whose title has these words."""
    if text.casefold() == FIRST:
        return next(iter(agenda.items), None)
    exact = agenda.titled(text)
    return exact if exact is not None else only(agenda.items, text)


def only(items: Sequence[Listed], text: str) -> Listed | None:
    """The only one of some items whose title has these words, one after the other."""
    words = text.casefold().split()
    found = [listed for listed in items if _holds(listed.item.title.casefold().split(), words)]
    return found[0] if len(found) == 1 else None


def _holds(title: Sequence[str], words: Sequence[str]) -> bool:
    size = len(words)
    return size > 0 and any(list(title[at : at + size]) == list(words) for at in range(len(title) - size + 1))
