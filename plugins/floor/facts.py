"""The past facts of the floor: who came to the queue and left it, who was given the floor, whose turn it was in a round.

Rules of this file: people stand as they were when it happened, and a fact about somebody on the queue names them as the
queue did. Notes stand with the words of who wrote them alone, so that a redaction finds them.
"""

from msgspec import Struct

from bot.api import Identity


class QueueJoined(Struct, frozen=True):
    """People came to the queue, or have something more to say there.

    note:  what they want to say; empty where nothing was said about it
    front: they came to its front, whether or not they were there
    hand:  somebody raised a hand as reaction, and keeps the place as long as it is up
    """

    people: tuple[Identity, ...]
    note: str = ""
    front: bool = False
    hand: bool = False


class QueueNoteChanged(Struct, frozen=True):
    """Somebody on the queue edited what they want to say.

    of: cause of the `QueueJoined` that said it first
    """

    person: Identity
    of: str
    note: str


class QueueLeft(Struct, frozen=True):
    """People left the queue."""

    people: tuple[Identity, ...]


class QueuePutBack(Struct, frozen=True):
    """People went to the end of the queue."""

    people: tuple[Identity, ...]


class QueueReplaced(Struct, frozen=True):
    """The queue consists of exactly these people; those already on it keep their notes."""

    people: tuple[Identity, ...]


class QueueClosed(Struct, frozen=True):
    """Nobody may join the queue but by a chair."""


class QueueOpened(Struct, frozen=True):
    """Everybody may join the queue again."""


class FloorGiven(Struct, frozen=True):
    """Somebody has the floor; a round waits meanwhile.

    places: as whom the queue had them, which it does no longer; empty where they were not on it
    """

    person: Identity
    places: tuple[Identity, ...] = ()


class FloorYielded(Struct, frozen=True):
    """The speaker gave up the floor; a round goes on."""


class SpeakersTimed(Struct, frozen=True):
    """Everybody may speak for so many seconds; 0: as long as they like."""

    seconds: int


class RoundtableOpened(Struct, frozen=True):
    """A round began: these people have a turn each, in this order; `TurnGiven` says whose it is.

    question: what they are asked; empty where nothing was said
    """

    people: tuple[Identity, ...]
    question: str = ""


class TurnGiven(Struct, frozen=True):
    """It is somebody's turn in the round: by their place in it, from 0."""

    place: int


class TurnReminded(Struct, frozen=True):
    """Somebody was told again that it is their turn."""

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
