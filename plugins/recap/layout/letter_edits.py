"""Whether an edit could have changed what a text means, or only mended its letters."""

import re

from bot.api.words import letter_change

WORD = re.compile(r"\S+")
AROUND = ".,;:!'\"()\u2018\u2019\u201c\u201d"
LONG_ENOUGH = 5  # letters; shorter words are too often other words: now and not, form and from


def means_the_same(before: str, after: str) -> bool:
    """Whether two texts differ at most in case, blanks, punctuation, and one mended letter in each longer word.

    In doubt they do not: figures, short words, the first letter and an s at the end count as a change.
    """
    was, now = _words(before), _words(after)
    return len(was) == len(now) and all(
        one == other or _is_mended(one, other) for one, other in zip(was, now, strict=True)
    )


def _words(text: str) -> list[str]:
    bare = (found[0].strip(AROUND).casefold() for found in WORD.finditer(text))
    return [word for word in bare if word]


def _is_mended(was: str, now: str) -> bool:
    if not (was.isalpha() and now.isalpha()) or min(len(was), len(now)) < LONG_ENOUGH or was[0] != now[0]:
        return False
    return letter_change(was, now) is not None and f"{was}s" != now and f"{now}s" != was
