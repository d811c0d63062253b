"""What a mended text changes in the end: records, the introduction, links in front; what is missing, and what was not understood."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from plugins.recap.mending.alignment import Alignment, Pair
from plugins.recap.mending.blocks import Block
from plugins.recap.mending.comparison import FRONT_LINK, INTRO, Change, Comparison, Left, Why
from plugins.recap.mending.known_text import KnownText, Piece, lines_by_record
from plugins.recap.mending.mended_words import mended_words
from plugins.recap.mending.walk import Found

MARK = "[EDITOR:"
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}]", re.IGNORECASE)
LONGEST_TITLE = 60  # characters before an address


class Outcome:
    """The changes in a text whose blocks have their places.

    is_reply, is_excerpt: as in `compared` and `Comparison`
    """

    def __init__(
        self, known: KnownText, aligned: Alignment, found: Found, *, is_reply: bool, is_excerpt: bool
    ) -> None:
        self._known = known
        self._aligned = aligned
        self._found = found
        self._is_reply = is_reply
        self._is_excerpt = is_excerpt
        self._left: list[Left] = []
        self._filled: set[int] = set()  # the pieces in which a link took the place of a mark

    def comparison(self) -> Comparison:
        """Return all of it."""
        changed = list(self._changed())
        changes = (
            *self._introduced(),
            *self._front_links(),
            *changed,
            *(new.change for new in self._found.new),
        )
        self._paired({change.n for change in changed})
        left = (*self._found.left, *self._left)
        return Comparison(changes, tuple(self._missing()), left, is_excerpt=self._is_excerpt)

    def _changed(self) -> Iterator[Change]:
        """Yield the records with another text."""
        for n, places in lines_by_record(self._known.pieces).items():
            pieces = [self._known.pieces[at] for at in places]
            added = self._found.lines.get(n, [])
            if not added and not any(at in self._aligned.pairs for at in places):
                continue
            lines = [line for at, line in added if at < places[0]]
            for at, piece in zip(places, pieces, strict=True):
                said = self._line(piece, self._aligned.pairs.get(at))
                lines += [f"{piece.lead}{said}{piece.tail}"] if said else []
                lines += [line for before, line in added if before == at]
            text = "\n".join(lines)
            if text and text != "\n".join(f"{piece.lead}{piece.said}{piece.tail}" for piece in pieces):
                yield Change(pieces[0].word, text, n, pieces[0].place)

    def _line(self, piece: Piece, pair: Pair | None) -> str:
        """Return what a line says now; empty if it is not there anymore."""
        if pair is None:
            return piece.said if self._is_excerpt else ""
        if pair.exact:
            return piece.said
        blocks = [self._aligned.blocks[block] for block in pair.blocks]
        mended = mended_words(piece, _lines(blocks))
        if mended.changes_label:
            self._left.append(Left("label", self._text(pair), piece.n, piece.place))
        return mended.text

    def _introduced(self) -> Iterator[Change]:
        """Yield the introduction, if it is another one; what is not quoted is not taken away."""
        pieces = {at: piece for at, piece in enumerate(self._known.pieces) if piece.role == "intro"}
        pairs = {at: self._aligned.pairs[at] for at in pieces if at in self._aligned.pairs}
        if not pairs and not self._found.intro:
            return
        lines = [(pair.blocks[0], self._line(pieces[at], pair)) for at, pair in pairs.items()]
        if self._is_excerpt and len(pairs) < len(pieces):
            lines = [(at - len(self._known.pieces), piece.said) for at, piece in pieces.items()]
        text = "\n".join(line for _, line in sorted([*lines, *self._found.intro]))
        if text != "\n".join(piece.said for piece in pieces.values()):
            yield Change(INTRO, text)

    def _front_links(self) -> Iterator[Change]:
        """Yield the links that took the place of EDITOR marks."""
        pieces, pairs = self._known.pieces, self._aligned.pairs
        marks = [at for at, piece in enumerate(pieces) if piece.text.startswith(MARK)]
        end = next((at for at, piece in enumerate(pieces) if piece.role == "heading"), 0)
        if all(at in pairs and pairs[at].exact for at in marks):
            return
        said = {found[0] for piece in pieces for found in ADDRESS.finditer(piece.text)}
        for at in range(end):
            text = (
                self._aligned.blocks[pairs[at].blocks[0]].text if at in pairs and not pairs[at].exact else ""
            )
            for found in ADDRESS.finditer(text):
                if found[0] not in said:
                    self._filled.add(at)
                    yield Change(FRONT_LINK, f"{found[0]} {_title_before(text[: found.start()])}".strip())

    def _paired(self, changed: set[int]) -> None:
        """Note what was changed or moved of what cannot be mended in a text."""
        for pair in sorted(self._aligned.pairs.values(), key=lambda pair: pair.blocks[0]):
            piece, text = self._known.pieces[pair.piece], self._text(pair)
            if piece.role == "record" and pair not in self._aligned.anchors and piece.unit == 0:
                self._moved(piece, pair)
            elif not self._is_nothing(pair, piece) and (piece.role != "copy" or piece.n not in changed):
                why: Why = piece.role if piece.role in {"heading", "copy", "links"} else "own"
                self._left.append(
                    Left("mark" if piece.text.startswith(MARK) else why, text, piece.n, piece.place)
                )

    def _text(self, pair: Pair) -> str:
        """Return what blocks say."""
        return " ".join(self._aligned.blocks[block].text for block in pair.blocks)

    def _is_nothing(self, pair: Pair, piece: Piece) -> bool:
        """Whether a pair has nothing that must be said."""
        is_in_head = pair.piece < self._known.intro_at - 1
        return pair.exact or piece.role in {"record", "intro"} or is_in_head or pair.piece in self._filled

    def _moved(self, piece: Piece, pair: Pair) -> None:
        """Note that a record stands under another heading."""
        before = [anchor for anchor in self._aligned.anchors if anchor.blocks[-1] < pair.blocks[0]]
        place = self._known.pieces[before[-1].piece].place if before else None
        if place != piece.place:
            self._left.append(Left("moved", self._text(pair), piece.n, place))

    def _missing(self) -> Iterator[int]:
        """Yield the numbers of the records that are not in the text, though what stands around them is."""
        pieces, blocks = self._known.pieces, self._aligned.blocks
        seen = {pieces[at].n for at in self._aligned.pairs if pieces[at].role == "record"}
        start, end = Pair(-1, (-1,), exact=True), Pair(len(pieces), (len(blocks),), exact=True)
        for one, other in pairwise([start, *self._aligned.anchors, end]):
            is_cut = any(blocks[n].is_gap for n in range(one.blocks[-1] + 1, other.blocks[0]))
            is_edge = one is start or other is end
            if self._is_excerpt or is_cut or (is_edge and self._is_reply):
                continue
            for at in range(one.piece + 1, other.piece):
                if at not in self._aligned.pairs:
                    yield from (n for n in _records_of(pieces[at]) if n not in seen)


def _lines(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the lines of blocks; a dash at the beginning of a later one was no bullet."""
    first, *rest = blocks
    others = (
        (f"{block.bullet} " if block.bullet and not block.bullet[0].isdigit() else "", block)
        for block in rest
    )
    joined = ((f"{mark}{block.lines[0]}", *block.lines[1:]) for mark, block in others)
    return (*first.lines, *(line for lines in joined for line in lines))


def _records_of(piece: Piece) -> tuple[int, ...]:
    """Return the records that are missing if a piece is; a text that looks like a quotation may be overlooked."""
    if not piece.spelled.letters or piece.text.startswith(">"):
        return ()
    if piece.role == "links":
        return piece.numbers
    return (piece.n,) if piece.role == "record" and piece.unit == 0 else ()


def _title_before(text: str) -> str:
    """Return the words before an address that are its title: "Recording: "."""
    before = text.rstrip()
    title = before[max(before.rfind(mark) for mark in (". ", "].", "] ")) + 1 :].strip(" .]:")
    return title if before.endswith(":") and len(title) <= LONGEST_TITLE else ""
