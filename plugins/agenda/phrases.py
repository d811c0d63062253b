"""Everything that the agenda plugin says."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.api import (
    LONGEST_TITLE,
    clock,
    counted,
    day_in_words,
    listed,
    listed_some,
    plural,
    shortened,
)

SHOWN = 5  # items that an answer names before it counts the others
TITLE = 60  # letters of a title in a list

NO_TRACK = "this room belongs to no track, so it has no agenda; in a track's room #agenda works at any time"
NO_NUMBERS = "name items by number: 3, or 3,1,5-"
EMPTY = "the agenda is empty; agenda+ 15m TITLE [NICK] adds an item"
NOTHING_WAITS = "nothing waits to be accepted; #agenda load URL shows a list first"
NO_ADDRESS = "#agenda load takes an address (https://...), or lines of the same message"
NO_ITEMS = "there is no item in that; a list has one item a line, 15m TITLE [NICK]"
NOTHING_TO_CLEAR = "no item is open, so there is nothing to clear"
ALREADY = "all of them are on the agenda already"


USAGES = {
    "add": "usage: agenda+ 15m TITLE [NICK]; minutes and nick may be left out",
    "edit": "usage: #agenda edit N text; its minutes first and its proposer in brackets may be left out",
    "drop": "usage: #agenda drop N, or 3,5-7",
    "order": "usage: #agenda order 3,1,5-; what is not named comes after",
}


def only_chairs(what: str, chairs: Sequence[str]) -> str:
    """Refused: to change the list is for chairs."""
    if not chairs:
        return f"only a moderator may use #agenda {what} before the session: a channel operator or a configured account; agenda+ is for all"
    return f"only a chair or a moderator may use #agenda {what}; {plural(len(chairs), 'chair')} here: {listed_some(chairs)}"


def name_a_track(slugs: Sequence[str], title: str) -> str:
    """A room that several tracks share."""
    return f"this room is shared by {listed(slugs)}; name one: #agenda add {slugs[0]}: {title or 'TITLE'}"


def no_length(typed: str) -> str:
    """Minutes that no item has."""
    return f"an item takes 1 minute to 12 hours, not {typed}"


def in_line(text: str, why: str) -> str:
    """What is wrong with a line of a list."""
    return f'{why}: "{shortened(text, TITLE)}"; nothing was changed'


def title_too_long(letters: int) -> str:
    """A title beyond the limit."""
    return f"a title has at most {LONGEST_TITLE} letters, that were {letters:,}; please say it shorter"


def no_number(token: str) -> str:
    """Something that is no number."""
    return f'"{token}" is no item\'s number; name items like 3,1,5-; nothing was changed'


def no_single_number(token: str) -> str:
    """Something that is not the number of one item."""
    return f'"{token}" is no item\'s number; name one item, like 3; nothing was changed'


def backwards(token: str) -> str:
    """A range whose end comes before its begin."""
    return f"the range {token} runs backwards; nothing was changed"


def empty_range(token: str) -> str:
    """A range in which there is nothing."""
    return f"no item is in the range {token}; nothing was changed"


def no_such_items(numbers: Sequence[int]) -> str:
    """Numbers that no item has."""
    named = listed_some([str(n) for n in numbers], SHOWN)
    what = plural(len(numbers), "item")
    return f"there is no {what} {named}; #agenda shows what there is; nothing was changed"


def named_twice(numbers: Sequence[int]) -> str:
    """Numbers that stand in a list more than once."""
    return (
        f"item {listed_some([str(n) for n in numbers], SHOWN)} is named more than once; nothing was changed"
    )


def details(minutes: int | None, proposer: str, *more: str) -> str:
    """What stands in brackets behind a title."""
    parts = [*more, *([length(minutes)] if minutes else []), *([proposer] if proposer else [])]
    return f" ({', '.join(parts)})" if parts else ""


def length(minutes: int) -> str:
    """Minutes, short: 15m, 1h, 1h30m."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")


def item(n: int, title: str) -> str:
    """An item in a sentence."""
    return f"{n} {shortened(title, TITLE)}"


def added(n: int, title: str, minutes: int | None, proposer: str, track: str) -> str:
    """An item was put on the list."""
    whose = f" of {track}'s next session" if track else ""
    return f"item {n}{whose}: {title}{details(minutes, proposer)}"


def several_added(first: int, titles: Sequence[str], track: str, there: int) -> str:
    """Several items were put on the list; `there`: how many were on it before."""
    whose = f" of {track}'s next session" if track else ""
    known = f"; {counted(there, 'other')} {plural(there, 'was', 'were')} there already" if there else ""
    last = first + len(titles) - 1
    numbers = (
        f"items {first} {'and' if last == first + 1 else 'to'} {last}" if last > first else f"item {first}"
    )
    return f"{numbers}{whose}: {named(titles)}{known}"


def named(titles: Sequence[str]) -> str:
    """Some titles in a sentence."""
    return listed_some([shortened(title, TITLE) for title in titles], SHOWN)


def there_already(n: int, title: str) -> str:
    """An item with this title is on the list."""
    return f"that is item {n} already: {title}"


def open_again(n: int, title: str) -> str:
    """An item that was put aside is added once more."""
    return f"item {n} is open again: {title}"


def too_many(there: int, more: int, most: int) -> str:
    """The list would grow beyond its limit."""
    fit = plural(more, "does not fit", "do not fit")
    return f"an agenda holds {most} items and this one has {there}, so {more} more {fit}; nothing was changed"


def edited(n: int, title: str, minutes: int | None, proposer: str) -> str:
    """An item says something else."""
    return f"item {n} is now {title}{details(minutes, proposer)}"


def edit_runs_nothing(verb: str) -> str:
    """A message with another command about the list was edited."""
    return f"an edit does not run #agenda {verb}; say it in a new message"


def dropped(items: Sequence[str]) -> str:
    """Items were taken off the list."""
    return f"dropped: {listed_some(items, SHOWN)}"


def is_on(n: int) -> str:
    """An item that cannot be dropped, because it is a topic."""
    return f"item {n} is a topic of the session, so it stays; #undo takes back a topic"


def cleared(number: int, kept: int) -> str:
    """The list was emptied."""
    stay = f"; {counted(kept, 'item')}, taken up or deferred, {plural(kept, 'stays', 'stay')}" if kept else ""
    return f"dropped {counted(number, 'item')}{stay}"


def topic_has_title(number: int) -> str:
    """Another topic is called so."""
    return f"topic {number} has that title already; nothing was changed"


def ordered(items: Sequence[str]) -> str:
    """The list has another order."""
    return f"the order is now {listed_some(items, 2 * SHOWN)}"


def heading(name: str, number: int, done: int, minutes: int) -> str:
    """The first line of the list."""
    parts = [counted(number, "item")]
    parts += [f"{done} done"] if done else []
    parts += [f"{length(minutes)} planned for the others"] if minutes and done else []
    parts += [f"{length(minutes)} planned"] if minutes and not done else []
    return f"agenda of {name}: {', '.join(parts)}"


def next_session(track: str) -> str:
    """What a list that waits is of."""
    return f"{track}'s next session"


def line(n: int, title: str, minutes: int | None, proposer: str, state: str) -> str:
    """An item in the list."""
    return f"{n}. {title}{details(minutes, proposer)}{f': {state}' if state else ''}"


def state(name: str, day: date | None) -> str:
    """What an item's state is called in the list; nothing for one that is open."""
    if name == "deferred":
        return f"deferred to {day_in_words(day)}" if day is not None else "in the parking lot"
    return {"open": "", "current": "on now", "done": "done"}.get(name, name)


def others(items: Sequence[str], aside: Sequence[str]) -> str:
    """The end of a long list: what else is open, and what is put aside."""
    then = f"then {listed_some(items, SHOWN)}" if items else ""
    put_aside = f"skipped or deferred: {listed_some(aside, SHOWN)}" if aside else ""
    return "; ".join(filter(None, (then, put_aside)))


def begins_with(titles: Sequence[str], minutes: int) -> str:
    """A session opened, and has an agenda."""
    planned = f", {length(minutes)} planned" if minutes else ""
    return f"agenda: {counted(len(titles), 'item')}{planned}: {named(titles)}; #next takes up the first"


def no_item_numbered(number: str) -> str:
    """A number that no item has."""
    return f"there is no item {number} on the agenda; #agenda shows it"


def preview(
    number: int, source: str, titles: Sequence[str], digest: str, until: datetime, zone: ZoneInfo, long: int
) -> str:
    """A list is shown before it is taken."""
    where = f" from {shortened(source, 200)}" if source else ""
    left_out = (
        f"; {counted(long, 'line')} of more than 200 letters {plural(long, 'is', 'are')} left out"
        if long
        else ""
    )
    return (
        f"{counted(number, 'item')}{where}: {named(titles)}{left_out}; "
        f"#agenda accept {digest} takes {plural(number, 'it', 'them')}, until {clock(until, zone)}"
    )


def fetching(url: str) -> str:
    """A page is being fetched."""
    return f"I look at {shortened(url, 200)}, and show what I find"


def other_digest(wanted: str, waiting: str) -> str:
    """Somebody accepts a list that does not wait any more."""
    return f"the list that waits is {waiting}, not {wanted}; #agenda load shows it again"


def too_late(until: datetime, zone: ZoneInfo) -> str:
    """A list was shown too long ago."""
    return f"that list could be accepted until {clock(until, zone)}; #agenda load shows it again"


def not_fetched(url: str, trouble: str) -> str:
    """A page could not be had."""
    why = {
        "host": "I may not read pages of that host; the organizers' configuration names those that I may ([fetch] allow)",
        "address": "that name leads to a private address, and I fetch nothing there",
        "large": "the page is too large; I read at most 256 KiB",
        "kind": "that is no plain text; of an etherpad it is the address with /export/txt",
        "slow": "the page did not come within ten seconds; please try again",
        "status": "the server has no such page, or does not show it to everybody",
        "unreachable": "the server cannot be reached; please try again",
    }
    return f"{shortened(url, 200)}: {why.get(trouble, why['unreachable'])}"


def markup() -> str:
    """A page that is no plain text."""
    return "that page is HTML, I read plain text; of an etherpad that is its address with /export/txt"


def no_right_any_more(who: str) -> str:
    """Who asked for a page lost the right meanwhile."""
    return f"{who} is no chair or moderator any more, so the list is not shown"


def not_reached(titles: Sequence[str]) -> str:
    """For the end of a session."""
    return f"not reached, and on the next session's agenda: {named(titles)}"
