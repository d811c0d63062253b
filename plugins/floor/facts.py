"""The facts of the floor: changes of the queue, the speaker, and turns in a round.

Identities are those of the time of the fact; facts about somebody on the queue use the identity in the queue. A note
is stored only in the fact of the message that contains it, so that a redaction finds it.
"""

from msgspec import Struct

from bot.api import Identity


class QueueJoined(Struct, frozen=True):
    """People joined the queue, or added a note to their place.

    note:  the topic they want to speak about; empty if not given
    front: whether they joined or moved to the front
    hand:  whether a reaction with a raised hand did this; the place is lost with the reaction
    """

    people: tuple[Identity, ...]
    note: str = ""
    front: bool = False
    hand: bool = False


class QueueNoteChanged(Struct, frozen=True):
    """Somebody on the queue edited their note.

    of: cause of the `QueueJoined` with the original note
    """

    person: Identity
    of: str
    note: str


class QueueLeft(Struct, frozen=True):
    """People left the queue."""

    people: tuple[Identity, ...]


class QueuePutBack(Struct, frozen=True):
    """People moved to the end of the queue."""

    people: tuple[Identity, ...]


class QueueReplaced(Struct, frozen=True):
    """The queue was replaced by exactly these people; those already on it keep their notes."""

    people: tuple[Identity, ...]


class QueueClosed(Struct, frozen=True):
    """The queue was closed: only chairs can add people."""


class QueueOpened(Struct, frozen=True):
    """The queue was opened: everybody can join."""


class FloorGiven(Struct, frozen=True):
    """Somebody was given the floor; a round pauses meanwhile.

    places: their identities in the queue, which they left; empty if they were not on it
    """

    person: Identity
    places: tuple[Identity, ...] = ()


class FloorYielded(Struct, frozen=True):
    """The speaker gave up the floor; a round continues."""


class SpeakersTimed(Struct, frozen=True):
    """The speaking time was set, in seconds; 0 for no limit."""

    seconds: int


class RoundtableOpened(Struct, frozen=True):
    """A round began in which these people have a turn each, in this order.

    question: the question of the round; empty if not given
    """

    people: tuple[Identity, ...]
    question: str = ""


class TurnGiven(Struct, frozen=True):
    """The turn in the round passed to the person at this place, counted from 0."""

    place: int


class TurnReminded(Struct, frozen=True):
    """The person at this place was reminded of their turn."""

    place: int


class RoundtableClosed(Struct, frozen=True):
    """The round is over."""


FACTS: tuple[type, ...] = (
    QueueJoined,
    QueueNoteChanged,
    QueueLeft,
    QueuePutBack,
    QueueReplaced,
    QueueClosed,
    QueueOpened,
    FloorGiven,
    FloorYielded,
    SpeakersTimed,
    RoundtableOpened,
    TurnGiven,
    TurnReminded,
    RoundtableClosed,
)
