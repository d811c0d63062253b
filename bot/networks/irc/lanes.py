"""Whose text is next on IRC: rooms and the people who asked take turns.

Rules of this file: no I/O and no clock. A lane is a queue of texts for one target and one asker. Lanes are at places:
each room is a place, and all private conversations together are one, so that many of them cost the rooms one turn.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from enum import IntEnum

from msgspec import Struct, field

SHORT = 60  # bytes; shorter answers share a line while lines are scarce
HALF_SAID = "\0"  # no asker is called this
PRIVATE = ""  # no room is called this

Places = OrderedDict[str, "OrderedDict[str, Lane]"]


class Rank(IntEnum):
    """Texts of a lower rank go before those of a higher one."""

    FIRST = 0  # announcements, and answers to chairs and moderators
    ANSWER = 1
    PATIENT = 2


class QueuedText(Struct):
    """A text for a target.

    whole:   no piece of it was sent yet
    private: it is patient, and for one person
    """

    text: str
    since: float
    whole: bool = True
    patient: bool = False
    private: bool = False

    @property
    def short(self) -> bool:
        """Whether it may share a line with others."""
        return self.whole and not self.patient and len(self.text.encode()) < SHORT


class Lane(Struct):
    """The texts of one asker for one target, in order.

    dropped: how many were dropped because too many were waiting
    """

    rank: Rank
    place: str
    asker: str
    target: str
    texts: deque[QueuedText] = field(default_factory=deque)
    dropped: int = 0


class Lanes:
    """All lanes that have texts, in the order of their turns."""

    def __init__(self) -> None:
        self._ranks: dict[Rank, Places] = {rank: OrderedDict() for rank in Rank}

    def __iter__(self) -> Iterator[Lane]:
        return iter(
            [lane for places in self._ranks.values() for lanes in places.values() for lane in lanes.values()]
        )

    def __bool__(self) -> bool:
        return any(self._ranks.values())

    def lane(self, rank: Rank, target: str, asker: str, *, private: bool) -> Lane:
        """The lane of an asker; a new one has the last turn. Put a text into it at once."""
        place, asker = (PRIVATE, target) if private else (target, asker)
        lanes = self._ranks[rank].setdefault(place, OrderedDict())
        if asker not in lanes:
            lanes[asker] = Lane(rank, place, asker, target)
        return lanes[asker]

    def next(self, ready: Callable[[Lane], bool], last: Rank = Rank.PATIENT) -> Lane | None:
        """The lane whose turn it is, among those that are ready and whose rank is at most `last`."""
        for rank, places in self._ranks.items():
            if rank > last:
                break
            for lanes in places.values():
                for lane in lanes.values():
                    if ready(lane):
                        return lane
        return None

    def beside(self, lane: Lane) -> Iterator[Lane]:
        """The other lanes of the same rank and target, in the order of their turns."""
        lanes = self._ranks[lane.rank].get(lane.place, OrderedDict())
        return iter([other for other in lanes.values() if other is not lane and other.target == lane.target])

    def had_turn(self, lane: Lane) -> None:
        """A text of the lane was taken: its next turn is after all others of its rank."""
        places = self._ranks[lane.rank]
        places.move_to_end(lane.place)
        places[lane.place].move_to_end(lane.asker)

    def tidy(self, lane: Lane) -> bool:
        """Remove a lane if it is empty; whether it was removed."""
        places = self._ranks[lane.rank]
        lanes = places.get(lane.place)
        if lane.texts or lanes is None or lanes.get(lane.asker) is not lane:
            return False
        del lanes[lane.asker]
        if not lanes:
            del places[lane.place]
        return True

    def go_on(self, lane: Lane, rest: QueuedText) -> None:
        """A piece of a text was taken: the rest is the next answer for its target."""
        if lane.rank is Rank.FIRST:
            lane.texts.appendleft(rest)
            return
        places = self._ranks[Rank.ANSWER]
        lanes = places.setdefault(lane.place, OrderedDict())
        key = f"{HALF_SAID}{lane.target}"
        half_said = lanes.setdefault(key, Lane(Rank.ANSWER, lane.place, key, lane.target))
        half_said.texts.appendleft(rest)
        lanes.move_to_end(key, last=False)

    def once_more(self, target: str, text: QueuedText) -> None:
        """A private text was refused: it is the next of its kind."""
        lane = self.lane(Rank.PATIENT, target, target, private=True)
        lane.texts.appendleft(text)
        self._ranks[Rank.PATIENT].move_to_end(PRIVATE, last=False)
        self._ranks[Rank.PATIENT][PRIVATE].move_to_end(target, last=False)
