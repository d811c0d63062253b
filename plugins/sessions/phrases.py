"""Everything that the sessions plugin says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.api import Session, clock, counted, listed, listed_some, minutes_in_words, plural

NAME_TOO_LONG = "a session's name has at most 120 letters; please say it shorter"
NOTHING_TO_REOPEN = "there is nothing to reopen here: no session ended, or its recap is made; #startmeeting NAME opens a new one"
NOT_PAUSED = "the session is not paused"
ALREADY_PAUSED = "the session is paused already; #resume goes on"
PAUSED = "paused: what is said now is off the record; #resume goes on"
RESUMED = "on the record again"
HEADLINE_GONE = "the room's topic shows the session's name again"


def opened(name: str, chair: str, until: datetime, zone: ZoneInfo) -> str:
    """A session began."""
    return f"{name} is open until {clock(until, zone)}, chair {chair}; lines are logged, [off] keeps one out"


def runs_already(session: Session, zone: ZoneInfo) -> str:
    """A second start."""
    return (
        f'"{session.name}" is running here since {clock(session.started, zone)}; '
        f"{plural(len(session.chairs), 'chair')}: {chair_names(session)}; #endmeeting ends it"
    )


def only_moderators_start() -> str:
    """Starting is for moderators."""
    return "only a moderator may start a session here: a channel operator or a configured account"


def name_a_track(shared: Sequence[str], name: str) -> str:
    """A start in a room that several tracks share, or that belongs to none."""
    if shared:
        return (
            f"this room is shared by {listed(shared)}; name one: #startmeeting {shared[0]}: {name or 'name'}"
        )
    return "this room belongs to no track; name one: #startmeeting TRACK: name"


def no_such_track(name: str, known: Sequence[str]) -> str:
    """A track that the gathering does not have."""
    return f"there is no track {name} here; this room is for {listed(known)}"


def chair_names(session: Session) -> str:
    """The chairs in a sentence."""
    return listed_some([chair.name for chair in session.chairs])


def only_chairs_end(session: Session, zone: ZoneInfo) -> str:
    """Somebody else wants to end before the planned end."""
    return (
        f"only a chair or a moderator ends the session before {clock(session.planned_until, zone)}; "
        f"{plural(len(session.chairs), 'chair')} here: {chair_names(session)}"
    )


def closed(lasted: timedelta, farewells: Sequence[str]) -> str:
    """A session ended."""
    return "; ".join((f"closed after {minutes_in_words(lasted)}", *farewells))


def timed_out(silent: timedelta, farewells: Sequence[str]) -> str:
    """A session was ended by timeout."""
    return "; ".join((f"closed by timeout: no line for {minutes_in_words(silent)}", *farewells))


def missing(what: Sequence[str]) -> str:
    """The report at the end."""
    return f"missing: {'; '.join(what)}"


def minutes_left(minutes: int, what: Sequence[str]) -> str:
    """The reminder before the planned end."""
    lacking = f"; still missing: {'; '.join(what)}" if what else ""
    return f"{counted(minutes, 'minute')} left{lacking}"


def chairs_are(session_chairs: Sequence[str], absent: Sequence[str]) -> str:
    """Who chairs, and who of those is not in the room."""
    away = f" ({listed_some(absent)} {plural(len(absent), 'is', 'are')} not here now)" if absent else ""
    return f"{plural(len(session_chairs), 'chair')}: {listed_some(session_chairs)}{away}"


def several(name: str, ids: Sequence[str]) -> str:
    """A name means nobody, because several people bear it."""
    return f"several people are called {name}: {listed_some(ids)}; name one of them by the whole id"


def owner_stays(owner: str) -> str:
    """The owner cannot be removed."""
    return f"{owner} opened the session and stays its chair"


def no_chair(names: Sequence[str]) -> str:
    """Nobody of these is a chair."""
    return f"{listed_some(names)} {plural(len(names), 'is no chair', 'are no chairs')}"


def renamed(name: str) -> str:
    """Another name."""
    return f'the session is now "{name}"'


def headline(text: str) -> str:
    """What the room's topic shows."""
    return f"the room's topic shows: {text}"


def reopened(name: str) -> str:
    """An end was taken back."""
    return f"{name} goes on; no recap was made yet"


def only_chairs_reopen(session: Session) -> str:
    """Somebody else wants to reopen."""
    return f'only a chair or a moderator reopens "{session.name}"; it was chaired by {chair_names(session)}'


def too_late(reason: str) -> str:
    """A session that cannot be reopened."""
    return f"it cannot be reopened: {reason}; #startmeeting opens a new one"


def status(session: Session, at: datetime, zone: ZoneInfo, more: Sequence[str]) -> str:
    """Where a session stands."""
    topic = session.topic
    number = session.topics.index(topic) + 1 if topic else 0
    left = session.planned_until - at
    parts = [
        session.name + (" (paused)" if session.paused else ""),
        f"topic {number}: {topic.title}" if topic else "no topic yet",
        f"{minutes_in_words(left)} left"
        if left > timedelta()
        else f"{minutes_in_words(-left)} past its end at {clock(session.planned_until, zone)}",
        counted(len(session.records), "record"),
        f"{plural(len(session.chairs), 'chair')}: {chair_names(session)}",
        *more,
    ]
    return "; ".join(parts)
