"""The parts of a track's gathering, and the part that a session belongs to.

The number of a part by days depends only on the configuration, not on the sessions in memory. A session outside of the
track's days is a part of its own, without a number.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct, field

from bot.core.session.session import Session
from bot.core.state.setup import Setup, Slot, Track

By = Literal["day", "session", "gathering"]


class Planned(Struct, frozen=True):
    """A part, without its records.

    key:  its key in facts and addresses: a day, a session's id, "gathering"
    days: the days that it covers, in order
    n:    its number among `of` parts; both are 0 if unknown
    """

    key: str
    by: By
    days: tuple[date, ...]
    n: int = 0
    of: int = 0


class Following(Struct, frozen=True):
    """The part after another part, with the agenda of its slots."""

    n: int
    days: tuple[date, ...]
    agenda: tuple[str, ...] = ()


class Numbered(Struct, frozen=True):
    """The neighbors of a part: the numbers of the existing earlier parts, and the next part.

    addresses: where recaps of earlier parts can be read, by number
    own:       where its own recap can be read; empty if it is not posted, or unknown
    """

    before: tuple[int, ...] = ()
    following: Following | None = None
    addresses: Mapping[int, str] = field(default_factory=dict)
    own: str = ""


def days_of(setup: Setup, track: Track) -> tuple[date, ...]:
    """The days on which a track meets: its own, else the gathering's; empty if neither are known."""
    if track.days:
        return tuple(sorted(set(track.days)))
    gathering = setup.gathering
    if gathering.starts is None or gathering.ends is None or gathering.ends < gathering.starts:
        return ()
    return tuple(
        gathering.starts + timedelta(days=n) for n in range((gathering.ends - gathering.starts).days + 1)
    )


def day_of(setup: Setup, at: datetime) -> date:
    """The day of a moment in the gathering's zone."""
    return at.astimezone(setup.gathering.zone).date()


def planned_of(
    setup: Setup, track: Track, by: By, session: Session, siblings: Sequence[tuple[datetime, str]] = ()
) -> Planned:
    """The part that a session belongs to.

    siblings: (start, id) of all sessions of the track that are parts of their own; only for by="session"
    """
    days = days_of(setup, track)
    if by == "session" and (not days or session.date in days):
        return _by_session(setup, track, session, siblings)
    if session.date not in days:
        return Planned(f"{session.date}", "day", (session.date,))
    if by == "gathering":
        return Planned("gathering", by, days, 1, 1)
    return Planned(f"{session.date}", by, (session.date,), days.index(session.date) + 1, len(days))


def _by_session(
    setup: Setup, track: Track, session: Session, siblings: Sequence[tuple[datetime, str]]
) -> Planned:
    row = sorted({*siblings, (session.started, session.id)})
    n = row.index((session.started, session.id)) + 1
    slots = setup.slots_of(track.slug)
    return Planned(session.id, "session", (session.date,), n, max(len(slots), len(row)) if slots else 0)


def slots_in(setup: Setup, track: Track, plan: Planned) -> tuple[Slot, ...]:
    """The slots that belong to a part; a part by session has none."""
    if plan.by == "session":
        return ()
    return tuple(slot for slot in setup.slots_of(track.slug) if day_of(setup, slot.starts) in plan.days)


def following(setup: Setup, track: Track, plan: Planned, ended: datetime | None) -> Following | None:
    """The part after a part; None if it is the last part, or if the next one is unknown."""
    if plan.by == "day" and 0 < plan.n < plan.of:
        day = days_of(setup, track)[plan.n]
        slots = [slot for slot in setup.slots_of(track.slug) if day_of(setup, slot.starts) == day]
        return Following(plan.n + 1, (day,), _agenda(slots))
    if plan.by == "session" and ended is not None:
        later = [slot for slot in setup.slots_of(track.slug) if slot.starts >= ended][:1]
        if later and plan.n < plan.of:
            return Following(plan.n + 1, (day_of(setup, later[0].starts),), _agenda(later))
    return None


def _agenda(slots: Iterable[Slot]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for slot in slots for item in slot.agenda))


def complete_at(
    setup: Setup, track: Track, plan: Planned, sessions: Iterable[Session], settle: timedelta
) -> datetime | None:
    """When a part is complete; None while one of its sessions is open.

    It is complete `settle` after the last end of its sessions and slots. A part by gathering also waits until a session of
    its last day has ended, or that day is over.
    """
    ends: list[datetime] = []
    for session in sessions:
        if session.ended is None:
            return None
        ends.append(session.ended)
    if not ends:
        return None
    ends += [slot.ends for slot in slots_in(setup, track, plan)]
    if plan.by == "gathering" and day_of(setup, max(ends)) < plan.days[-1]:
        next_day = plan.days[-1] + timedelta(days=1)
        ends.append(datetime(next_day.year, next_day.month, next_day.day, tzinfo=setup.gathering.zone))
    return max(ends) + settle
