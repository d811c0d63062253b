"""The new text of a record: the words that somebody changed as they wrote them, all others as they were."""

from difflib import SequenceMatcher

from msgspec import Struct

from plugins.recap.mending.blocks import Block, in_one_line
from plugins.recap.mending.known_text import Piece
from plugins.recap.mending.letters import NUMBERS, letters_of, numbers_in


class Word(Struct, frozen=True):
    """A word, perhaps with a dash before it; `key` is what is compared."""

    text: str
    key: str
    is_said: bool = True


class Mended(Struct, frozen=True):
    """The new text of a line, and whether somebody changed words of the bot around it, such as a label."""

    text: str
    changes_label: bool


def mended_words(piece: Piece, lines: tuple[str, ...]) -> Mended:
    """Read the new text of a piece from the lines that it became.

    Words that only programs changed, as by curly quotes, stay as they were. What was added before or after the line of
    the record belongs to it; what the bot writes around that line does not.
    """
    known = [*_words(piece.before, is_said=False), *_words(piece.said), *_words(piece.after, is_said=False)]
    now = _words(_without_number(in_one_line(lines), piece.n))
    first = next((at for at, word in enumerate(known) if word.is_said), 0)
    text: list[str] = []
    changes_label = False
    for kind, i, end, j, until in SequenceMatcher(
        None, [word.key for word in known], [word.key for word in now], autojunk=False
    ).get_opcodes():
        said = [word.text for word in known[i:end] if word.is_said]
        new = [word.text for word in now[j:until]]
        if kind == "equal":
            text += said
        elif kind == "insert":
            text += new if i >= first else []
            changes_label |= i < first
        elif kind == "replace":
            is_same = "".join(word.key for word in known[i:end]) == "".join(word.key for word in now[j:until])
            text += said if is_same and len(new) > len(said) and len(lines) > 1 else new if said else []
            changes_label |= i < first or not said
        else:
            changes_label |= i < first
    return Mended(" ".join(text), changes_label)


def typed_words(block: Block) -> str:
    """Return the words of a new block, without numbers of records at its end."""
    text = block.text
    ends = [found.start() for found in NUMBERS.finditer(text) if found.end() == len(text)]
    return text[: ends[-1]].rstrip() if ends else text


def _without_number(text: str, n: int) -> str:
    """Take out the number of a record where the recap shows it: the last of its numbers."""
    own = [found for found in NUMBERS.finditer(text) if numbers_in(found[0]) == (n,)]
    return text[: own[-1].start()] + text[own[-1].end() :] if own else text


def _words(text: str, *, is_said: bool = True) -> list[Word]:
    """Split a text into words; what has no letters, such as a dash, goes with the word after it."""
    found: list[Word] = []
    before = ""
    for token in text.split():
        key = letters_of(token)
        if key:
            found.append(Word(f"{before}{token}", key, is_said))
        before = "" if key else f"{before}{token} "
    if before and found:
        last = found[-1]
        found[-1] = Word(f"{last.text} {before.rstrip()}", last.key, last.is_said)
    return found
