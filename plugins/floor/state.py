"""The state of the floor: the queue, the speaker and the round."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from bot.api import Identity


class Note(Struct, frozen=True):
    """A note about the topic somebody wants to speak about; `cause` is the message that added it."""

    cause: str
    text: str


class QueueEntry(Struct, frozen=True):
    """A person's place on the queue.

    by:    the person who added them
    said:  whether a message added them; otherwise only raised-hand reactions keep the place
    hands: the number of raised-hand reactions
    also:  further identities of the same person, whose places were merged into this one
    """

    person: Identity
    by: Identity | None = None
    notes: tuple[Note, ...] = ()
    said: bool = False
    hands: int = 0
    also: tuple[Identity, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the notes."""
        return tuple(note.text for note in self.notes)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """All identities of the person in the queue's facts."""
        return (self.person, *self.also)


class Speaker(Struct, frozen=True):
    """The person who has the floor; `since` is the start of their time, moved forward by breaks."""

    person: Identity
    notes: tuple[str, ...]
    since: datetime


class Round(Struct, frozen=True):
    """A round in which everybody has a turn.

    place: index of the person whose turn it is; -1 before the first turn
    since: the start of the turn, moved forward by breaks
    """

    people: tuple[Identity, ...]
    question: str
    since: datetime
    place: int = -1
    reminded: bool = False

    @property
    def person(self) -> Identity:
        """The person whose turn it is."""
        return self.people[max(self.place, 0)]


class Floor(Struct, frozen=True):
    """The floor of a session.

    seconds:    speaking time for each speaker; 0 for no limit
    stopped_at: when the clocks were stopped; None while they run
    stopped_by: the facts that stopped the clocks
    renamed:    for each identity that changed its nick, by network, key, and account: the identity that it is now
    """

    places: tuple[QueueEntry, ...] = ()
    closed: bool = False
    speaker: Speaker | None = None
    round: Round | None = None
    seconds: int = 0
    stopped_at: datetime | None = None
    stopped_by: frozenset[type] = frozenset()
    renamed: Mapping[tuple[str, str, str], Identity] = field(default_factory=dict)

    @property
    def holder(self) -> Identity | None:
        """The person who has the floor, otherwise the person whose turn it is in the round."""
        if self.speaker is not None:
            return self.speaker.person
        return self.round.person if self.round is not None else None

    @property
    def since(self) -> datetime | None:
        """The start of the holder's time."""
        current = self.speaker or self.round
        return current.since if current is not None else None
