"""The agenda on the pages: a session's items with planned and taken time, and what waits for a track's next session."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.api import Session, Topic, Track
from bot.api.web import Panel, View
from bot.api.words import day_in_words
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.declaration import plugin
from plugins.agenda.lookup import agenda_of, waiting_of

MINUTE = timedelta(minutes=1)
WIDTH = 200  # of the longest bar, in units of the picture
OPEN, CURRENT, DONE = "open", "current", "done"
STATES = {OPEN: "open", CURRENT: "on now", DONE: "done", "skipped": "skipped"}


class Row(Struct, frozen=True):
    """An item, or a topic that is none.

    n:       the item's number; 0 for a topic that is not on the agenda
    state:   open, current, done, skipped or deferred; `stands` says it in words
    planned, taken: minutes; None if there are none
    planned_bar, taken_bar: the same as lengths in the picture
    """

    n: int
    title: str
    state: str
    stands: str
    proposer: str = ""
    planned: int | None = None
    taken: int | None = None
    planned_bar: int = 0
    taken_bar: int = 0

    @property
    def is_over(self) -> bool:
        """Whether it took longer than planned."""
        return bool(self.planned) and self.taken is not None and self.taken > (self.planned or 0)


@plugin.web.session_panel
def session_agenda(view: View, session: Session) -> Iterator[Panel]:
    """Yield the agenda of a session, beside its topics that are not on it."""
    rows = rows_of(session, agenda_of(session), view.at)
    if rows:
        title = "Agenda" if any(row.n for row in rows) else "Topics"
        yield Panel(
            "agenda", title, "agenda/session.html", {"rows": rows, "width": WIDTH, "title": title}, order=20
        )


def rows_of(session: Session, agenda: Agenda, at: datetime) -> list[Row]:
    """Return the items in order, and after them the other topics by start, with bars on one scale."""
    until = session.ended or at
    topics = {topic.item: topic for topic in session.topics if topic.item}
    rows = [_item(agenda, listed, topics.get(listed.item.id), until) for listed in agenda.items]
    items = {listed.item.id for listed in agenda.items}
    rows += [_topic(session, topic, until) for topic in session.topics if topic.item not in items]
    return _on_one_scale(rows)


def _item(agenda: Agenda, listed: Listed, topic: Topic | None, until: datetime) -> Row:
    item, state = listed.item, agenda.state(listed)
    return Row(
        n=listed.n,
        title=item.title,
        state=state,
        stands=_stands(state, item.day),
        proposer=item.proposer,
        planned=item.minutes,
        taken=_taken(topic, until),
    )


def _topic(session: Session, topic: Topic, until: datetime) -> Row:
    is_on = session.ended is None and topic.id == session.topic_id
    state = CURRENT if is_on else DONE
    return Row(0, topic.title, state, STATES[state], "", topic.minutes, _taken(topic, until))


def _taken(topic: Topic | None, until: datetime) -> int | None:
    """Return the minutes for which a topic was on; None if it never was."""
    return topic.lasted(until) // MINUTE if topic is not None else None


def _stands(state: str, day: date | None) -> str:
    if state in STATES:
        return STATES[state]
    return phrases.DEFERRED(day=day_in_words(day)) if day is not None else phrases.PARKED


def _on_one_scale(rows: Iterable[Row]) -> list[Row]:
    known = list(rows)
    longest = max((max(row.planned or 0, row.taken or 0) for row in known), default=0)
    if not longest:
        return known
    return [
        Row(
            row.n, row.title, row.state, row.stands, row.proposer, row.planned, row.taken,
            (row.planned or 0) * WIDTH // longest, (row.taken or 0) * WIDTH // longest,
        )
        for row in known
    ]  # fmt: skip


@plugin.web.track_panel
def track_agenda(view: View, track: Track) -> Iterator[Panel]:
    """Yield what waits for a track's next session."""
    rows = [
        Row(listed.n, listed.item.title, *_waits(listed), listed.item.proposer, listed.item.minutes)
        for listed in waiting_of(view.state, track.slug).items
    ]
    if rows:
        yield Panel("waiting", "For the next session", "agenda/waiting.html", {"rows": rows}, order=30)


def _waits(listed: Listed) -> tuple[str, str]:
    state = listed.aside or OPEN
    return state, "" if state == OPEN else _stands(state, listed.item.day)
