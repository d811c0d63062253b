"""The past facts of the floor: who came to the queue and left it, who was given the floor, whose turn it was in a round.

Rules of this file: people stand as they were when it happened, and a fact about somebody on the queue names them as the
queue did. Notes stand with the words of who wrote them alone, so that a redaction finds them.
"""

from dataclasses import dataclass

from bot.api import Identity


@dataclass(frozen=True, slots=True)
class QueueJoined:
    """People came to the queue, or have something more to say there.

    note:  what they want to say; empty where nothing was said about it
    front: they came to its front, whether or not they were there
    hand:  somebody raised a hand as reaction, and keeps the place as long as it is up
    """

    people: tuple[Identity, ...]
    note: str = ""
    front: bool = False
    hand: bool = False


@dataclass(frozen=True, slots=True)
class QueueNoteChanged:
    """Somebody on the queue edited what they want to say.

    of: cause of the `QueueJoined` that said it first
    """

    person: Identity
    of: str
    note: str


@dataclass(frozen=True, slots=True)
class QueueLeft:
    """People are not on the queue any more."""

    people: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class QueuePutBack:
    """People went to the end of the queue."""

    people: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class QueueReplaced:
    """The queue is these people and nobody else; who was there keeps the note."""

    people: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class QueueClosed:
    """Nobody may join the queue but by a chair."""


@dataclass(frozen=True, slots=True)
class QueueOpened:
    """Everybody may join the queue again."""


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """Somebody has the floor; a round waits meanwhile.

    places: as whom the queue had them, which it does no longer; empty where they were not on it
    """

    person: Identity
    places: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class FloorYielded:
    """Whoever was given the floor has it no longer; a round goes on."""


@dataclass(frozen=True, slots=True)
class SpeakersTimed:
    """Everybody may speak for so many seconds; 0: as long as they like."""

    seconds: int


@dataclass(frozen=True, slots=True)
class RoundtableOpened:
    """A round began: these people have a turn each, in this order; `TurnGiven` says whose it is.

    question: what they are asked; empty where nothing was said
    """

    people: tuple[Identity, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class TurnGiven:
    """It is somebody's turn in the round: by their place in it, from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class TurnReminded:
    """Somebody was told again that it is their turn."""

    place: int


@dataclass(frozen=True, slots=True)
class RoundtableClosed:
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
