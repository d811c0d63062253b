"""Past facts about records that outlast their session: answers, support, and what a track keeps of them.

Rules of this file: as in `bot.core.facts`.
"""

from datetime import date, datetime

from msgspec import Struct

from bot.core.facts.content import Answer, Content
from bot.core.people.identity import Identity


class RecordAnswered(Struct, frozen=True):
    """Somebody answered a question; the last answer counts, and an empty one makes it open again."""

    n: int
    text: str


class RecordSupported(Struct, frozen=True):
    """Somebody wants to know it too; with `stands` false they do not any more."""

    n: int
    person: Identity
    stands: bool = True


class RecordKept(Struct, frozen=True):
    """A session went out of memory, and a record of it is kept as it stood; what was kept of it before holds no longer.

    session, gathering, gathering_name, date: where and when it was recorded; a gathering by its slug
    by, at:     who recorded it, when
    revised_at: when its words last changed; None where they did not
    done_at:    when it was last said to be done, or not to be
    supporters: who wants to know it too, as they were
    """

    session: str
    gathering: str
    gathering_name: str
    date: date
    n: int
    kind: str
    content: Content
    by: Identity
    at: datetime
    team: str | None = None
    revised_at: datetime | None = None
    done: bool = False
    done_at: datetime | None = None
    answer: Answer | None = None
    supporters: tuple[Identity, ...] = ()

    @property
    def closed_at(self) -> datetime | None:
        """Since when it is done, or answered; None while it is open."""
        if self.done:
            return self.done_at
        return self.answer.at if self.answer is not None else None


class RecordLetGo(Struct, frozen=True):
    """A record that was kept is none any more: it was taken back or out since."""

    session: str
    n: int


LASTING_FACTS: tuple[type, ...] = (RecordAnswered, RecordSupported, RecordKept, RecordLetGo)
