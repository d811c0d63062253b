"""The facts of recaps, in the stream of the track."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.api.recap import Planned

Goes = Literal["list", "maintainers", "waits", "over", "nothing", "nowhere", "held", "talk"]
MAILED = frozenset(
    {"maintainers", "held", "waits", "talk"}
)  # where a version goes that the maintainers get by mail
NOT_FOR_LIST = frozenset({"nothing", "nowhere", "talk"})  # the versions that nobody can send
LONGEST_INTRO = 2000  # characters


class RecapMade(Struct, frozen=True):
    """A recap was made, for the first time or again.

    plan:       the part
    revision:   from 1; the same as before if the maintainers have this text already
    started:    the start of the part's first session
    message_id: Message-ID of the mail to the list, fixed when the part was first made
    covered:    pairs of session id and the number of content changes in that session so far
    goes:       its destination: `list` or `maintainers`; `waits` for a moderator, `over` the limit of drafts a day and
                waits as well, `nothing` to send, `nowhere` to send it, `held`, or `talk`: nothing was recorded, and the
                maintainers get what was said
    until:      when it goes to the list unless somebody acts; None unless maintainers have it
    missing:    what it lacks, as the end of its sessions reported it
    unrecorded: the lines of talk that the maintainers' copy shows: how it calls each ("3.2"), its session and its number in
                the session's log
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
    missing: tuple[str, ...] = ()
    unrecorded: tuple[tuple[str, str, int], ...] = ()

    @property
    def part(self) -> str:
        """The part's key."""
        return self.plan.key


class RecapHeld(Struct, frozen=True):
    """Somebody stopped a recap until it is approved."""

    part: str


class RecapApproved(Struct, frozen=True):
    """Somebody approved a recap or its correction; with `without_marks`, its open marks were left out."""

    part: str
    without_marks: bool = False


class RecapSent(Struct, frozen=True):
    """A recap was put into the outbox for the list.

    draft:   whether it was unapproved
    covered: as in `RecapMade`
    is_told: whether a `RecapTaken` tells when the mail server took it; facts of earlier releases have none
    """

    part: str
    message_id: str
    subject: str
    covered: tuple[tuple[str, int], ...]
    draft: bool = False
    is_told: bool = False


class CorrectionProposed(Struct, frozen=True):
    """A correction of a sent recap was written; the list gets it when a maintainer or a moderator approves it.

    number:   the place of the correction among all corrections of the recap, from 1
    version:  the number of times that this correction was written, from 1
    reminder: whether the maintainers were reminded of it
    covered:  as in `RecapMade`
    """

    part: str
    number: int
    version: int
    covered: tuple[tuple[str, int], ...]
    reminder: bool = False


class RecapCorrected(Struct, frozen=True):
    """A correction of a sent recap was written; `message_id` is empty if there was nothing to mail.

    draft: whether it was unapproved
    """

    part: str
    number: int
    message_id: str
    covered: tuple[tuple[str, int], ...]
    draft: bool = False


class RecapRewritten(Struct, frozen=True):
    """After a redaction, the mail that still waited in the outbox was written again; `covered` as in `RecapMade`."""

    part: str
    covered: tuple[tuple[str, int], ...]


class RecapTaken(Struct, frozen=True):
    """The mail server took a letter of a recap to the list; the list may still hold it. With `filed`, it is only a file."""

    part: str
    letter: str
    filed: bool = False


class RecapRefused(Struct, frozen=True):
    """A mail server permanently refused a letter of a recap, and the rooms were notified."""

    part: str
    letter: str


class IntroWritten(Struct, frozen=True):
    """Somebody wrote the introduction of a recap; an empty text removes it."""

    part: str
    text: str


class RecapLinked(Struct, frozen=True):
    """Somebody added a link to the front of a recap, such as notes or a recording."""

    part: str
    title: str
    url: str


class RecapPosted(Struct, frozen=True):
    """Somebody sent a recap to the list by hand.

    url:        where it can be read; empty if unknown
    message_id: Message-ID of that mail; empty if unknown
    covered:    as in `RecapMade`
    """

    part: str
    url: str
    message_id: str
    covered: tuple[tuple[str, int], ...]


class PostingUndone(Struct, frozen=True):
    """Somebody took back that a recap was sent by hand; it is held until somebody approves it."""

    part: str


class FrontUndone(Struct, frozen=True):
    """Somebody took back the introduction or a link that the message `cause` had added."""

    part: str
    cause: str


FACTS = (
    RecapMade,
    RecapHeld,
    RecapApproved,
    RecapSent,
    CorrectionProposed,
    RecapCorrected,
    RecapRewritten,
    RecapTaken,
    RecapRefused,
    IntroWritten,
    RecapLinked,
    FrontUndone,
    RecapPosted,
    PostingUndone,
)
BLANKS: dict[type, Callable[[Any], object]] = {
    RecapMade: lambda fact: replace(fact, subject="", marks=(), missing=()),
    RecapSent: lambda fact: replace(fact, subject=""),
    IntroWritten: lambda fact: replace(fact, text=""),
    RecapLinked: lambda fact: replace(fact, title="", url=""),
    RecapPosted: lambda fact: replace(fact, url=""),
    **dict.fromkeys(
        (
            RecapHeld,
            RecapApproved,
            CorrectionProposed,
            RecapCorrected,
            RecapRewritten,
            RecapTaken,
            RecapRefused,
            FrontUndone,
            PostingUndone,
        ),
        lambda fact: fact,
    ),
}
