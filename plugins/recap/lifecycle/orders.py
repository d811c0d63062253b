"""The input and the output of the job that writes a recap."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from bot.api.recap import Planned
from plugins.recap.lifecycle.facts import Goes

JOB = "recap"
Purpose = Literal["make", "list", "approve", "again", "correct", "propose", "remind", "amend"]


class Order(Struct, frozen=True):
    """Write the recap of a part.

    purpose: `make` a new version; `list` sends an unapproved draft to the list; `approve` sends an approved one;
             `again` replaces unsent mail after a redaction. The others write the changes since it was sent: `correct`
             sends them to the list unapproved; `propose` and `remind` send them to the maintainers; `amend` sends
             them to the list as approved
    now:     the time of the order
    number:  the number of the correction
    without_marks: whether to leave the EDITOR marks out
    shown:   whether somebody wanted to approve it, and it has changed since the newest draft
    asked:   whether somebody wants it now
    """

    purpose: Purpose
    plan: Planned
    now: datetime
    number: int = 1
    without_marks: bool = False
    shown: bool = False
    asked: bool = False


class Written(Struct, frozen=True):
    """A written recap; `covered`, `goes` and `until` as in `RecapMade`.

    edits:       how often the introduction and the links had changed
    body:        empty for a correction without changes
    corrections: for the purpose `again`, the subject and body of each earlier correction
    unrecorded:  as in `RecapMade`
    remarks:     for the log: which of the organizer's templates have a fault
    proposal:    for the purpose `again`, the subject and body of the correction that waits for approval
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
    edits: int = 0
    corrections: tuple[tuple[str, str], ...] = ()
    proposal: tuple[str, str] = ("", "")
    unrecorded: tuple[tuple[str, str, int], ...] = ()
    remarks: tuple[str, ...] = ()
