"""Typed text: cleaning it, shortening it, and finding the word that a typo may mean."""

import re
from collections.abc import Iterable

FORMATTING = re.compile(
    "\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?"  # mIRC colors: https://modern.ircdocs.horse/formatting
    "|\x04(?:[0-9a-fA-F]{6}(?:,[0-9a-fA-F]{6})?)?"
    "|[\x00-\x08\x0a-\x1f\x7f-\x9f]"
    "|[\u200b\u2060\ufeff]"  # zero-width blanks; joiners stay because emoji and scripts need them
    "|[\u202a-\u202e\u2066-\u2069]"  # direction overrides can make a name look like another
)
BLANKS = re.compile("[\t\u00a0\u2007\u202f\u3000]")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
SURROGATES = re.compile("[\ud800-\udfff]")  # half a character; no encoding can store it
BOLD = "\x02"  # around words that the bot itself wants bold; the words of people are cleaned of it
NEAR_MISS_FROM = 4
LONGEST_TITLE = 250


def clean(text: str) -> str:
    """`text` without control codes and formatting, and with plain blanks; inner blanks are not collapsed."""
    if text.isascii() and text.isprintable():
        return text
    text = SURROGATES.sub("\ufffd", text)
    return text if text.isprintable() else BLANKS.sub(" ", FORMATTING.sub("", text))


def on_one_line(text: str) -> str:
    r"""`text` for a log or a terminal: control characters are shown as Python writes them, `\n` and `\x1b`."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """The known word that is one typo away from `word` (a letter wrong, missing, added or swapped), or None.

    Known words of fewer than four letters never match: they are too easily something else. An `s` at the end is no typo.
    """
    if len(word) < NEAR_MISS_FROM - 1 or not word.isalpha():
        return None
    size, first, last = len(word), word[0], word[-1]
    near = [  # a typo leaves the first or the last letter unchanged; this cheap check excludes most words
        known_word
        for known_word in known
        if -2 < len(known_word) - size < 2
        and len(known_word) >= NEAR_MISS_FROM
        and (known_word[0] == first or known_word[-1] == last)
    ]
    return next((candidate for candidate in sorted(near) if is_one_typo(word, candidate)), None)


def is_one_typo(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with one typo; an `s` at the end is none."""
    return letter_change(typed, meant) is not None and typed != f"{meant}s"


def letter_change(one: str, other: str) -> tuple[str, str] | None:
    """The letters in which two words differ: one is wrong, missing or added, or two are swapped; None if more differ, or none."""
    if one == other or abs(len(one) - len(other)) > 1:
        return None
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[at:], other[at:]
    if len(a) != len(b):
        added = a[1:] == b if len(a) > len(b) else a == b[1:]
        return (a[: len(a) > len(b)], b[: len(b) > len(a)]) if added else None
    if a[1:] == b[1:]:
        return a[0], b[0]
    return (a[:2], b[:2]) if a[:2] == b[1::-1] and a[2:] == b[2:] else None


def shortened(text: str, limit: int) -> str:
    """`text`, cut with an ellipsis if it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def titled(text: str) -> str:
    """`text` as a title: stripped, with inner blanks collapsed."""
    return " ".join(text.split())
