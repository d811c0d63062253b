"""Facts about records that outlast their session: answers, support, and the copies that a track keeps."""

from datetime import date, datetime

from msgspec import Struct

from bot.core.facts.content import Answer, Content
from bot.core.people.identity import Identity


class RecordAnswered(Struct, frozen=True):
    """Somebody answered a question. The last answer counts; an empty answer opens the question again."""

    n: int
    text: str


class RecordSupported(Struct, frozen=True):
    """Somebody supports a question; if `stands` is false, they took their support back."""

    n: int
    person: Identity
    stands: bool = True


class RecordKept(Struct, frozen=True):
    """A session left memory, and its track keeps the last state of this record. It replaces an earlier copy.

    session, gathering, gathering_name, date: where and when it was recorded; `gathering` is a slug
    by, at:     who recorded it, and when
    revised_at: when its text last changed; None if it never did
    done_at:    when `done` last changed
    supporters: people who also asked the question
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
    """A record that the track kept was undone or withdrawn."""

    session: str
    n: int


LASTING_FACTS: tuple[type, ...] = (RecordAnswered, RecordSupported, RecordKept, RecordLetGo)
