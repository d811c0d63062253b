"""What a recap is made of: blocks that plugins give, each with its slot, place and order.

Rules of this file: a block is a value and holds text as it was said or phrased; escaping, wrapping and numbering are
the business of whoever lays it out. The texts of a block are never templates.
"""

from enum import Enum

from msgspec import Struct


class Section(Enum):
    """The slots of a recap, from top to bottom."""

    HEAD = "head"
    FRONT = "front"
    TOPIC = "topic"
    AFTER = "after the topics"
    CLOSE = "close"
    NOTES = "notes"


class TopicPosition(Struct, frozen=True):
    """A place among the topics: a topic's number in the part (None: before the first), a team and a subtopic in it."""

    topic: int | None = None
    team: str | None = None
    subtopic: str | None = None


class Link(Struct, frozen=True):
    """A link: its title (may be empty) and full URL."""

    title: str
    url: str


class Block(Struct, frozen=True, kw_only=True):
    """Where a block stands; `place` counts in the slot of the topics only, `order` within slot and place."""

    slot: Section = Section.TOPIC
    place: TopicPosition = TopicPosition()
    order: int = 50


class Paragraph(Block, frozen=True):
    """A paragraph."""

    text: str


class Bullets(Block, frozen=True):
    """A list, with a line over it where `heading` is given."""

    heading: str
    items: tuple[str, ...]


class Labelled(Block, frozen=True):
    """A statement with a mark before it: `AGREED: text`; the label comes with its colon."""

    label: str
    text: str


class SeeAlso(Block, frozen=True):
    """Links behind a label."""

    label: str
    links: tuple[Link, ...]


class Groups(Block, frozen=True):
    """A section of its own: named lists under a heading."""

    heading: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


class EditorMark(Block, frozen=True):
    """What the bot does not know, said instead of guessed; counted, and kept from being sent unseen."""

    text: str


AnyBlock = Paragraph | Bullets | Labelled | SeeAlso | Groups | EditorMark
