"""What is asked of the slow work that writes a recap, and what it gives back."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from bot.api.recap import Planned
from plugins.recap.lifecycle.facts import Goes

JOB = "recap"
Purpose = Literal["make", "list", "approve", "again", "correct"]


class Order(Struct, frozen=True):
    """Write the recap of a part.

    purpose: made for the first time or anew; for the list as nobody acted; for the list as somebody approved; for the
             list once more, where it still waits and words were taken out; or what changed since it was sent
    now:     when it was ordered
    without_marks: somebody said that it goes without what is missing
    """

    purpose: Purpose
    plan: Planned
    now: datetime
    without_marks: bool = False


class Written(Struct, frozen=True):
    """A recap, ready to be sent; `covered`, `goes` and `until` as in `RecapMade`.

    body: empty where nothing needs to be said (a correction that changes no word)
    corrections: where it is written again, subject and body of each correction so far; likewise
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
