"""The texts of the floor plugin."""

from collections.abc import Sequence

from bot.api import Phrase, counted, shortened, titled

NAME = 40  # characters of a name in a list
NOTE = 60  # characters of a note in a list
SOME = 5  # names in an answer about an ambiguous name
LINE = 350  # bytes of a list, in UTF-8

# The queue
NOBODY_WAITS = "nobody is on the queue"
NOBODY_WAITS_CLOSED = "nobody is on the queue, and it is closed"
QUEUE = Phrase("queue{closed: (closed)|}: {names}")
REPLACED = Phrase("queue: {names}[; I don't know {unknown:some 5 to 40}, q- NAME removes a typo]")
CLEARED = Phrase("took {n:# person|people} off; the queue is empty")
NUMBER_WAITING = Phrase("{n:# person|people} on the queue")
WAITING = Phrase("waiting for the floor: {names}")
CLOSED = "the queue is closed; #queue open opens it, and chairs can still add people"
CLOSED_ALREADY = "the queue is already closed; #queue open opens it"
OPENED = "the queue is open again"
OPEN_ALREADY = "the queue is already open; #queue close closes it"
SAY_EMPTY = "usage: q= NAMES in the new order, or q= empty to clear the queue"
FULL = Phrase("the queue is full: it holds {most} people")
TOO_MANY_ABSENT = Phrase(
    "the limit for people on the queue who are in none of the rooms is {most}; q- NAME takes somebody off"
)
ONLY_CHAIRS_CHANGE = Phrase(
    "only a chair or a moderator can open, close, clear or reorder the queue; "
    "{chairs:chair|chairs} here: {chairs:some to 40}"
)

# Joining and leaving the queue
JOINED = Phrase("{names:some to 40} {names:is|are} {place} on the queue")
WHO_IS_THAT = Phrase(
    "nobody here is called {unknown:or 5 to 40}; {word}! {typed:to 60} adds {unknown:that person|those people}"
    "[, {word} to {note:to 40} adds you with that note]"
)
THERE_ALREADY = Phrase(
    "{name:to 40} is {noted:|already }{place} on the queue{noted:, and the note was added|}"
)
ALL_THERE_ALREADY = Phrase("{names:some to 40} are already on the queue")
CLOSED_FOR = Phrase("{name:to 40}: the queue is closed; a chair can add you: {chairs:some to 40}")
LEFT = Phrase("{names:some to 40} {names:is|are} off the queue")
TAKEN_BACK = Phrase("the q+ for {names:some to 40} was taken back")
NOT_THERE = Phrase("{name:to 40} is not on the queue; q? shows who is")
PUT_BACK = Phrase("{name:to 40} moved to the end of the queue and is {place} now")
ONLY_CHAIRS_TAKE_OFF = Phrase(
    "only a chair or the person who added them can take {names:some to 40} off the queue; "
    "{chairs:chair|chairs} here: {chairs:some to 40}"
)
SEVERAL = Phrase("{name:to 40} could be {people:or to 40}; type more of the name")
NOTE_CHANGED = Phrase("your note is now: {note}")
NOTE_GONE = "your note is gone"
NOTE_TOO_LONG = Phrase("the limit for a note is {most} characters, yours has {length:,}")
TOO_MANY_NOTES = Phrase(
    "{name:to 40} already has {most} notes on the queue, the limit; use q- and q+ to start over"
)
ONLY_NOTES = "editing a q+ only changes your note; use q- and q+ for anything else"

# The floor
GIVEN = Phrase(
    "{name:to 40}, you have {last:the last word|the floor}[ for {time}][: {notes}][ ({absent:to 40} is not in the room)]"
)
LAST_WORD = Phrase("; the queue is closed[, and {n:# other was|others were} taken off]")
WHOM = Phrase("ack next gives {name:to 40} the floor, ack NAME somebody else")
HAS_FLOOR = Phrase("{name:to 40} has the floor")
HAS_IT_ALREADY = Phrase("{name:to 40} already has the floor")
DONE = Phrase("{name:to 40} is done; next on the queue: {then:to 40}")
EMPTY = "nobody is on the queue; ack NAME gives anybody the floor"
NOT_WAITING = Phrase(
    "nobody called {typed:to 40} is on the queue: {names}; #ack NAME gives anybody the floor"
)
NOT_ONE_PERSON = "only one person at a time can have the floor: ack NAME, or ack next"

# Speakers' time
TIMED = Phrase("each speaker has {time}; #speakers off ends that[; {name:to 40}'s time starts now]")
TIMED_NO_MORE = "speakers no longer have a time limit"
NOT_TIMED = "speakers have no time limit; #speakers 2m gives each of them two minutes"
NO_TIME = "a speaker's time is from 10 seconds to 1 hour, like 2m or 90s; #speakers off ends it"
TIME_OVER = Phrase("{name:to 40}, your time is up ({time})[; {then:to 40} is next]")
TIME_OVER_TWICE = Phrase("{name:to 40}, you have used twice your time")

# Roundtables
ROUND_BEGINS = Phrase(
    'roundtable with {n:# person|people}[ on "{question}"]: {turn}; say done or pass to go on'
)
TURN = Phrase("{name:to 40}, your turn ({n} of {of})[, {time}]")
TURN_CONTINUES = Phrase("{name:to 40}, your turn goes on ({n} of {of})")
TURN_REMINDER = Phrase("{name:to 40}, it's still your turn ({n} of {of}); say done or pass to go on")
TURN_OF = Phrase("the roundtable is at {name:to 40} ({n} of {of})")
SKIPPED = Phrase("{names:some to 40} {names:is|are} not here")
ROUND_IS_ON = Phrase("{turn}[, then {names}]; #roundtable next goes on, #roundtable end ends it")
ROUND_OVER = Phrase("that was everybody, the roundtable is over[; {waiting}]")
ROUND_ENDED = "the roundtable ended early"
NO_ROUND = "there is no roundtable; #roundtable QUESTION starts one"
NOBODY_ELSE = (
    "nobody else is here who spoke in this session; people get a turn once they say something, or present+"
)
QUESTION_TOO_LONG = Phrase("the limit for a question is {most} characters, yours has {length:,}")


def ordinal(n: int) -> str:
    """Format an ordinal: 1st, 2nd, 3rd, 11th."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{n}{'th' if 10 < n % 100 < 14 else ends.get(n % 10, 'th')}"


def places(first: int, number: int) -> str:
    """Format consecutive places: 1st; 3rd and 4th; 3rd to 6th."""
    last = first + number - 1
    return (
        ordinal(first)
        if number == 1
        else f"{ordinal(first)} {'and' if number == 2 else 'to'} {ordinal(last)}"
    )


def in_order(items: Sequence[str]) -> str:
    """Join items in order, and shorten long lists: `rosa, okoye and 12 others`."""
    shown: list[str] = []
    used = 0
    for item in items:
        used += len(item.encode()) + len(", ")
        if shown and used > LINE:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return ", ".join(shown) + (f" and {counted(rest, 'other')}" if rest else "")


def in_order_names(names: Sequence[str]) -> str:
    """Join names in order."""
    return in_order([person(name) for name in names])


def person(name: str) -> str:
    """Shorten a name for a list."""
    return shortened(titled(name), NAME)


def place(name: str, notes: Sequence[str]) -> str:
    """Format a person on the queue, with their notes."""
    return f"{person(name)} ({'; '.join(shortened(note, NOTE) for note in notes)})" if notes else person(name)


def queue(items: Sequence[str], *, closed: bool) -> str:
    """Describe the queue."""
    if not items:
        return NOBODY_WAITS_CLOSED if closed else NOBODY_WAITS
    return QUEUE(closed=closed, names=in_order(items))


def waiting(names: Sequence[str]) -> str:
    """Say that people are waiting; empty if nobody is."""
    return WAITING(names=in_order_names(names)) if names else ""


def span(seconds: int) -> str:
    """Format a duration: `1 hour`, `2 minutes`, `90 seconds`; empty for 0."""
    if seconds % 3600 == 0:
        return counted(seconds // 3600, "hour") if seconds else ""
    return counted(seconds, "second") if seconds % 60 else counted(seconds // 60, "minute")


def listed_parts(parts: Sequence[str]) -> str:
    """Join short sentences to a line."""
    return "; ".join(filter(None, parts))
