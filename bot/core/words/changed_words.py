"""What an edit over a bridge says, when the bridge sends only the words that changed.

- matrix-appservice-irc: `s/old/new/`, up to three of them with commas between, without escapes, or `* where I missed a word`:
  the added words with up to two words on each side
  (https://github.com/matrix-org/matrix-appservice-irc, src/util/MessageDiff.ts)
- Heisenbridge: `* new words` for what stood between the words that stayed, `+added`, `-removed`
  (https://github.com/hifi/heisenbridge, heisenbridge/private_room.py: `line_diff`)

A change is made only where it fits one place of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter

from bot.core.words.text import is_one_typo

CONTEXT = 2  # words that a bridge shows on each side of an addition
ALIKE = 0.6  # of its letters
LONGEST_WORD = 40  # characters; longer words are alike only if they are equal
MOST_WORDS = 200
MOST_CHANGED = 40  # words; an edit that changes more is sent whole
NEXT = re.compile(r"/, (?=s/)")


def alike(one: str, other: str) -> bool:
    """Whether two words may be one with a mistake in it."""
    one, other = one.casefold(), other.casefold()
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if longer > LONGEST_WORD or shorter < 3:
        return False
    if is_one_typo(one, other) or is_one_typo(other, one):
        return True
    start = _same(one, other)
    end = _same(one[start:][::-1], other[start:][::-1])
    return start + end >= ALIKE * longer


def _same(one: str, other: str) -> int:
    """How many letters two words have in common at their start."""
    differing = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def differences(new: str, old: str) -> int | None:
    """In how many words a text differs from another of which it may be an edited form; None if most words differ."""
    words, before = new.split()[:MOST_WORDS], old.split()[:MOST_WORDS]
    left = Counter(word.casefold() for word in before)
    others = []
    for place, word in enumerate(words):
        if left[word.casefold()] > 0:
            left[word.casefold()] -= 1
        else:
            others.append(place)
    mended = sum(place < len(before) and alike(words[place], before[place]) for place in others)
    longer = max(len(words), len(before))
    same = len(words) - len(others) + mended
    return longer - same if words and 2 * same >= longer else None


def most_alike(new: str, texts: Mapping[int, str]) -> list[int]:
    """Which of these texts `new` may be an edited form of: one if it is sure, several if it is not."""
    found = {n: differing for n, text in texts.items() if (differing := differences(new, text)) is not None}
    if len(found) < 2:
        return list(found)
    (best, least), (_, next_least) = sorted(found.items(), key=itemgetter(1))[:2]
    return [best] if next_least >= 2 * least + 2 else list(found)


def with_words(text: str, words: str) -> list[str]:
    """The texts that may be meant where a bridge sends only `words` of the edited text, each once."""
    old, new = text.split(), words.split()
    if not 0 < len(new) <= MOST_CHANGED or len(old) > MOST_WORDS:
        return []
    found = dict.fromkeys((*_added(old, new), *_replaced(old, new)))
    return [changed for changed in found if changed != " ".join(old)]


def _added(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The words with an addition, whose neighbors are at its sides."""
    for before in range(min(CONTEXT, len(new)) + 1):
        for after in range(min(CONTEXT, len(new) - before) + 1):
            beside = [*new[:before], *new[len(new) - after :]]
            if not beside or len(beside) == len(new):
                continue
            for at in range(len(old) - len(beside) + 1):
                whole = (before == CONTEXT or at == 0) and (after == CONTEXT or at + len(beside) == len(old))
                if whole and list(old[at : at + len(beside)]) == beside:
                    yield " ".join((*old[:at], *new, *old[at + len(beside) :]))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The words with as many of them replaced, each by one that is like it."""
    size = len(new)
    for at in range(len(old) - size + 1):
        if all(map(alike, old[at : at + size], new)):
            yield " ".join((*old[:at], *new, *old[at + size :]))


def is_addition_to(text: str, words: str) -> bool:
    """Whether `words` may be only the beginning of an edited text: an addition near its start, with the words beside it."""
    old, new = text.split(), words.split()
    for before in range(CONTEXT):  # the command's own word is one of the words before
        shown = before + CONTEXT
        beside = [*new[:before], *new[-CONTEXT:]]
        if len(new) > shown and len(old) > shown and old[:shown] == beside:
            return True
    return False


def without_words(text: str, words: str) -> list[str]:
    """The texts that may be meant where a bridge says that `words` were removed."""
    old, gone = text.split(), words.split()
    places = (at for at in range(len(old) - len(gone) + 1) if gone and list(old[at : at + len(gone)]) == gone)
    return [" ".join((*old[:at], *old[at + len(gone) :])) for at in islice(places, 2)]


def substituted(text: str, said: str) -> list[str]:
    """The texts that may be meant by a bridge's `s/old/new/, s/older/newer/`; none if it is not such a line, or fits nowhere."""
    if not said.startswith("s/") or not said.endswith("/") or len(said) > 2 * len(text) + 200:
        return []
    found = [text]
    for pair in NEXT.split(said.removesuffix("/")):
        found = [changed for before in found for changed in _substituted(before, pair.removeprefix("s/"))]
        if len(found) > 1:
            break
    return [] if found == [text] else found


def _substituted(text: str, pair: str) -> Iterator[str]:
    """The texts in which one place is replaced; a slash may be part of the words."""
    for slash in islice((found.start() for found in re.finditer("/", pair)), 20):
        old, new = pair[:slash], pair[slash + 1 :]
        whole = rf"(?<!\w){re.escape(old)}(?!\w)" if old and old[0].isalnum() and old[-1].isalnum() else ""
        places = (
            [found.span() for found in islice(re.finditer(whole or re.escape(old), text), 2)] if old else []
        )
        for start, end in places:
            changed = f"{text[:start]}{new}{text[end:]}"
            yield " ".join(changed.split()) if not new else changed.strip()
