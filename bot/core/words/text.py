"""Text as people type it: what is stripped before it is read, and which word they may have meant."""

import re
from collections.abc import Iterable

FORMATTING = re.compile(
    "\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?"  # mIRC colours: https://modern.ircdocs.horse/formatting
    "|\x04(?:[0-9a-fA-F]{6}(?:,[0-9a-fA-F]{6})?)?"
    "|[\x00-\x08\x0a-\x1f\x7f-\x9f]"
    "|[\u200b\u2060\ufeff]"  # zero-width blanks; joiners stay, emoji and scripts need them
    "|[\u202a-\u202e\u2066-\u2069]"  # overrides of the writing direction can make a name look like another
)
BLANKS = re.compile("[\t\u00a0\u2007\u202f\u3000]")
SURROGATES = re.compile("[\ud800-\udfff]")  # half a letter; no encoding can store it
NEAR_MISS_FROM = 4
LONGEST_TITLE = 250


def clean(text: str) -> str:
    """`text` without control codes and formatting, odd blanks made plain; inner blanks are not collapsed."""
    if text.isascii() and text.isprintable():
        return text
    text = SURROGATES.sub("\ufffd", text)
    return text if text.isprintable() else BLANKS.sub(" ", FORMATTING.sub("", text))


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is one slip away from: a letter wrong, missing, doubled or swapped.

    Words of fewer than four letters are too easily something else.
    """
    if len(word) < NEAR_MISS_FROM or not word.isalpha():
        return None
    size, first, last = len(word), word[0], word[-1]
    near = [  # a slip leaves the first letter or the last one as it is; most of the words are sorted out by that
        known_word
        for known_word in known
        if -2 < len(known_word) - size < 2
        and len(known_word) >= NEAR_MISS_FROM
        and (known_word[0] == first or known_word[-1] == last)
    ]
    return next((one for one in sorted(near) if _one_slip(word, one)), None)


def _one_slip(typed: str, meant: str) -> bool:
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant))
    )
    a, b = typed[at:], meant[at:]
    if len(a) == len(b):
        swapped = len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
        return swapped or a[1:] == b[1:]
    if len(a) < len(b):
        return a == b[1:]
    doubled = typed[at : at + 1] == typed[at - 1 : at] or typed[at : at + 1] == typed[at + 1 : at + 2]
    return doubled and a[1:] == b


def shortened(text: str, limit: int) -> str:
    """`text`, cut with an ellipsis where it is longer than `limit` letters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def titled(text: str) -> str:
    """A cleaned line as the title of something: inner blanks collapsed, none at the ends."""
    return " ".join(text.split())
