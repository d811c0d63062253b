"""The minutes of a session as its page shows them: its topics, and what was recorded under each, in order."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from msgspec import Struct

from bot.api import Kind, RecordedItem, Session, StateView, Topic
from bot.api.people import roll
from bot.api.records import RecordShown, backing, record_shown
from bot.api.words import clean, minutes_in_words

AT_MOST = 25  # records in a group: so many are sent to every reader when one of them changes


class Group(Struct, frozen=True):
    """Records in a row that belong to the same team and subtopic; `where` names these, empty for none, or if it goes on."""

    where: str
    records: tuple[RecordShown, ...]


class Part(Struct, frozen=True):
    """A topic with its records; without a title it is what was recorded before the first topic.

    anchor:  "t1" for the first topic
    planned: its planned length in words; empty if it has none
    lasted:  for how long it was on, in words
    is_on:   whether it is on now
    """

    anchor: str
    title: str
    started: datetime
    groups: tuple[Group, ...]
    planned: str = ""
    lasted: str = ""
    is_on: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded under it."""
        return not self.groups


def minutes_of(
    state: StateView, session: Session, kinds: Mapping[str, Kind], at: datetime, today: date
) -> tuple[Part, ...]:
    """Return the minutes of a session; what was undone, withdrawn or redacted is not in them."""
    people = roll([session], proven=state.persons)
    by_topic: dict[str | None, list[tuple[RecordedItem, RecordShown]]] = {}
    for record in session.records:
        if clean(record.text).strip():
            wanted = backing(state.persons, record.by, record.supporters, session) if record.supporters else 1
            shown = record_shown(record, kinds, today, people, session=session, backing=wanted)
            by_topic.setdefault(record.topic, []).append((record, shown))
    known = {topic.id for topic in session.topics}
    before = [pair for topic, pairs in by_topic.items() if topic not in known for pair in pairs]
    parts = [
        _part(session, n, topic, by_topic.get(topic.id, ()), at) for n, topic in enumerate(session.topics, 1)
    ]
    if before:
        parts.insert(0, Part("t0", "", session.started, tuple(_groups(before))))
    return tuple(parts)


def newest_of(minutes: Iterable[Part]) -> RecordShown | None:
    """Return the newest record."""
    every = (record for part in minutes for group in part.groups for record in group.records)
    return max(every, key=lambda record: record.n, default=None)


def _part(
    session: Session, n: int, topic: Topic, records: Iterable[tuple[RecordedItem, RecordShown]], at: datetime
) -> Part:
    is_on = session.ended is None and topic.id == session.topic_id
    lasted = topic.lasted(session.ended or at)
    return Part(
        anchor=f"t{n}",
        title=topic.title,
        started=topic.started,
        groups=tuple(_groups(records)),
        planned=f"{topic.minutes} min" if topic.minutes else "",
        lasted="" if is_on else minutes_in_words(lasted),
        is_on=is_on,
    )


def _groups(records: Iterable[tuple[RecordedItem, RecordShown]]) -> Iterator[Group]:
    """Yield the records in their order, those of the same team and subtopic that follow each other together."""
    for where, group in groupby(records, key=lambda pair: _where(pair[0])):
        shown = tuple(shown for _, shown in group)
        for start in range(0, len(shown), AT_MOST):
            yield Group("" if start else where, shown[start : start + AT_MOST])


def _where(record: RecordedItem) -> str:
    return " · ".join(name for name in (record.team, record.subtopic) if name)
