"""New records in a mended text: their kind, by the label or the list in which they stand, and their text."""

from typing import Self

from bot.api import Form
from bot.api.recap import Part, TopicPosition
from bot.api.words import with_points
from plugins.recap.layout.records import heading_of, style_of
from plugins.recap.mending.blocks import LABEL, Block
from plugins.recap.mending.comparison import NOTE, SUMMARY, Change
from plugins.recap.mending.known_text import Piece
from plugins.recap.mending.letters import letters_of

ACTION = "action"
NO_OWNER = "no owner yet"


class NewRecord:
    """A new record: the number of its last block, and what it says."""

    def __init__(self, at: int, word: str, text: str, place: TopicPosition, block: Block) -> None:
        self.last = at
        self._word = word
        self._place = place
        self._text = text
        self._points: list[str] = []
        self._first = block

    def takes(self, block: Block) -> bool:
        """Whether a block directly after it belongs to it: a deeper item, or the next paragraph of a summary."""
        if self._word == SUMMARY:
            return not block.bullet and block.depth == self._first.depth and LABEL.match(block.text) is None
        return bool(block.bullet) and block.indent > self._first.indent and block.depth == self._first.depth

    def add(self, at: int, text: str, block: Block) -> Self:
        """Add a block."""
        self.last = at
        if block.bullet:
            self._points.append(text if block.bullet[:1].isdigit() else f"- {text}")
        else:
            self._text += f"\n{text}"
        return self

    @property
    def change(self) -> Change:
        """What it is in the end."""
        return Change(self._word, with_points(self._text, self._points), place=self._place)


def kind_and_text(part: Part, text: str, block: Block, before: Piece) -> tuple[str, str]:
    """Return the kind of a new record and its text without a label; without a label or a list it is a note."""
    label = LABEL.match(text)
    if label is not None:
        name, _, names = label[0].rstrip(":").rstrip(")").partition(" (")
        word = _of_heading(part, name, Form.LABELED)
        if word:
            said = text[label.end() :].strip()
            return word, f"{names} to {said}" if names and word == ACTION and names != NO_OWNER else said
    kind = part.kinds.get(before.word) if block.bullet else None
    if kind is not None and kind.form is Form.BULLETS and kind.typed:
        return kind.word, text
    return NOTE, text


def _of_heading(part: Part, name: str, form: Form) -> str:
    wanted = letters_of(name).casefold()
    found = (
        word
        for word, kind in part.kinds.items()
        if kind.form is form
        and kind.typed
        and letters_of(heading_of(kind, part.track, style_of(part))).casefold() == wanted
    )
    return next(found, "")
