"""Texts as they are compared: what mail programs, pads and wrapping do to a text makes no difference."""

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

_ROW = r"#[0-9]{1,9}(?:,[ \n]?#[0-9]{1,9}){0,50}"
# of records, in the maintainers' copy; a line may end among them
NUMBERS = re.compile(rf"[ \n]?\({_ROW}(?:\)|,?\Z)|\A{_ROW}\)")
NOTE = re.compile(r"(?<=\[)[0-9]{1,9}(?=\])")  # the number of an address
TOKEN = re.compile(r"[^ \n]+")
NUMBER = re.compile(r"#([0-9]{1,9})")
NOTHING = "\x00"
SPELLINGS = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff" + NOTHING), ""
)
SPELLINGS |= dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4"), "'")
SPELLINGS |= dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"')
SPELLINGS |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
BULLETS = frozenset("-*+\u2022\u2023\u25e6\u2043\u00b7") | {"--", "---", "#", "##", "###"}
ADJOINING, BLANK, LINE_END = "012"  # what is before a letter


class Spelled(Struct, frozen=True):
    """A text in letters without blanks, bullets, numbers of records, and numbers of addresses.

    letters: in one spelling
    gaps:    for each letter what is before it: nothing, a blank, or the end of a line
    places:  where each letter is in the text
    """

    letters: str
    gaps: str
    places: tuple[int, ...]


def spelled(text: str) -> Spelled:
    """Read a text whose words have one blank or line end between them."""
    plain = NUMBERS.sub(_nothing, text)
    plain = NOTE.sub(_nothing, plain)
    letters: list[str] = []
    gaps: list[str] = []
    places: list[int] = []
    end, gap = 0, ADJOINING
    for found in TOKEN.finditer(plain):
        between = plain[end : found.start()]
        gap = max(gap, LINE_END if "\n" in between else BLANK if between else ADJOINING)
        end = found.end()
        token, at = _token(found[0], found.start())
        if token and token not in BULLETS:
            letters.append(token)
            gaps.append(gap + ADJOINING * (len(token) - 1))
            places += at
            gap = ADJOINING
    return Spelled("".join(letters), "".join(gaps), tuple(places))


def spelled_together(texts: Sequence[Spelled]) -> Spelled:
    """Join texts, each of which begins on a line of its own."""
    if len(texts) == 1:
        return texts[0]
    gaps = "".join(LINE_END + text.gaps[1:] for text in texts if text.gaps)
    return Spelled("".join(text.letters for text in texts), gaps, ())


def letters_of(text: str) -> str:
    """Return only the letters of a text."""
    return spelled(" ".join(text.split())).letters


def _nothing(found: re.Match[str]) -> str:
    return NOTHING * len(found[0])


def _token(token: str, start: int) -> tuple[str, list[int]]:
    """Return the letters of a word, and where each is."""
    if token.isascii() and NOTHING not in token:
        return token, list(range(start, start + len(token)))
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(token, start):
        plain = letter.translate(SPELLINGS)
        plain = unicodedata.normalize("NFKD", plain).replace(" ", "") if plain else ""
        letters.append(plain)
        places += [at] * len(plain)
    return "".join(letters), places


def says_the_same(known: Spelled, text: Spelled, start: int = 0) -> bool:
    """Whether the letters of a text from `start` on are those of a known text on one line, with the same blanks.

    A line may end where the known text has a blank, and within Chinese and Japanese text or very long words anywhere.
    """
    size = len(known.letters)
    if not text.letters.startswith(known.letters, start):
        return False
    here = text.gaps[start + 1 : start + size]
    return known.gaps[1:] == here or all(
        now in {was, LINE_END} or ADJOINING not in {was, now}
        for was, now in zip(known.gaps[1:], here, strict=True)
    )


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of records that a text shows."""
    return tuple(int(n) for found in NUMBERS.finditer(text) for n in NUMBER.findall(found[0]))
