"""What happened to a recap: the facts of this plugin, in the stream of the track."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.api.recap import Planned

Goes = Literal["list", "maintainers", "waits", "nothing", "nowhere", "held"]


class RecapMade(Struct, frozen=True):
    """A recap was made, for the first time or again.

    plan:       which part it is
    started:    when the part's first session began
    message_id: of the letter to the list, fixed when the part was first made
    covered:    by session id, how many of its facts changed the record by then
    goes:       to the list or the maintainers; or it waits for a moderator, has nothing in it, has nobody to go to, or
                is held
    until:      when the list gets it if nobody acts; only where maintainers have it
    """

    plan: Planned
    revision: int
    started: datetime
    message_id: str
    subject: str
    marks: tuple[str, ...]
    records: int
    covered: tuple[tuple[str, int], ...]
    rooms: tuple[str, ...]
    goes: Goes
    until: datetime | None = None

    @property
    def part(self) -> str:
        """The part's key."""
        return self.plan.key


class RecapHeld(Struct, frozen=True):
    """Somebody stopped a recap until it is approved."""

    part: str


class RecapApproved(Struct, frozen=True):
    """Somebody approved a recap; `without_marks`: although marks were open, which were left out."""

    part: str
    without_marks: bool = False


class RecapSent(Struct, frozen=True):
    """A recap was given to the outbox for the list.

    draft:   nobody had approved it
    covered: as in `RecapMade`
    """

    part: str
    message_id: str
    subject: str
    covered: tuple[tuple[str, int], ...]
    draft: bool = False


class RecapCorrected(Struct, frozen=True):
    """What changed since a recap was sent was told in a reply; `message_id` is empty where nothing had to be."""

    part: str
    number: int
    message_id: str
    covered: tuple[tuple[str, int], ...]


class RecapRefused(Struct, frozen=True):
    """A mail server refused a letter of a recap for good, and the moderators were told."""

    part: str
    letter: str


class IntroWritten(Struct, frozen=True):
    """Somebody wrote what stands in front of a recap; empty takes it away."""

    part: str
    text: str


class RecapLinked(Struct, frozen=True):
    """Somebody added a link to a recap when its sessions were over: notes or a recording that came later."""

    part: str
    title: str
    url: str


FACTS = (
    RecapMade,
    RecapHeld,
    RecapApproved,
    RecapSent,
    RecapCorrected,
    RecapRefused,
    IntroWritten,
    RecapLinked,
)
BLANKS: dict[type, Callable[[Any], object]] = {
    RecapMade: lambda fact: replace(fact, subject="", marks=()),
    RecapSent: lambda fact: replace(fact, subject=""),
    IntroWritten: lambda fact: replace(fact, text=""),
    RecapLinked: lambda fact: replace(fact, title="", url=""),
    **dict.fromkeys((RecapHeld, RecapApproved, RecapCorrected, RecapRefused), lambda fact: fact),
}
