"""The blocks of a recap: plugins provide them, each with its slot, place and order.

A block contains plain text and never a template; the layout does the escaping, wrapping and numbering.
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
    """A place among the topics: a topic's number in the part (None: before the first topic), a team and a subtopic.

    opening: the session before whose first topic it is; empty for the first session of the part
    """

    topic: int | None = None
    team: str | None = None
    subtopic: str | None = None
    opening: str = ""


class Link(Struct, frozen=True):
    """A link: its title (may be empty) and full URL."""

    title: str
    url: str


class Block(Struct, frozen=True, kw_only=True):
    """The position of a block.

    place:  applies only to the slot of the topics
    order:  its place within slot and place
    record: the number of the record that it is about; in a recap by topic it follows that; 0 if it is about none
    """

    slot: Section = Section.TOPIC
    place: TopicPosition = TopicPosition()
    order: int = 50
    record: int = 0


class Paragraph(Block, frozen=True):
    """A paragraph."""

    text: str


class Bullets(Block, frozen=True):
    """A list, with a line over it if `heading` is not empty."""

    heading: str
    items: tuple[str, ...]


class Labeled(Block, frozen=True):
    """A statement with a label before it: `AGREED: text`; the label includes its colon.

    anchor: what it is called in addresses, with nothing to escape; empty if nothing refers to it
    """

    label: str
    text: str
    anchor: str = ""


class SeeAlso(Block, frozen=True):
    """Links after a label."""

    label: str
    links: tuple[Link, ...]


class Groups(Block, frozen=True):
    """A section of its own: named lists under a heading, with sentences before them.

    repeats: whether it only shows in another order what stands under the topics
    """

    heading: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    text: str = ""
    repeats: bool = False


class Thanks(Block, frozen=True):
    """Thanks to those who took part; how many names it shows is a choice of the configuration.

    sessions: how many sessions there were
    """

    people: tuple[str, ...]
    moderators: tuple[str, ...]
    regrets: tuple[str, ...]
    sessions: int


class Upcoming(Block, frozen=True):
    """Titles that the next part takes up, beside those of its plan."""

    titles: tuple[str, ...]


class EditorMark(Block, frozen=True):
    """A note to the editor about something that the bot does not know; a recap with notes is not sent unreviewed."""

    text: str


AnyBlock = Paragraph | Bullets | Labeled | SeeAlso | Groups | Thanks | Upcoming | EditorMark
