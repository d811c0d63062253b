"""Blocks into which wrapping joined several pieces of the recap, split again."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from plugins.recap.mending.blocks import BULLET, Block
from plugins.recap.mending.known_text import Piece
from plugins.recap.mending.letters import BULLETS, spelled

SHARED = 8  # letters at the beginning of a piece, to find those that may begin at a place
LONG = 24  # letters; shorter pieces may stand within other text


class Beginnings:
    """The pieces of a recap by their first letters."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.whole = {piece.spelled.letters for piece in pieces if piece.spelled.letters}
        self._long: dict[str, list[str]] = {}
        for letters in self.whole:
            if len(letters) >= SHARED:
                self._long.setdefault(letters[:SHARED], []).append(letters)
        self._short = sorted({len(letters) for letters in self.whole if len(letters) < SHARED})

    def at(self, text: str, place: int, *, least: int = 0) -> Iterator[int]:
        """Yield where a piece ends that begins at a place of a text, longest first; `least`: the letters of the shortest one."""
        long = [
            one for one in self._long.get(text[place : place + SHARED], ()) if text.startswith(one, place)
        ]
        yield from (place + len(one) for one in sorted(long, key=len, reverse=True) if len(one) >= least)
        if not least:
            yield from (place + n for n in self._short if text[place : place + n] in self.whole)


def segments(pieces: Sequence[Piece], blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks; those that consist of pieces, or have two or more among other words, are split around them."""
    known = Beginnings(pieces)
    found: list[Block] = []
    for block in blocks:
        letters = block.spelled.letters
        cuts = [] if letters in known.whole else _whole_cuts(known, letters) or _cuts_around(known, block)
        found += _split(block, cuts) if cuts else [block]
    return found


def _whole_cuts(known: Beginnings, letters: str) -> list[int]:
    """Return where to cut letters that are nothing but pieces; empty if they are not."""
    before: dict[int, int] = {0: 0}
    places = [0]
    while places and len(letters) not in before:
        place = places.pop()
        for end in known.at(letters, place):
            if end not in before:
                before[end] = place
                places.append(end)
    cuts: list[int] = []
    place = len(letters)
    while before.get(place):
        place = before[place]
        cuts.append(place)
    return cuts[::-1]


def _cuts_around(known: Beginnings, block: Block) -> list[int]:
    """Return where to cut a block that has two or more long pieces."""
    letters, gaps = block.spelled.letters, block.spelled.gaps
    cuts: list[int] = []
    count, place = 0, 0
    while place < len(letters):
        end = next(known.at(letters, place, least=LONG), 0) if not place or gaps[place] != "0" else 0
        count += bool(end)
        cuts += [place, end] if end else []
        place = end or place + 1
    return sorted(set(cuts) - {0, len(letters)}) if count > 1 else []


def _split(block: Block, cuts: Sequence[int]) -> Iterator[Block]:
    """Yield the parts of a block; a bullet before a cut belongs to what follows."""
    text = "\n".join(block.lines)
    places = [0, *(block.spelled.places[cut] for cut in cuts), len(text)]
    bullet = block.bullet
    for n in range(len(places) - 1):
        part = text[places[n] : places[n + 1]].rstrip()
        following = ""
        last = part.rpartition(" ")[2].rpartition("\n")[2]
        if n < len(places) - 2 and last in BULLETS:
            part, following = part[: -len(last)].rstrip(), last
        if part:
            yield _part(block, part, bullet, is_first=n == 0)
        bullet = following


def _part(block: Block, text: str, bullet: str, *, is_first: bool) -> Block:
    number = BULLET.match(text) if not is_first else None
    lines = tuple(line for line in (line.strip() for line in text.split("\n")) if line)
    return replace(
        block,
        lines=lines,
        bullet=bullet or (number[0].strip() if number else ""),
        after_blank=block.after_blank and is_first,
        is_heading=block.is_heading and is_first,
        spelled=spelled("\n".join(lines)),
    )
