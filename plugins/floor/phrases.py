"""Everything that the floor plugin says."""

from collections.abc import Sequence

from bot.api import counted, listed, listed_some, plural, shortened, titled

NAME = 40  # letters of a name in a list
NOTE = 60  # letters of a note in a list
LINE = 350  # bytes of a list, in UTF-8
SOME = 5  # names in an answer that asks which of them is meant

NOBODY_WAITS = "nobody is on the queue"
NOBODY_WAITS_CLOSED = "nobody is on the queue, and it is closed"
CLOSED = "the queue is closed; chairs may still put people in, #queue open opens it"
CLOSED_ALREADY = "the queue is closed already; #queue open opens it"
OPENED = "the queue is open again"
OPEN_ALREADY = "the queue is open; #queue close closes it"
EMPTY = "nobody is on the queue; ack NAME gives the floor to anybody"
NOT_TIMED = "speakers are not timed; #speakers 2m gives each of them two minutes"
TIMED_NO_MORE = "speakers are not timed any more"
NO_TIME = "a speaker's time is from 10 seconds to 1 hour, like 2m or 90s; off ends it"
NO_ROUND = "no roundtable is on; #roundtable QUESTION begins one"
HOW_TO_GO_ON = "; done or pass goes on"
ROUND_ENDED = "the roundtable is over before its end"
NOBODY_ELSE = (
    "nobody else was seen in this session and is here; whoever says something, or present+, has a turn"
)
ONLY_NOTES = "an edit of q+ changes what you want to say, and nothing else; q- and q+ do the rest"
NOT_ONE_PERSON = "the floor is for one person at a time: ack NAME, or ack next"


def person(name: str) -> str:
    """A name in a sentence."""
    return shortened(titled(name), NAME)


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{n}{'th' if 10 < n % 100 < 14 else ends.get(n % 10, 'th')}"


def in_order(items: Sequence[str]) -> str:
    """A list that keeps its order, cut where it grows long: `rosa, okoye and 12 others`."""
    shown: list[str] = []
    used = 0
    for item in items:
        used += len(item.encode()) + len(", ")
        if shown and used > LINE:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return ", ".join(shown) + (f" and {counted(rest, 'other')}" if rest else "")


def joined(names: Sequence[str], place: int, unknown: Sequence[str]) -> str:
    """People came to the queue; `place` is the first one's."""
    if len(names) == 1:
        return f"{person(names[0])} is {ordinal(place)} on the queue{_unknown(unknown)}"
    return f"{_people(names)} are on the queue, from the {ordinal(place)} place on{_unknown(unknown)}"


def _unknown(names: Sequence[str]) -> str:
    whom = listed([person(name) for name in names[:SOME]], "or")
    return f"; nobody here is called {whom}, q- NAME takes a slip back" if names else ""


def there_already(name: str, place: int, *, noted: bool) -> str:
    """Somebody who is on the queue comes once more."""
    return (
        f"{person(name)} is {ordinal(place)} on the queue{', and the note is added' if noted else ' already'}"
    )


def all_there_already(names: Sequence[str]) -> str:
    """Several people who are on the queue come once more."""
    return f"{_people(names)} are on the queue already"


def too_many_notes(name: str, most: int) -> str:
    """Somebody keeps adding to what they want to say."""
    return f"{person(name)} has {most} notes on the queue, and more do not fit; q- and q+ begin anew"


def note_too_long(letters: int, most: int) -> str:
    """A note beyond the limit."""
    return f"a note has at most {most} letters, that were {letters:,}; please say it shorter"


def closed_for(name: str, chairs: Sequence[str]) -> str:
    """Refused: the queue is closed."""
    return f"{person(name)}: the queue is closed; a chair may put you in: {_people(chairs)}"


def full(most: int) -> str:
    """Refused: the queue is at its limit."""
    return f"the queue holds {most} people, and more do not fit"


def _chairs(chairs: Sequence[str]) -> str:
    return f"{plural(len(chairs), 'chair')} here: {_people(chairs)}"


def _people(names: Sequence[str]) -> str:
    return listed_some([person(name) for name in names])


def note_changed(note: str) -> str:
    """An edit changed what somebody wants to say."""
    return f"your note is now: {note}" if note else "your note is gone"


def left(names: Sequence[str]) -> str:
    """People left the queue."""
    return f"{_people(names)} {plural(len(names), 'is', 'are')} off the queue"


def taken_back(names: Sequence[str]) -> str:
    """An edit took a q+ away; what was said elsewhere stands."""
    return f"the q+ for {_people(names)} is taken back"


def not_there(name: str) -> str:
    """Somebody who is not on the queue."""
    return f"{person(name)} is not on the queue; q? shows who is"


def put_back(name: str, place: int) -> str:
    """Somebody went to the end."""
    return f"{person(name)} is now {ordinal(place)} on the queue, the last"


def only_chairs_take_off(names: Sequence[str], chairs: Sequence[str]) -> str:
    """Refused: to take others off."""
    return f"only a chair, or who put them there, takes {_people(names)} off the queue; {_chairs(chairs)}"


def only_chairs_change(chairs: Sequence[str]) -> str:
    """Refused: to open, close or replace the queue."""
    return f"only a chair or a moderator may open, close, clear or replace the queue; {_chairs(chairs)}"


def several(name: str, people: Sequence[str]) -> str:
    """A name that several people bear."""
    return (
        f"{person(name)} may be {listed([person(one) for one in people[:SOME]], 'or')}; say more of the name"
    )


def queue(items: Sequence[str], *, closed: bool) -> str:
    """Who waits."""
    if not items:
        return NOBODY_WAITS_CLOSED if closed else NOBODY_WAITS
    return f"queue{' (closed)' if closed else ''}: {in_order(items)}"


def place(name: str, notes: Sequence[str]) -> str:
    """Somebody on the queue, with what they want to say."""
    return f"{person(name)} ({'; '.join(shortened(note, NOTE) for note in notes)})" if notes else person(name)


def has_floor(name: str) -> str:
    """Who speaks."""
    return f"{person(name)} has the floor"


def turn_of(name: str, n: int, of: int) -> str:
    """Whose turn it is in a round."""
    return f"the roundtable is at {person(name)} ({n} of {of})"


def replaced(items: Sequence[str], unknown: Sequence[str]) -> str:
    """The queue is another one."""
    return f"queue: {in_order(items)}{_unknown(unknown)}"


def cleared(number: int) -> str:
    """The queue was emptied."""
    return f"{counted(number, 'person', 'people')} taken off; the queue is empty"


def say_empty() -> str:
    """A replacement that names nobody."""
    return "usage: q= NAMES in their new order, or q= empty to clear the queue"


def waiting(names: Sequence[str]) -> str:
    """Why the next topic should wait."""
    if len(names) == 1:
        return f"{person(names[0])} waits for the floor"
    return f"{len(names)} people wait for the floor: {in_order([person(name) for name in names])}"


def number_waiting(number: int) -> str:
    """For #status."""
    return f"{counted(number, 'person', 'people')} on the queue"


def given(name: str, notes: Sequence[str], seconds: int, *, last: bool, absent: bool) -> str:
    """Somebody has the floor, or the last word."""
    what = "the last word" if last else "the floor"
    time = f" for {span(seconds)}" if seconds else ""
    note = f": {'; '.join(notes)}" if notes else ""
    away = f" ({person(name)} is not in the room)" if absent else ""
    return f"{person(name)}, you have {what}{time}{note}{away}"


def has_it_already(name: str) -> str:
    """The floor is given to who has it."""
    return f"{person(name)} has the floor already"


def not_waiting(typed: str, names: Sequence[str]) -> str:
    """A chair gives the floor to somebody whom nobody knows."""
    return f"nobody called {person(typed)} is on the queue: {in_order([person(name) for name in names])}; #ack NAME gives the floor to anybody"


def last_word(number: int) -> str:
    """What the last word does to the queue."""
    others = f", {counted(number, 'other')} {plural(number, 'was', 'were')} taken off" if number else ""
    return f"; the queue is closed{others}"


def done(name: str, then: str) -> str:
    """A speaker is done, and somebody waits."""
    return f"{person(name)} is done; next on the queue: {person(then)}"


def span(seconds: int) -> str:
    """`1 hour`, `2 minutes`, `90 seconds`."""
    if seconds % 3600 == 0:
        return counted(seconds // 3600, "hour")
    return counted(seconds, "second") if seconds % 60 else counted(seconds // 60, "minute")


def timed(seconds: int, name: str) -> str:
    """Speakers are timed; `name`: who speaks now."""
    now = f"; {person(name)}'s time begins now" if name else ""
    return f"each speaker has {span(seconds)}; #speakers off ends that{now}"


def time_over(name: str, seconds: int, then: str) -> str:
    """A speaker's time is over."""
    time = span(seconds)
    return f"{person(name)}, your {time} {'are' if time.endswith('s') else 'is'} over{f'; {person(then)} is next' if then else ''}"


def time_over_twice(name: str) -> str:
    """A speaker goes on and on."""
    return f"{person(name)}, that is twice your time"


def round_begins(number: int, question: str) -> str:
    """A round begins; whose turn it is follows."""
    end = "" if question.endswith(("?", ".", "!")) else ";"
    return f"roundtable, {counted(number, 'person', 'people')}{f': {question}' if question else ''}{end}"


def turn(name: str, n: int, of: int, seconds: int) -> str:
    """Somebody's turn."""
    time = f", {span(seconds)}" if seconds else ""
    return f"{person(name)}, your turn ({n} of {of}){time}"


def turn_goes_on(name: str, n: int, of: int) -> str:
    """A turn was interrupted, and goes on."""
    return f"{person(name)}, your turn goes on ({n} of {of})"


def turn_reminder(name: str, n: int, of: int) -> str:
    """Nobody has said anything for a while."""
    return f"{person(name)}, it is still your turn ({n} of {of}){HOW_TO_GO_ON}"


def skipped(names: Sequence[str]) -> str:
    """People who left since the round began."""
    return f"{_people(names)} {plural(len(names), 'is', 'are')} not here"


def round_over(waiting_names: Sequence[str]) -> str:
    """The round came to its end."""
    then = f"; {waiting(waiting_names)}" if waiting_names else ""
    return f"that was everybody, the roundtable is over{then}"


def round_is_on(name: str, n: int, of: int, then: Sequence[str]) -> str:
    """Where the round stands."""
    follow = f", then {in_order([person(one) for one in then])}" if then else ""
    return f"{turn_of(name, n, of)}{follow}; #roundtable next goes on, #roundtable end ends it"


def question_too_long(letters: int, most: int) -> str:
    """A question beyond the limit."""
    return f"a question has at most {most} letters, that were {letters:,}; please say it shorter"


def listed_parts(parts: Sequence[str]) -> str:
    """Several short sentences in one line."""
    return "; ".join(filter(None, parts))
