"""What a mended text changes in a recap: values that `compared` returns."""

from typing import Literal

from msgspec import Struct

from bot.api.recap import TopicPosition

Why = Literal[
    "above",
    "closing",
    "place",
    "heading",
    "label",
    "own",
    "copy",
    "links",
    "quoted",
    "moved",
    "mark",
    "since",
]
Refusal = Literal["", "empty", "other"]
INTRO = "intro"
FRONT_LINK = "front link"
SUMMARY = "summary"
NOTE = "info"


class Change(Struct, frozen=True):
    """A record that is changed or new, or the introduction.

    n:      number of the changed record; 0 for a new one, and for the introduction
    word:   kind of the record, or "intro", or "front link" for one that fills in an EDITOR mark
    place:  where a new one stands, or where the record is
    text:   the new text; lines of a list or paragraphs after line ends
    """

    word: str
    text: str
    n: int = 0
    place: TopicPosition | None = None


class Left(Struct, frozen=True):
    """Something that was not understood, with the text and why.

    above:   it stands above the recap, or above what is quoted of it
    closing: it ends a mail
    place:   it stands under no topic
    heading: a heading that was changed or is new
    label, own: words that the bot writes were changed, such as `AGREED:`
    mark:    an EDITOR mark was changed
    copy:    a record was changed only where it stands a second time
    links:   a list of links was changed
    quoted:  it is quoted from somebody else
    moved:   record `n` stands elsewhere
    since:   record `n`, or the introduction, was changed since the draft that was mended
    """

    why: Why
    text: str
    n: int = 0
    place: TopicPosition | None = None


class Comparison(Struct, frozen=True):
    """What a mended text says: changes, records that are missing, and what was not understood.

    refused:    why nothing was taken: "empty", or "other" if it has little in common with the recap
    is_excerpt: whether only a part of the recap is quoted, so that nothing counts as missing
    """

    changes: tuple[Change, ...] = ()
    missing: tuple[int, ...] = ()
    left: tuple[Left, ...] = ()
    refused: Refusal = ""
    is_excerpt: bool = False
