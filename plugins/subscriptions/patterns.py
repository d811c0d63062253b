"""Whether a topic is what somebody asked for: its words, or a regular expression, in time that grows with the text alone.

Rules of this file: people's expressions never reach Python's `re`, whose time may double with every letter. RE2 takes
linear time and bounded memory, and refuses what it cannot search so: look-around, references back, what is too large.
"""

from functools import cache, lru_cache
from typing import Any

MEMORY = (
    1 << 16
)  # bytes for one expression; a match of a hundred characters then takes less than half a millisecond
COMPILED = 1024


@cache
def engine() -> Any:
    """The engine, loaded when it is first needed."""
    import re2  # noqa: PLC0415 - a shared library; most starts need none of it

    return re2


@lru_cache(maxsize=COMPILED)
def _compiled(regex: str) -> Any:
    """The expression, or None where it cannot be searched."""
    re2 = engine()
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.never_capture = True
    options.max_mem = MEMORY
    try:
        return re2.compile(regex, options)
    except re2.error:
        return None


def is_searchable(regex: str) -> bool:
    """Whether an expression can be searched in linear time."""
    return _compiled(regex) is not None


def finds(regex: str, slug: str, title: str, *, begins: bool = True) -> bool:
    """Whether an expression is found in "#nova Cells", or in "#nova now Cells" as those write it who come from ptgbot."""
    compiled = _compiled(regex)
    verb = "now" if begins else "next"
    lines = (f"#{slug} {title}", f"#{slug} {verb} {title}")
    return compiled is not None and any(compiled.search(line) is not None for line in lines)


def has_words(words: str, title: str) -> bool:
    """Whether a title has all the words, in any order and case; each may be the start of a longer word."""
    said = title.casefold()
    return all(_occurs(word, said) for word in words.casefold().split())


def _occurs(word: str, text: str) -> bool:
    """Whether a word stands at the beginning of one of `text`; scripts without blanks have none."""
    at = text.find(word)
    while at > 0 and word[0].isascii() and word[0].isalnum() and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0
