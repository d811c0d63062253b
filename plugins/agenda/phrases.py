"""The texts of the agenda plugin."""

from collections.abc import Sequence
from datetime import date

from bot.api import Phrase
from bot.api.words import day_in_words, short_length

ITEM = Phrase("{n} {title:to 60}")
NO_TRACK = "this room belongs to no track, so it has no agenda; in a track's room #agenda works at any time"
NAME_A_TRACK = Phrase("{slugs:and} share this room; name one: #agenda add {slug}: {title}")
ONLY_CHAIRS = Phrase(
    "only a chair or a moderator can use #agenda {what}; {chairs:chair|chairs} here: {chairs:some}"
)
ONLY_MODERATORS = Phrase(
    "before the session only a moderator can use #agenda {what}: a channel operator or a configured account; "
    "anybody can use agenda+"
)
USAGES = {
    "add": "usage: agenda+ 15m TITLE [NICK]; minutes and nick are optional",
    "edit": "usage: #agenda edit N text; minutes before it and a nick in brackets after it are optional",
    "drop": "usage: #agenda drop N, or 3,5-7",
    "order": "usage: #agenda order 3,1,5-; items that you don't name come after these",
}

# The list
EMPTY = "the agenda is empty; agenda+ 15m TITLE [NICK] adds an item"
HEADING = Phrase(
    "agenda of {name}: {n:# item}[, {done} done][, {planned:m} planned][, {planned_others:m} planned for the others]"
)
NEXT_SESSION = Phrase("{track}'s next session")
LINE = Phrase("{n}. {title}{details}[: {state}]")
STATES = {"open": "", "current": "on now", "done": "done", "skipped": "skipped"}
DEFERRED = Phrase("deferred to {day}")
PARKED = "in the parking lot"
THEN = Phrase("then {items:some 5}")
ASIDE = Phrase("skipped or deferred: {items:some 5}")
BEGINS_WITH = Phrase(
    "agenda: {titles:# item}[, {minutes:m} planned]: {titles:some 5 to 60}; #next takes up the first"
    "[; in the parking lot: {parked:some 5 to 60}]"
)
BEGINS_WITH_PARKED = Phrase("in the parking lot: {parked:some 5 to 60}; #topic TITLE takes one up")
NOT_REACHED = Phrase("not reached, and now on the next session's agenda: {titles:some 5 to 60}")

# Changes
ADDED = Phrase("item {n}[ of {track}'s next session]: {title}{details}")
SEVERAL_ADDED = Phrase(
    "{numbers}[ of {track}'s next session]: {titles:some 5 to 60}[; {there:# other was|others were} already there]"
)
THERE_ALREADY = Phrase("that is already item {n}: {title}")
ALREADY = "all of them are already on the agenda"
OPEN_AGAIN = Phrase("item {n} is open again: {title}")
EDITED = Phrase("item {n} is now {title}{details}")
EDIT_RUNS_NOTHING = Phrase("an edit doesn't run #agenda {verb}; say it in a new message")
DROPPED = Phrase("dropped: {items:some 5}")
IS_ON = Phrase("item {n} is a topic of the session, so it stays; #undo takes back a topic")
CLEARED = Phrase("dropped {n:# item}[; {kept:# item}, taken up or deferred, {kept:stays|stay}]")
NOTHING_TO_CLEAR = "no item is open, so there is nothing to clear"
ORDERED = Phrase("the order is now {items:some 10}")

# Invalid input
TITLE_TOO_LONG = Phrase("the limit for a title is {most} characters, yours has {length:,}")
TOPIC_HAS_TITLE = Phrase("topic {number} already has that title; nothing was changed")
NO_LENGTH = Phrase("an item takes 1 minute to 12 hours, not {typed}")
TOO_MANY = Phrase(
    "the limit is {most} items, and this agenda has {there}, so {more} more won't fit; nothing was changed"
)
TOO_MANY_YOURS = Phrase(
    "the limit is {most} items for one person, and you have {there} on this agenda, so {more} more won't fit; "
    "a chair or a moderator may add as many as there is room for"
)
NO_ITEMS = "there is no item in that; a list has one item per line: 15m TITLE [NICK]"
IN_LINE = Phrase('{why}: "{text:to 60}"; nothing was changed')
NO_NUMBERS = "name items by number: 3, or 3,1,5-"
NO_NUMBER = Phrase('"{token}" is not an item number; name items like 3,1,5-; nothing was changed')
NO_SINGLE_NUMBER = Phrase('"{token}" is not an item number; name one item, like 3; nothing was changed')
NO_ITEM_NUMBERED = Phrase("there is no item {number} on the agenda; #agenda lists the items")
NO_SUCH_ITEMS = Phrase(
    "there {numbers:is no item|are no items} {numbers:some 5}; #agenda lists the items; nothing was changed"
)
NAMED_TWICE = Phrase(
    "{numbers:item|items} {numbers:some 5} {numbers:is|are} named more than once; nothing was changed"
)
BACKWARDS = Phrase("the range {token} runs backwards; nothing was changed")
EMPTY_RANGE = Phrase("no item is in the range {token}; nothing was changed")

# Imports
NO_ADDRESS = "#agenda load needs an address (https://...), or lines in the same message"
FETCHING = Phrase("I'm fetching {url:to 200}, and will show what I find")
PREVIEW = Phrase(
    "{titles:# item}[ from {source:to 200}]: {titles:some 5 to 60}"
    "[; {long:# line} of more than 200 characters {long:is|are} left out]; "
    "#agenda accept {digest} adds {titles:it|them}, until {until}"
)
NOTHING_WAITS = "there is no list to accept; #agenda load URL shows one first"
OTHER_DIGEST = Phrase("the list to accept is {waiting}, not {wanted}; #agenda load shows it again")
TOO_LATE = Phrase("that list could be accepted until {until}; #agenda load shows it again")
NOT_FETCHED = Phrase("{url:to 200}: {why}")
TROUBLES = {
    "host": "I may not read pages of that host; the organizers' configuration names those that I may ([fetch] allow)",
    "address": "that name leads to a private address, which I don't fetch from",
    "large": "the page is too large; I read at most 256 KiB",
    "kind": "that is not plain text; for an etherpad use its address with /export/txt",
    "slow": "the page took more than ten seconds; please try again",
    "status": "the server has no such page, or doesn't show it to everybody",
    "unreachable": "I can't reach the server; please try again",
}
MARKUP = "that page is HTML, and I read plain text; for an etherpad use its address with /export/txt"
NO_RIGHT_ANY_MORE = Phrase("{who} is no longer a chair or moderator, so the list is not shown")


def details(minutes: int | None, proposer: str, *more: str) -> str:
    """Return the parenthesis after a title: length, proposer and more; empty without details."""
    parts = [*more, *([short_length(minutes)] if minutes else []), *([proposer] if proposer else [])]
    return f" ({', '.join(parts)})" if parts else ""


def item_numbers(first: int, number: int) -> str:
    """Format consecutive numbers: `item 3`, `items 3 and 4`, `items 3 to 7`."""
    last = first + number - 1
    return f"item {first}" if number == 1 else f"items {first} {'and' if number == 2 else 'to'} {last}"


def state(name: str, day: date | None) -> str:
    """Return the state of an item in words; empty if it is open."""
    if name == "deferred":
        return DEFERRED(day=day_in_words(day)) if day is not None else PARKED
    return STATES[name]


def others(items: Sequence[str], aside: Sequence[str]) -> str:
    """Return the end of a long list: the other open items, and those skipped or deferred."""
    parts = [THEN(items=items)] if items else []
    parts += [ASIDE(items=aside)] if aside else []
    return "; ".join(parts)
