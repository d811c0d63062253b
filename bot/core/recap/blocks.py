"""What a recap is made of: blocks that plugins give, each with its slot, place and order.

Rules of this file: a block is a value and holds text as it was said or phrased; escaping, wrapping and numbering are
the business of whoever lays it out. The texts of a block are never templates.
"""

from dataclasses import dataclass
from enum import Enum


class Section(Enum):
    """The slots of a recap, from top to bottom."""

    HEAD = "head"
    FRONT = "front"
    TOPIC = "topic"
    AFTER = "after the topics"
    CLOSE = "close"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Place:
    """A place among the topics: a topic's number in the part (None: before the first), a team and a subtopic in it."""

    topic: int | None = None
    team: str | None = None
    subtopic: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its title (may be empty) and full URL."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Where a block stands; `place` counts in the slot of the topics only, `order` within slot and place."""

    slot: Section = Section.TOPIC
    place: Place = Place()
    order: int = 50


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """A list, with a line over it where `heading` is given."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled(Block):
    """A statement with a mark before it: `AGREED: text`; the label comes with its colon."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SeeAlso(Block):
    """Links behind a label."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Groups(Block):
    """A section of its own: named lists under a heading."""

    heading: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class EditorMark(Block):
    """What the bot does not know, said instead of guessed; counted, and kept from being sent unseen."""

    text: str


AnyBlock = Paragraph | Bullets | Labelled | SeeAlso | Groups | EditorMark
