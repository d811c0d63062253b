"""Everything that the timekeeping plugin says."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.api import clock, counted, listed_some, shortened

TITLE = 60  # letters of a title
SHOWN = 5  # reminders that an answer names before it counts the others

NO_TOPIC = "no topic is on; #timebox N 15m gives an item of the agenda its time"
NO_BREAK = "there is no break; #break 10m makes one"
PING = ": ping"  # where a reminder has no words
NO_REMINDER = "nobody wants to be reminded of anything; #remind us in 20m to TEXT"


def length(minutes: int) -> str:
    """Minutes, short: 15m, 1h, 1h30m."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")


def topic(number: int, title: str) -> str:
    """A topic in a sentence."""
    return f'topic {number} "{shortened(title, TITLE)}"'


def nearly(number: int, title: str, left: int, minutes: int) -> str:
    """A topic comes to the end of its time."""
    return f"{length(left)} left of the {length(minutes)} for {topic(number, title)}"


def over(number: int, title: str, minutes: int, planned: int) -> str:
    """A topic is at the end of its time, or beyond."""
    if not minutes:
        return f"the {length(planned)} for {topic(number, title)} {'is' if planned == 1 else 'are'} over; #next goes on, #extend 5m gives it more"
    return f"{topic(number, title)} is {length(minutes)} over its {length(planned)}"


def session_over(name: str, until: datetime, minutes: int, zone: ZoneInfo) -> str:
    """A session is at its planned end, or beyond."""
    if not minutes:
        return (
            f"time is up: {name} was planned until {clock(until, zone)}; #extend session 15m, or #endmeeting"
        )
    return f"{name} is {length(minutes)} over its planned end"


def timed(what: str, minutes: int, left: int, late: int) -> str:
    """A topic got a length."""
    stands = f"which it is over by {length(late)}" if late else f"{length(left)} left"
    return f"{what} has {length(minutes)}, {stands}"


def item_timed(n: int, title: str, minutes: int) -> str:
    """An item that is no topic yet got a length."""
    return f'item {n} "{shortened(title, TITLE)}" gets {length(minutes)}'


def no_item(n: str) -> str:
    """A number that nothing has."""
    return f"there is no item or topic {n}; #agenda shows the items"


def is_over(n: int) -> str:
    """An item that was dealt with."""
    return f"item {n} is done; #topic {n} takes it up again"


def no_length(typed: str, most: str) -> str:
    """A length of time that will not do."""
    return f'"{shortened(typed, 24)}" will not do; a length of time is 1m to {most}: 15m, 1h30m'


def not_planned(number: int, title: str) -> str:
    """A topic without a length cannot be extended."""
    return f"{topic(number, title)} has no planned length; #timebox 15m gives it one"


def session_extended(name: str, until: datetime, left: int, zone: ZoneInfo) -> str:
    """A session has another end."""
    return f"{name} is planned until {clock(until, zone)} now, {length(left)} from now"


def too_far(latest: datetime, zone: ZoneInfo) -> str:
    """A session would get too long."""
    return f"a session is extended by 12 hours at most, this one until {clock(latest, zone)}; #startmeeting opens another one"


def time(parts: Sequence[str]) -> str:
    """Where the time is."""
    return "; ".join(parts)


def topic_time(number: int, title: str, planned: int, left: int, late: int) -> str:
    """Where the time of a topic is."""
    return f"{topic(number, title)}: {stands(planned, left, late)}"


def stands(planned: int, left: int, late: int) -> str:
    """What is left of a length, or how far it is over."""
    return (
        f"{length(late)} over its {length(planned)}" if late else f"{length(left)} left of {length(planned)}"
    )


def topic_stands(planned: int, left: int, late: int) -> str:
    """For #status, which has said what the topic is."""
    return f"topic: {stands(planned, left, late)}"


def topic_took(number: int, title: str, spent: int) -> str:
    """Where the time of a topic without a length is."""
    return f"{topic(number, title)}: {length(spent)}, no length planned"


def session_time(until: datetime, left: int, late: int, zone: ZoneInfo) -> str:
    """Where a session's time is."""
    if late:
        return f"session: {length(late)} over its end at {clock(until, zone)}"
    return f"session: {length(left)} left until {clock(until, zone)}"


def in_a_break(until: datetime, zone: ZoneInfo) -> str:
    """There is a break."""
    return f"break until {clock(until, zone)}"


def break_begins(until: datetime, what: str, zone: ZoneInfo) -> str:
    """A break begins."""
    stands = f"; the time of {what} stands still" if what else ""
    return f"break until {clock(until, zone)}{stands}; #break over ends it sooner"


def break_is_on(until: datetime, zone: ZoneInfo) -> str:
    """A second break."""
    return f"there is a break until {clock(until, zone)} already; #break over ends it"


def break_is_over(what: str) -> str:
    """A break is over."""
    return f"the break is over; {what} goes on" if what else "the break is over"


def reminder_set(whom: str, at: datetime, text: str, zone: ZoneInfo, until: datetime | None) -> str:
    """A reminder waits."""
    late = (
        f"; if the session is over by then (it is planned until {clock(until, zone)}) I say nothing"
        if until
        else ""
    )
    return f"I remind {whom} at {clock(at, zone)}: {text}{late}"


def all_of_you() -> str:
    """Whom a reminder for all is for."""
    return "all"


def reminder(text: str, by: str, at: datetime | None, zone: ZoneInfo) -> str:
    """A reminder's moment has come; `at` where it came too late."""
    late = f" (it was due at {clock(at, zone)})" if at is not None else ""
    return f"reminder{f' from {by}' if by else ''}: {text}{late}"


def reminders(told: Sequence[str]) -> str:
    """The reminders that wait."""
    return f"{counted(len(told), 'reminder')}: {listed_some(told, SHOWN)}; #remind drop N takes one back"


def waiting(n: int, whom: str, at: datetime, text: str, zone: ZoneInfo) -> str:
    """A reminder that waits."""
    return f"{n} at {clock(at, zone)} for {whom}: {shortened(text, TITLE)}"


def reminder_dropped(n: int) -> str:
    """A reminder was taken back."""
    return f"reminder {n} is taken back"


def no_such_reminder(typed: str) -> str:
    """A number that no reminder has."""
    return f"there is no reminder {shortened(typed, 12)} of yours; #remind lists them"


def reminder_usage() -> str:
    """How reminders are typed."""
    return "usage: #remind us in 20m to TEXT, or me, or at 14:30; #remind alone lists them"


def when(most: str) -> str:
    """A moment that will not do."""
    return f"a reminder comes in 1m to {most}: in 20m, in 1h30m, or at 14:30"


def text_too_long(letters: int, most: int) -> str:
    """A reminder's text beyond the limit."""
    return f"a reminder has at most {most} letters, that were {letters:,}; please say it shorter"


def too_many(most: int) -> str:
    """More reminders than there may be."""
    return f"{most} reminders wait already; #remind drop N takes one back"
