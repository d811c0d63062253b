"""A mended text in blocks: paragraphs, items of lists and headings, with how deep each is quoted."""

import re
from collections import Counter
from collections.abc import Callable

from msgspec import Struct

from bot.api.words import clean
from plugins.recap.mending.letters import Spelled, numbers_in, spelled

QUOTED = re.compile(r" ?(?:> ?)+")
BULLET = re.compile(r"(?:[-*+\u2013\u2022\u2023\u25e6\u2043\u00b7]|[0-9]{1,3}[.)])[ ]+(?=[^ ])")
LABEL = re.compile(r"[A-Z][A-Z ]{1,30}(?: \([^()]{1,120}\))?:(?= )")
RULE = re.compile(r"[=\-~_*]{3,}")
SIGN = re.compile(r"#{1,6} ")
LEFT_OUT = re.compile(r"[\[(<]?(?:\.{3}|\u2026|snip|cut|gek\u00fcrzt)[\])>]?", re.IGNORECASE)
CJK = re.compile("[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6]")
LONGEST_SIGNATURE = 12


class TextLine(Struct, frozen=True):
    """A line without its marks of quotation; `is_signature` if it is only "-- "."""

    text: str
    depth: int
    indent: int
    is_signature: bool = False


class Block(Struct, frozen=True):
    """A paragraph, an item or a heading.

    lines:  with one blank between words; the bullet stands in `bullet`
    after_blank: whether a blank line, or the beginning, is before it
    """

    lines: tuple[str, ...]
    depth: int
    indent: int
    bullet: str
    after_blank: bool
    is_heading: bool
    spelled: Spelled

    @property
    def text(self) -> str:
        """Its text on one line."""
        return in_one_line(self.lines)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of records that it shows."""
        return numbers_in("\n".join(self.lines))

    @property
    def is_gap(self) -> bool:
        """Whether it stands for something that was left out: "[...]"."""
        return LEFT_OUT.fullmatch(self.text) is not None


def in_one_line(lines: tuple[str, ...]) -> str:
    """Join lines: with a blank, but not within Chinese and Japanese text."""
    text = ""
    for line in lines:
        adjoins = not text or (CJK.match(text[-1]) and CJK.match(line[:1]))
        text += line if adjoins else f" {line}"
    return text


def lines_in(text: str, *, quotes: bool = True) -> list[TextLine]:
    """Read the lines of a text; `quotes`: whether > at the beginning marks a quotation."""
    lines = text.replace("\r\n", "\n").replace("\x00", "").splitlines()
    return [_line(line, quotes=quotes) for line in lines]


def _line(raw: str, *, quotes: bool) -> TextLine:
    plain = clean(raw.expandtabs(8))
    quoted = QUOTED.match(plain) if quotes else None
    mark = quoted[0] if quoted else ""
    rest = plain[len(mark) :]
    said = " ".join(rest.split())
    indent = len(rest) - len(rest.lstrip())
    return TextLine(said, mark.count(">"), indent, said == "--" and indent == 0)


def without_signatures(lines: list[TextLine]) -> list[TextLine]:
    """Leave out what follows "-- " at the same depth, up to the next change of depth."""
    kept: list[TextLine] = []
    at = 0
    while at < len(lines):
        rest = lines[at : at + LONGEST_SIGNATURE + 1] if lines[at].is_signature else []
        own = next((n for n, line in enumerate(rest) if line.depth != lines[at].depth), len(rest))
        if rest and own <= LONGEST_SIGNATURE:
            at += own
        else:
            kept.append(lines[at])
            at += 1
    return kept


def blocks_of(lines: list[TextLine], begins: Callable[[str], bool]) -> list[Block]:
    """Split lines into blocks; `begins` tells whether a line begins like a piece of the recap."""
    found: list[list[TextLine]] = []
    leads: list[
        tuple[bool, bool]
    ] = []  # of each block: whether a blank line is before it, whether it is a heading
    open_, blank = False, True
    for line in lines:
        if not line.text:
            open_, blank = False, True
        elif RULE.fullmatch(line.text):
            if open_ and found[-1][-1].depth == line.depth:
                leads[-1] = (leads[-1][0], True)
            open_, blank = False, False
        elif open_ and found[-1][-1].depth == line.depth and not _begins(line.text, begins):
            found[-1].append(line)
        else:
            found.append([line])
            leads.append((blank, SIGN.match(line.text) is not None))
            open_, blank = True, False
    return [_block(own, *lead) for own, lead in zip(found, leads, strict=True)]


def _begins(text: str, begins: Callable[[str], bool]) -> bool:
    return BULLET.match(text) is not None or LABEL.match(text) is not None or begins(text)


def _block(lines: list[TextLine], after_blank: bool, is_heading: bool) -> Block:  # noqa: FBT001 - as `blocks_of` gathers them
    first = lines[0].text
    bullet = BULLET.match(first)
    texts = tuple(
        filter(None, (first[bullet.end() :] if bullet else first, *(line.text for line in lines[1:])))
    )
    mark = bullet[0].strip() if bullet else ""
    shown = texts if not mark[:1].isdigit() else (f"{mark} {texts[0]}", *texts[1:])
    return Block(
        shown, lines[0].depth, lines[0].indent, mark, after_blank, is_heading, spelled("\n".join(shown))
    )


def depths_of(lines: list[TextLine], most: int) -> list[int]:
    """Return the depths of quotation at which most lines stand."""
    counts = Counter(line.depth for line in lines if line.text)
    return [depth for depth, _ in counts.most_common(most)]
