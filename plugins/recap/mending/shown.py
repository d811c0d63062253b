"""A proposal as readers see it: the changes of each topic, with the old and the new text."""

from msgspec import Struct

from plugins.recap.mending.facts import NotTaken


class Shown(Struct, frozen=True):
    """A change: what it was and what it would be; `is_stale` if it cannot be taken, because that changed since.

    word: kind of the record; "intro" for the introduction, "front link" for a link in front
    n:    number of the record; 0 for a new one
    """

    word: str
    n: int
    old: str
    new: str
    team: str | None = None
    is_stale: bool = False


class TopicChanges(Struct, frozen=True):
    """What a proposal changes in a topic; `n` is 0 before the topics and for the front.

    missing: number and text of the records that the mended text lacks
    left:    what was not taken
    """

    n: int
    title: str
    changes: tuple[Shown, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    left: tuple[NotTaken, ...] = ()
