"""The floor as it stands: who waits, who speaks, whose turn it is."""

from datetime import datetime

from msgspec import Struct

from bot.api import Identity


class Note(Struct, frozen=True):
    """What somebody wants to say; `cause` is the message that said so first."""

    cause: str
    text: str


class QueueEntry(Struct, frozen=True):
    """Somebody on the queue.

    by:    who put them there
    said:  somebody said so; else hands that are raised as reactions are all that keeps the place
    hands: how many of these there are
    also:  further identities of the same person, whose places this one is as well
    """

    person: Identity
    by: Identity | None = None
    notes: tuple[Note, ...] = ()
    said: bool = False
    hands: int = 0
    also: tuple[Identity, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What they want to say."""
        return tuple(note.text for note in self.notes)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The identities that the facts have for them."""
        return (self.person, *self.also)


class Speaker(Struct, frozen=True):
    """Who was given the floor; `since` is when their time began, breaks left out."""

    person: Identity
    notes: tuple[str, ...]
    since: datetime


class Round(Struct, frozen=True):
    """A round in which everybody has a turn.

    place: whose turn it is, from 0; -1 before the first
    since: when it began, breaks left out
    """

    people: tuple[Identity, ...]
    question: str
    since: datetime
    place: int = -1
    reminded: bool = False

    @property
    def person(self) -> Identity:
        """Whose turn it is."""
        return self.people[max(self.place, 0)]


class Floor(Struct, frozen=True):
    """The floor of a session.

    seconds: how long everybody may speak; 0: as long as they like
    held:    since when all clocks stand still, and why they do
    """

    places: tuple[QueueEntry, ...] = ()
    closed: bool = False
    speaker: Speaker | None = None
    round: Round | None = None
    seconds: int = 0
    held: datetime | None = None
    holds: frozenset[type] = frozenset()

    @property
    def holder(self) -> Identity | None:
        """Who has the floor: by the queue, else in the round."""
        if self.speaker is not None:
            return self.speaker.person
        return self.round.person if self.round is not None else None

    @property
    def since(self) -> datetime | None:
        """Since when they have it."""
        held = self.speaker or self.round
        return held.since if held is not None else None
