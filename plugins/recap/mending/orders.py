"""The input and the output of the job that reads a mended text."""

from datetime import datetime

from msgspec import Struct

from bot.api import Identity
from bot.api.recap import Part, Planned
from plugins.recap.mending.comparison import Refusal
from plugins.recap.mending.facts import MendingProposed, Source

JOB = "mended text"


class MendedText(Struct, frozen=True):
    """A mended text of a part's recap.

    source, address, by: as in `MendingProposed`
    room:   where somebody asked for it; empty for a mail
    letter: the letter that the mail answers; empty for a pad
    """

    plan: Planned
    text: str
    source: Source
    address: str
    by: Identity | None
    now: datetime
    room: str = ""
    letter: str = ""


class Read(Struct, frozen=True):
    """What a mended text proposes; `refused` and `is_excerpt` as in `Comparison`."""

    mended: MendedText
    proposed: MendingProposed
    part: Part
    refused: Refusal = ""
    is_excerpt: bool = False
