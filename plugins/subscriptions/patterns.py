"""Matching of topics by words or by a regular expression, in linear time.

People's expressions are matched by RE2, because Python's `re` can take exponential time. RE2 refuses look-around,
backreferences and large expressions.
"""

from functools import cache, lru_cache
from typing import Any

from plugins.subscriptions.declaration import plugin

MEMORY = 1 << 16  # bytes per expression; matching a hundred characters then takes less than 0.5 ms
COMPILED = 8192  # the highest `all_subscriptions` and more; compiling takes ten times as long as a search


@plugin.warm_up
@cache
def engine() -> Any:
    """Return RE2, imported at first use."""
    import re2  # noqa: PLC0415 - most starts do not need this shared library

    return re2


@lru_cache(maxsize=COMPILED)
def _compiled(regex: str) -> Any:
    """Compile an expression; None if RE2 refuses it."""
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
    """Whether RE2 accepts an expression."""
    return _compiled(regex) is not None


def finds(regex: str, slug: str, title: str, *, begins: bool = True) -> bool:
    """Whether an expression matches "#nova Cells", or "#nova now Cells" as in ptgbot."""
    compiled = _compiled(regex)
    verb = "now" if begins else "next"
    lines = (f"#{slug} {title}", f"#{slug} {verb} {title}")
    return compiled is not None and any(compiled.search(line) is not None for line in lines)


def has_words(words: str, title: str) -> bool:
    """Whether a title contains all the words or words that start with them, in any order and case."""
    said = title.casefold()
    return all(_occurs(word, said) for word in words.casefold().split())


def _occurs(word: str, text: str) -> bool:
    """Whether a word of `text` begins with `word`; in scripts without spaces, any position counts."""
    at = text.find(word)
    while at > 0 and word[0].isascii() and word[0].isalnum() and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0
