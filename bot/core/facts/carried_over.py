"""Facts about records that outlast their session: answers, support, and the copies that a track keeps.

Rules of this file: as in `bot.core.facts`.
"""

from datetime import date, datetime

from msgspec import Struct

from bot.core.facts.content import Answer, Content
from bot.core.people.identity import Identity


class RecordAnswered(Struct, frozen=True):
    """Somebody answered a question. The last answer counts; an empty answer opens the question again."""

    n: int
    text: str


class RecordSupported(Struct, frozen=True):
    """Somebody wants to know it too, or, if `stands` is false, no longer does."""

    n: int
    person: Identity
    stands: bool = True


class RecordKept(Struct, frozen=True):
    """A session left memory, and the track keeps this record in its last state. It replaces an earlier copy.

    session, gathering, gathering_name, date: where and when it was recorded; the gathering by its slug
    by, at:     who recorded it, and when
    revised_at: when its text last changed; None if it never did
    done_at:    when somebody last said that it is done, or that it is not
    supporters: people who want to know it too
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
        """When it was done or answered; None while it is open."""
        if self.done:
            return self.done_at
        return self.answer.at if self.answer is not None else None


class RecordLetGo(Struct, frozen=True):
    """A record that the track kept is gone: it was undone or withdrawn since."""

    session: str
    n: int


LASTING_FACTS: tuple[type, ...] = (RecordAnswered, RecordSupported, RecordKept, RecordLetGo)
