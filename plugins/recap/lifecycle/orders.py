"""The input and the output of the job that writes a recap."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from bot.api.recap import Planned
from plugins.recap.lifecycle.facts import Goes

JOB = "recap"
Purpose = Literal["make", "list", "approve", "again", "correct"]


class Order(Struct, frozen=True):
    """Write the recap of a part.

    purpose: `make` a new version; `list` sends an unapproved draft to the list; `approve` sends an approved one;
             `again` replaces unsent mail after a redaction; `correct` writes the changes since it was sent
    now:     the time of the order
    without_marks: whether to leave the EDITOR marks out
    """

    purpose: Purpose
    plan: Planned
    now: datetime
    without_marks: bool = False


class Written(Struct, frozen=True):
    """A written recap; `covered`, `goes` and `until` as in `RecapMade`.

    body:        empty for a correction without changes
    corrections: for the purpose `again`, the subject and body of each earlier correction
    """

    order: Order
    subject: str
    body: str
    marks: tuple[str, ...]
    records: int
    started: datetime
    covered: tuple[tuple[str, int], ...]
    rooms: tuple[str, ...]
    goes: Goes
    until: datetime | None = None
    corrections: tuple[tuple[str, str], ...] = ()
