"""The comparison of a mended text with the recap: what of it is the recap, what is changed, new, missing, or not understood."""

from collections import Counter

from plugins.recap.mending.alignment import Alignment, aligned
from plugins.recap.mending.blocks import Block, TextLine, blocks_of, depths_of, lines_in, without_signatures
from plugins.recap.mending.comparison import Comparison
from plugins.recap.mending.known_text import KnownText
from plugins.recap.mending.letters import letters_of
from plugins.recap.mending.likeness import UNLIKE
from plugins.recap.mending.outcome import Outcome
from plugins.recap.mending.segments import segments
from plugins.recap.mending.walk import Walk

BEGINNING = 10  # letters by which the beginning of a piece is known
IN_COMMON = 0.4
EXCERPT = 0.5
MOST_DEPTHS = 4
FEW, COPIED = 3, 0.3


def compared(known: KnownText, text: str, *, is_reply: bool = False) -> Comparison:
    """Compare a mended text with the recap.

    is_reply: it is the text of a mail, with quotation and signature
    """
    lines = lines_in(text)
    if is_reply:
        lines = without_signatures(lines)
    beginnings = _beginnings(known)
    depth = _depth_of_recap(known, lines, beginnings)
    if depth == 0 and is_reply:  # the quotation stands below a copy that was mended
        lines = [line for line in lines if line.depth == 0]
    elif depth == 0:
        lines = lines_in(text, quotes=False)
    blocks = _blocks(lines, beginnings)
    if not blocks:
        return Comparison(refused="empty")
    found = aligned(known.pieces, segments(known.pieces, blocks), depth)
    if _has_little_in_common(known, found):
        return Comparison(refused="other")
    is_excerpt = is_reply and depth > 0 and _is_excerpt(known, found)
    places = Walk(known, found, is_reply=is_reply).go()
    return Outcome(known, found, places, is_reply=is_reply, is_excerpt=is_excerpt).comparison()


def closeness(known: KnownText, text: str, *, is_reply: bool = False) -> float:
    """Return how much of a text is this version of the recap, word for word, and the other way around: from 0 to 1."""
    lines = without_signatures(lines_in(text)) if is_reply else lines_in(text)
    beginnings = _beginnings(known)
    depth = _depth_of_recap(known, lines, beginnings)
    blocks = _blocks([line for line in lines if line.depth == depth or not line.text], beginnings)
    there = Counter(block.spelled.letters for block in segments(known.pieces, blocks))
    pieces = Counter(piece.spelled.letters for piece in known.pieces)
    return 2 * sum((there & pieces).values()) / max(1, there.total() + pieces.total())


def _beginnings(known: KnownText) -> set[str]:
    """Return the first letters of the pieces that are long enough to be known by them."""
    begun = {piece.spelled.letters[:BEGINNING] for piece in known.pieces if piece.traced.form != "loose"}
    return {letters for letters in begun if len(letters) == BEGINNING}


def _blocks(lines: list[TextLine], beginnings: set[str]) -> list[Block]:
    """Split the lines into blocks; one begins where a piece of the recap begins."""
    found = blocks_of(lines, lambda line: letters_of(line[:200])[:BEGINNING] in beginnings)
    return [block for block in found if block.spelled.letters or block.is_gap]


def _depth_of_recap(known: KnownText, lines: list[TextLine], beginnings: set[str]) -> int:
    """Return how deep the recap is quoted: where most of it stands."""
    pieces = Counter(piece.spelled.letters for piece in known.pieces)
    counts = {0: 0}
    for depth in depths_of(lines, MOST_DEPTHS):
        own = [line for line in lines if line.depth == depth or not line.text]
        there = Counter(block.spelled.letters for block in _blocks(own, beginnings))
        counts[depth] = sum((pieces & there).values())
    deep = max(counts, key=lambda depth: (counts[depth], depth))
    # a copy that was mended without quotation, above the mail program's quotation of the draft
    return 0 if counts[0] >= max(FEW, counts[deep] * COPIED) else deep


def _has_little_in_common(known: KnownText, found: Alignment) -> bool:
    """Whether most of the text is beyond likeness, as after a browser translated it."""
    alike = sum(
        pair.exact or found.likeness(pair.piece, pair.blocks) >= UNLIKE
        for pair in found.pairs.values()
        if known.pieces[pair.piece].role != "address"
    )
    own = sum(block.depth == found.depth and not block.is_gap for block in found.blocks)
    pieces = sum(piece.role != "address" for piece in known.pieces)
    tells = any(known.pieces[at].role in {"record", "intro", "heading", "links"} for at in found.pairs)
    return not tells or alike < IN_COMMON * min(own, pieces)


def _is_excerpt(known: KnownText, found: Alignment) -> bool:
    """Whether a reply quotes less than half of the recap."""
    own = [at for at, piece in enumerate(known.pieces) if piece.role != "address"]
    return sum(at in found.pairs for at in own) < len(own) * EXCERPT
