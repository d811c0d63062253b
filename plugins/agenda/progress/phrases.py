"""Everything that is said about a session's way through its agenda."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.api import (
    LONGEST_TITLE,
    clock,
    counted,
    day_in_words,
    listed,
    listed_some,
    minutes_in_words,
    plural,
    shortened,
)
from plugins.agenda.phrases import SHOWN, TITLE, details, length

PAUSED = "off the record: the session is paused; #resume goes on"
OVER = "the session is over; an edit opens no topic in it"
NO_WAY_BACK = "there is no topic before this one"
NOTHING_TO_CLOSE = "no topic is on, so there is nothing to close; #next takes up the next item"


def topic(number: int, title: str, team: str | None, what: str, *, again: bool) -> str:
    """A topic began, or goes on; `what` stands in brackets behind an item's title."""
    holding = f" (team {team} still holds; #team - ends it)" if team else ""
    return f"topic {number}{' again' if again else ''}: {title}{what}{holding}"


def too_long(letters: int) -> str:
    """A title beyond the limit."""
    return f"a topic has at most {LONGEST_TITLE} letters, that were {letters:,}; please say it shorter"


def retitled(number: int, title: str) -> str:
    """The message of a topic was edited."""
    return f"topic {number} is now: {title}"


def number_is_no_title(number: str) -> str:
    """An edit made a title a number."""
    return f"an edit gives another title, and a number is none; say #topic {shortened(number, 12)} in a new message"


def of_item(n: int, minutes: int | None, proposer: str) -> str:
    """What stands behind the title of a topic that is an item."""
    return details(minutes, proposer, f"item {n}")


def matched(text: str) -> str:
    """A topic is an item because its title holds what was said."""
    return f"; #topic! {shortened(text, TITLE)} opens one of its own"


def no_item_called(text: str) -> str:
    """Words that name no item, or several."""
    return f'no single item of the agenda is called "{shortened(text, TITLE)}"; #agenda shows them'


def topic_is_on(number: int, title: str) -> str:
    """The topic is the current one."""
    return f"topic {number} is on already: {title}"


def no_topic_numbered(number: str) -> str:
    """A number alone that names nothing, where there is no agenda."""
    return f"there is no topic {number} to take up again; #topic TITLE opens a new one"


def too_soon(number: int, title: str, at: datetime, ago: timedelta, word: str, zone: ZoneInfo) -> str:
    """Two people went on at once."""
    seconds = max(int(ago.total_seconds()), 0)
    return (
        f"topic {number}, {shortened(title, TITLE)}, came only {counted(seconds, 'second')} ago, at {clock(at, zone)}; "
        f"#{word}! goes on all the same"
    )


def waits(why: str, word: str) -> str:
    """Something speaks against going on."""
    return f"{why}; #{word}! goes on all the same"


def nothing_open(aside: Sequence[str]) -> str:
    """The end of the agenda."""
    left = f"; put aside: {listed_some(aside, SHOWN)}, #topic N takes one up" if aside else ""
    return f"nothing is open on the agenda{left or '; #topic TITLE opens a topic of its own'}"


def back(number: int, title: str, again: str) -> str:
    """A topic before goes on; `again`: the item that stands open again."""
    open_again = f"; {again} is open again" if again else ""
    return f"back to topic {number}: {title}{open_again}"


def skipped(what: str) -> str:
    """An item was put aside."""
    return f"skipped: {what}"


def skipped_already(n: int) -> str:
    """It was put aside before."""
    return f"item {n} is skipped already; #topic {n} takes it up"


def no_item_is_on(word: str) -> str:
    """What is on is no item of the agenda."""
    return f"no item of the agenda is on; #{word} N names one"


def is_done(n: int) -> str:
    """An item that was dealt with."""
    return f"item {n} is done; #topic {n} takes it up again"


def deferred_already(n: int) -> str:
    """It was put off before."""
    return f"item {n} is deferred; #topic {n} takes it up"


def deferred(what: str, day: date | None, *, was_on: bool) -> str:
    """An item was put off."""
    where = f"to {day_in_words(day)}" if day is not None else "into the parking lot"
    return f"deferred {where}: {what}{_after(was_on=was_on)}"


def _after(*, was_on: bool) -> str:
    return "; no topic is on now, #next goes on" if was_on else ""


def deferred_to_next(what: str, *, was_on: bool) -> str:
    """An item is left to whichever session comes next."""
    return f"left to the next session: {what}{_after(was_on=was_on)}"


def no_day(typed: str, days: Sequence[date]) -> str:
    """Something that is no day of the track."""
    known = (
        f"the track's {plural(len(days), 'day')} from now on {plural(len(days), 'is', 'are')} {listed([day_in_words(day) for day in days])}"
        if days
        else "name a weekday, or a date like 2027-10-20"
    )
    return f'"{typed}" is no day to defer to: {known}'


def closed(what: str, lasted: timedelta, then: str) -> str:
    """A topic was closed; `then`: the next item."""
    follows = f"; #next takes up {then}" if then else "; nothing else is open on the agenda"
    return f"closed: {what}, after {minutes_in_words(lasted)}{follows}"


def topic_named(number: int, title: str) -> str:
    """A topic that is no item, in a sentence."""
    return f"topic {number} {shortened(title, TITLE)}"


def not_on(n: int) -> str:
    """An item that cannot be closed."""
    return f"item {n} is not on; #skip {n} puts it aside, #agenda drop {n} takes it off"


def plan(needed: int, left: int, cut: Sequence[str], unreached: Sequence[str]) -> str:
    """More is planned than there is time for; `cut`: what runs over the end."""
    has = f"for {length(left)}" if left else "and no time"
    parts = [f"{listed(cut)} will not be finished"] if cut else []
    parts += [f"{listed_some(unreached, SHOWN)} will not be reached"] if unreached else []
    missed = f": {', '.join(parts)}" if parts else ""
    return f"plan: {length(needed)} of items are left {has}{missed}; #extend session 15m or #defer N"


def plan_fits(needed: int, left: int, unplanned: int) -> str:
    """What is planned fits."""
    parts = [f"{length(needed)} of items"] if needed else []
    parts += [f"{counted(unplanned, 'item')} without a length"] if unplanned else []
    return f"plan: {', and '.join(parts)} for the {length(left)} that are left"


def standing(done: int, number: int) -> str:
    """For #status."""
    return f"agenda: {done} of {counted(number, 'item')} done"
