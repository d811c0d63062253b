"""Who started how many sessions today."""

from datetime import date

from msgspec import Struct

from bot.api import GATHERING, Ask, Entry, Folding, Identity
from plugins.sessions.facts import SessionCounted


class Starts(Struct, frozen=True):
    """The people who started sessions on the last day that had any, once for each session."""

    day: date | None = None
    people: tuple[Identity, ...] = ()


STARTS = Folding(Starts())


@STARTS.on(SessionCounted)
def _counted(starts: Starts, entry: Entry, fact: SessionCounted) -> Starts:
    earlier = starts.people if starts.day == fact.day else ()
    return Starts(fact.day, (*earlier, entry.by)) if entry.by is not None else starts


def started_on(day: date, ask: Ask) -> int:
    """Return the number of sessions that the speaker started on a day."""
    starts = STARTS.of_stream(ask.state.stream(GATHERING))
    if starts.day != day:
        return 0
    speaker = ask.state.person_of(ask.speaker)
    return sum(ask.state.person_of(person) == speaker for person in starts.people)
