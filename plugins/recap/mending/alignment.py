"""Which block of a mended text is which piece of the recap: first what is the same, then by numbers, then by likeness."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from plugins.recap.mending.blocks import Block
from plugins.recap.mending.known_text import Piece
from plugins.recap.mending.letters import says_the_same, spelled_together
from plugins.recap.mending.likeness import LIKE, LIKE_OWN, Words, likeness, words_in

MOST_JOINED = 30  # blocks that a piece may have been broken into
MOST_COMPARED = 10_000  # pairs in a gap; in larger gaps, only what is about in the same place is compared
MOST_IN_A_GAP = 400_000  # pairs; a larger gap has nothing of the recap, or nobody could tell what
NEAR = 20


class Pair(Struct, frozen=True):
    """A piece and the blocks that it became; `exact` if they say the same."""

    piece: int
    blocks: tuple[int, ...]
    exact: bool
    by_number: bool = False


class Alignment:
    """Pairs of pieces and blocks; those in `anchors` are in the same order in both.

    depth: how deep the recap's own text is quoted; what is less deep was written between it
    """

    def __init__(self, pieces: Sequence[Piece], blocks: Sequence[Block], depth: int) -> None:
        self.pieces = pieces
        self.blocks = blocks
        self.depth = depth
        self.pairs: dict[int, Pair] = {}
        self.piece_of: dict[int, int] = {}
        self.anchors: list[Pair] = []
        self._words: dict[tuple[str, int, int], Words] = {}

    def pair(self, piece: int, blocks: Sequence[int], *, exact: bool, by_number: bool = False) -> None:
        """Note that blocks are a piece."""
        self.pairs[piece] = Pair(piece, tuple(blocks), exact, by_number)
        for block in blocks:
            self.piece_of[block] = piece

    def anchor(self) -> None:
        """Find the longest row of pairs that are in the same order in both texts."""
        by_block = sorted(self.pairs.values(), key=lambda pair: pair.blocks[0])
        self.anchors = [by_block[at] for at in _longest_row([pair.piece for pair in by_block])]

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the pieces and the blocks between each two anchors that have no pair."""
        before, start = -1, -1
        for piece, blocks in [
            *((pair.piece, pair.blocks) for pair in self.anchors),
            (len(self.pieces), (len(self.blocks),)),
        ]:
            free = [n for n in range(before + 1, piece) if n not in self.pairs]
            there = [n for n in range(start + 1, blocks[0]) if n not in self.piece_of]
            if free and there:
                yield free, there
            before, start = piece, blocks[-1]

    def is_exact(self, piece: int, blocks: Sequence[int]) -> bool:
        """Whether blocks say just what a piece says."""
        known = self.pieces[piece].spelled
        text = spelled_together([self.blocks[n].spelled for n in blocks])
        return len(known.letters) == len(text.letters) and says_the_same(known, text)

    def lines(self, blocks: Sequence[int]) -> str:
        """Return the lines of blocks."""
        return "\n".join(line for n in blocks for line in self.blocks[n].lines)

    def likeness(self, piece: int, blocks: Sequence[int]) -> float:
        """Return how much blocks are like a piece, from 0 to 1."""
        return likeness(self._of_piece(piece), self._of_blocks(blocks))

    def _of_piece(self, piece: int) -> Words:
        key = ("piece", piece, 0)
        return self._words.get(key) or self._words.setdefault(key, words_in(self.pieces[piece].text))

    def _of_blocks(self, blocks: Sequence[int]) -> Words:
        key = ("blocks", blocks[0], blocks[-1])
        return self._words.get(key) or self._words.setdefault(key, words_in(self.lines(blocks)))


def aligned(pieces: Sequence[Piece], blocks: Sequence[Block], depth: int = 0) -> Alignment:
    """Find the piece of each block; `depth` as in `Alignment`."""
    found = Alignment(pieces, blocks, depth)
    _same(found)
    found.anchor()
    _same_in_gaps(found)
    _joined(found)
    _numbered(found)
    found.anchor()
    _like(found)
    found.anchor()
    return found


def _same(found: Alignment) -> None:
    """Pair what has the same letters; if a text stands several times, by the numbers of records, and then in order."""
    known: dict[str, list[int]] = {}
    for at, piece in enumerate(found.pieces):
        known.setdefault(piece.spelled.letters, []).append(at)
    there: dict[str, list[int]] = {}
    for at, block in enumerate(found.blocks):
        if block.depth == found.depth and block.spelled.letters in known:
            there.setdefault(block.spelled.letters, []).append(at)
    for letters, blocks in there.items():
        pieces = known[letters]
        numbered: dict[tuple[int, ...], list[int]] = {}
        for at in reversed(pieces):
            numbered.setdefault(found.pieces[at].numbers, []).append(at)
        for n in blocks:
            numbers = found.blocks[n].numbers
            if numbers and numbered.get(numbers):
                at = numbered[numbers].pop()
                found.pair(at, [n], exact=found.is_exact(at, [n]))
        rest = [n for n in blocks if not found.blocks[n].numbers]
        free = [at for at in pieces if at not in found.pairs]
        if len(rest) == len(free):
            for at, n in zip(free, rest, strict=True):
                found.pair(at, [n], exact=found.is_exact(at, [n]))


def _numbered(found: Alignment) -> None:
    """Pair what shows the number of the same record."""
    blocks: dict[int, list[int]] = {}
    for at, block in enumerate(found.blocks):
        numbers = set(block.numbers)
        if at not in found.piece_of and len(numbers) == 1:
            blocks.setdefault(numbers.pop(), []).append(at)
    free: dict[int, list[int]] = {}
    for at, one in enumerate(found.pieces):
        if at not in found.pairs and one.role in {"record", "copy"} and one.numbers:
            free.setdefault(one.n, []).append(at)
    for n, own in blocks.items():
        pieces = free.get(n, [])
        if len(own) == len(pieces):
            for piece, at in zip(pieces, own, strict=True):
                _pair_numbered(found, piece, at)
        elif len(own) == 1 and pieces:
            piece = max(pieces, key=lambda one: (found.likeness(one, own), -one))
            if found.pieces[piece].role != "copy" or found.likeness(piece, own) >= LIKE:
                _pair_numbered(found, piece, own[0])


def _pair_numbered(found: Alignment, piece: int, at: int) -> None:
    """Pair a piece with the block that shows its number, and with the blocks before it that were broken off."""
    start = at
    while (
        start > 0
        and start - 1 not in found.piece_of
        and _may_follow(found, start - 1, start)
        and found.likeness(piece, range(start - 1, at + 1)) > found.likeness(piece, range(start, at + 1))
    ):
        start -= 1
    own = range(start, at + 1)
    found.pair(piece, own, exact=found.is_exact(piece, own), by_number=True)


def _same_in_gaps(found: Alignment) -> None:
    """Pair what stands several times, in its order between the anchors."""
    for free, blocks in list(found.gaps()):
        places: dict[str, list[int]] = {}
        for n in (n for n in blocks if found.blocks[n].depth == found.depth and not found.blocks[n].numbers):
            places.setdefault(found.blocks[n].spelled.letters, []).append(n)
        after = -1
        for piece in free:
            known = places.get(found.pieces[piece].spelled.letters, [])
            at = bisect_left(known, after)
            if at < len(known):
                after = known[at] + 1
                found.pair(piece, [known[at]], exact=found.is_exact(piece, [known[at]]))


def _joined(found: Alignment) -> None:
    """Pair pieces that were broken into several blocks, as by a line that begins with a dash."""
    known: dict[str, list[int]] = {}
    for at, one in enumerate(found.pieces):
        if at not in found.pairs and one.spelled.letters:
            known.setdefault(one.spelled.letters, []).append(at)
    longest = max(map(len, known), default=0)
    for start, block in enumerate(found.blocks):
        if start in found.piece_of or block.depth != found.depth:
            continue
        for said, end in _together(found, start, longest):
            if said in known:
                piece = known[said].pop(0)
                if not known[said]:
                    del known[said]
                found.pair(piece, range(start, end), exact=found.is_exact(piece, range(start, end)))
                break


def _together(found: Alignment, start: int, longest: int) -> Iterator[tuple[str, int]]:
    """Yield the letters of the free blocks from `start` on, of one, of two, and so on, and where they end."""
    said = ""
    for at in range(start, min(start + MOST_JOINED, len(found.blocks))):
        said += found.blocks[at].spelled.letters
        if at in found.piece_of or len(said) > longest:
            return
        yield said, at + 1


def _like(found: Alignment) -> None:
    """Pair what is alike, in order between the anchors."""
    for free, blocks in list(found.gaps()):
        pieces = [piece for piece in free if found.pieces[piece].role != "address"]
        for piece, own in _best(found, pieces, blocks) if len(pieces) * len(blocks) <= MOST_IN_A_GAP else ():
            found.pair(piece, own, exact=found.is_exact(piece, own))


def _best(found: Alignment, pieces: Sequence[int], blocks: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield the pairs of the best row: the sum of their likeness is greatest."""
    best: list[list[float]] = [[0.0] * (len(blocks) + 1) for _ in range(len(pieces) + 1)]
    chosen: dict[tuple[int, int], int] = {}
    is_large = len(pieces) * len(blocks) > MOST_COMPARED
    for i in reversed(range(len(pieces))):
        for j in reversed(range(len(blocks))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if is_large and abs(i * len(blocks) / len(pieces) - j) > NEAR:
                continue
            for size, score in _scores(found, pieces[i], blocks[j : j + 4]):
                if score + best[i + 1][j + size] > best[i][j]:
                    best[i][j] = score + best[i + 1][j + size]
                    chosen[i, j] = size
    i = j = 0
    while i < len(pieces) and j < len(blocks):
        size = chosen.get((i, j), 0)
        if size and best[i][j] > max(best[i + 1][j], best[i][j + 1]):
            yield pieces[i], list(blocks[j : j + size])
            i, j = i + 1, j + size
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1


def _scores(found: Alignment, piece: int, blocks: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Yield how much a piece is like the first block, and like it and the next ones that may be the rest of it."""
    known = found.pieces[piece]
    least = LIKE if known.role in {"record", "intro"} else LIKE_OWN
    before = 0.0
    for size in range(1, len(blocks) + 1):
        if size > 1 and not _may_follow(found, blocks[size - 2], blocks[size - 1]):
            return
        score = found.likeness(piece, blocks[:size])
        if score >= least and score > before + (0.1 if size > 1 else 0):
            yield size, score
            before = score


def _may_follow(found: Alignment, block: int, following: int) -> bool:
    """Whether a block may be the rest of the one before it: a line that begins like an item, or fell out of a quotation."""
    one, other = found.blocks[block], found.blocks[following]
    numbers = set(other.numbers) - set(one.numbers)
    return (
        following == block + 1
        and not other.after_blank
        and not one.is_heading
        and not (numbers and one.numbers)
    )


def _longest_row(numbers: Sequence[int]) -> Iterable[int]:
    """Return the places of the longest rising row in a sequence."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        n = bisect_left(tails, number)
        tails[n : n + 1] = [number]
        places[n : n + 1] = [at]
        before.append(places[n - 1] if n else -1)
    row: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        row.append(at)
        at = before[at]
    return reversed(row)
