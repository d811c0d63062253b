"""How much two texts are alike: by their words, and short ones by their letters."""

from collections import Counter
from difflib import SequenceMatcher

from msgspec import Struct

from plugins.recap.mending.letters import letters_of

LIKE = 0.45  # from here on, a text is a record that somebody changed
LIKE_OWN = 0.7  # words of the bot vary less
UNLIKE = 0.3  # below that, a text has nothing of a record but its number
SHORT = 60  # letters
LONG_ENOUGH = 16
CONTAINED = 0.8


class Words(Struct, frozen=True):
    """A text for comparison: its letters, and how often each word occurs."""

    letters: str
    counts: Counter[str]
    size: int


def words_in(text: str) -> Words:
    """Read a text; case counts nothing."""
    words = [letters for word in text.split() if (letters := letters_of(word).casefold())]
    return Words("".join(words), Counter(words), len(words))


def likeness(one: Words, other: Words) -> float:
    """Return from 0 (nothing in common) to 1 (the same)."""
    if not one.size or not other.size:
        return 0.0
    common = sum(min(count, other.counts[word]) for word, count in one.counts.items() if word in other.counts)
    by_words = 2 * common / (one.size + other.size)
    if len(one.letters) >= LONG_ENOUGH and one.letters in other.letters:
        by_words = max(by_words, CONTAINED)
    if max(len(one.letters), len(other.letters)) > SHORT:
        return by_words
    letters = SequenceMatcher(None, one.letters, other.letters, autojunk=False)
    return max(by_words, letters.ratio() - 0.1) if letters.quick_ratio() > by_words else by_words
