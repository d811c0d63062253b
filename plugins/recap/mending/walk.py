"""Goes through a mended text from top to bottom, and finds a place for each block that is no piece of the recap."""

import re

from msgspec import Struct, field

from plugins.recap.lifecycle.keys import ANSWER
from plugins.recap.mending.alignment import Alignment
from plugins.recap.mending.blocks import Block
from plugins.recap.mending.comparison import NOTE, SUMMARY, Left, Why
from plugins.recap.mending.known_text import KnownText, Piece, lines_by_record
from plugins.recap.mending.mended_words import typed_words
from plugins.recap.mending.new_records import NewRecord, kind_and_text

HEAD = (
    "[DRAFT",
    "Mend:",
    "Approve:",
    "Hold:",
    "Record:",
    "Add:",
    "Review:",
    ANSWER.capitalize(),
    f"Or {ANSWER}",
)
SINCE = "Changed since draft"
MAINTAINERS_ONLY = "[For maintainers only"
ORIGINAL = "-----"  # Outlook: "-----Original Message-----", with the head of that mail below
CLOSING = re.compile(
    r"(?:many thanks|thanks|thank you|(?:(?:best|kind|warm) )?regards|best|cheers|greetings|bye|yours)\b.{0,60}",
    re.IGNORECASE,
)


class Found(Struct):
    """What the blocks are that are no pieces of the recap.

    new:   new records
    lines: new lines of records, by number: after which piece, and the line
    intro: new paragraphs of the introduction: which block, and its text
    left:  what has no place
    """

    new: list[NewRecord] = field(default_factory=list)
    lines: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    intro: list[tuple[int, str]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class Walk:
    """The way through a text; `is_reply` as in `compared`."""

    def __init__(self, known: KnownText, aligned: Alignment, *, is_reply: bool) -> None:
        self.found = Found()
        self._known = known
        self._aligned = aligned
        self._is_reply = is_reply
        self._records = lines_by_record(known.pieces)
        self._anchors = {block: pair.piece for pair in aligned.anchors for block in pair.blocks}
        self._is_lost = False  # under a heading that nobody knows
        self._is_since = False  # in the list of changes in the head
        self._is_unrecorded = False  # in the list of what was said and not recorded
        self._is_greeted = False

    def go(self) -> Found:
        """Go through all blocks."""
        before, following = -1, self._following()
        for at, block in enumerate(self._aligned.blocks):
            if at in self._anchors:
                before = self._anchors[at]
                piece = self._known.pieces[before]
                self._is_lost &= piece.role != "heading"
                self._is_unrecorded |= piece.text.startswith(MAINTAINERS_ONLY)
            if (
                at not in self._aligned.piece_of
                and not block.is_gap
                and not self._is_frame(at, block, following[at])
            ):
                self._place(at, block, before, following[at])
        return self.found

    def _following(self) -> list[int]:
        """Return for each block the piece of the next anchor."""
        last = len(self._known.pieces)
        found = []
        for at in reversed(range(len(self._aligned.blocks))):
            last = self._anchors.get(at, last)
            found.append(last)
        return found[::-1]

    def _is_frame(self, at: int, block: Block, after: int) -> bool:
        """Whether it says nothing of the recap: who wrote, and what older drafts have in other words."""
        if self._is_reply and (block.text.startswith(ORIGINAL) or self._is_attribution(at, block)):
            return True
        if block.depth != self._aligned.depth:
            return False
        number, _, rest = block.text.partition(" ")[0].partition(".")
        if self._is_unrecorded and (number + rest).isdigit():
            return True
        self._is_since |= block.text.startswith(SINCE)
        return after < self._known.intro_at and (self._is_since or block.text.startswith(HEAD))

    def _is_attribution(self, at: int, block: Block) -> bool:
        """Whether a block says who wrote what is quoted below it: "On Tuesday 13:21, Gatherbot wrote:"."""
        following = self._aligned.blocks[at + 1 : at + 2]
        is_first = not self._aligned.anchors or at < self._aligned.anchors[0].blocks[0]
        if not block.text.endswith(":") or (following and following[0].depth <= block.depth):
            return False
        return is_first or any(letter.isdigit() or letter == "@" for letter in block.text)

    def _place(self, at: int, block: Block, before: int, after: int) -> None:
        """Find the place of a block between two pieces."""
        depth, pieces = self._aligned.depth, self._known.pieces
        is_last = at == len(self._aligned.blocks) - 1
        if block.depth > depth or 0 < block.depth < depth:
            self._leave("quoted", block)
        elif before < 0:
            self._leave("above", block)
        elif self._is_reply and is_last and CLOSING.fullmatch(block.text):
            self._leave("closing", block)
        elif block.is_heading:
            self._is_lost = True
            self._leave("heading", block)
        elif before < self._known.intro_at <= after or pieces[before].role == "intro":
            self._introduce(at, block)
        elif pieces[before].place is None or self._is_lost:
            self._leave("place", block)
        else:
            self._add(at, block, before, after)

    def _leave(self, why: Why, block: Block) -> None:
        self.found.left.append(Left(why, block.text))

    def _introduce(self, at: int, block: Block) -> None:
        """Take a paragraph after the greeting as one of the introduction; another greeting is none."""
        greeting = self._known.intro_at - 1
        is_other = greeting >= 0 and greeting not in self._aligned.pairs and block.text.endswith(",")
        if is_other and not self._is_greeted:
            self._is_greeted = True
            self._leave("own", block)
        else:
            self.found.intro.append((at, typed_words(block)))

    def _add(self, at: int, block: Block, before: int, after: int) -> None:
        """Add a block to the record in which it stands, or as a record of its own."""
        pieces, text = self._known.pieces, typed_words(block)
        piece, following = pieces[before], pieces[after] if after < len(pieces) else None
        is_own = self._aligned.depth == block.depth
        new = self.found.new[-1] if self.found.new and self.found.new[-1].last == at - 1 else None
        if new is not None and new.takes(block):
            new.add(at, text, block)
        elif is_own and (_is_within(piece, following) or self._is_point(at, block, piece)):
            self._lengthen(piece.n, before, f"- {text}" if block.bullet else text)
        elif is_own and self._is_summary(block, piece):
            self._summarize(at, block, before, following)
        elif piece.place is not None:
            kind, said = kind_and_text(self._known.part, text, block, piece)
            self.found.new.append(NewRecord(at, kind, said, piece.place, block))

    def _lengthen(self, n: int, before: int, line: str) -> None:
        self.found.lines.setdefault(n, []).append((before, line))

    def _is_point(self, at: int, block: Block, piece: Piece) -> bool:
        """Whether an item stands deeper than the record directly before it."""
        if not block.bullet or piece.role != "record" or piece.traced.form == "paragraph":
            return False
        pair = self._aligned.pairs.get(self._records[piece.n][0])
        lines = self.found.lines.get(piece.n, ())
        if pair is None or piece.unit or at - 1 - len(lines) != pair.blocks[-1]:
            return False
        return block.indent > self._aligned.blocks[pair.blocks[0]].indent

    def _is_summary(self, block: Block, piece: Piece) -> bool:
        """Whether a paragraph stands right below a heading, or after the paragraphs there."""
        if block.bullet or kind_and_text(self._known.part, block.text, block, piece)[0] != NOTE:
            return False
        is_list = piece.role == "own" and piece.word
        return piece.role == "heading" or (piece.traced.form == "paragraph" and not is_list)

    def _summarize(self, at: int, block: Block, before: int, following: Piece | None) -> None:
        """Add a paragraph to the summary that is there, or make it one."""
        piece, text = self._known.pieces[before], typed_words(block)
        near = (one for one in (piece, following) if one is not None and one.place == piece.place)
        known = next((one for one in near if one.role == "record" and one.word == SUMMARY), None)
        if known is not None:
            self._lengthen(known.n, before, text)
        elif piece.place is not None:
            self.found.new.append(NewRecord(at, SUMMARY, text, piece.place, block))


def _is_within(piece: Piece, following: Piece | None) -> bool:
    """Whether two pieces are of the same record."""
    if following is None or piece.role != "record" or following.role != "record":
        return False
    return piece.n == following.n
