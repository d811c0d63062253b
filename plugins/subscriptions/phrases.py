"""Everything that the subscriptions plugin says."""

from collections.abc import Sequence

from bot.api import counted, listed, listed_some, plural, shortened

LIST = 700  # letters of a list
WORDS = 60  # letters of words or a pattern in a sentence
TITLE = 60
NAME = 40

USAGE = "#pingme for TRACK, topic ~ WORDS (or one of both), #pingme N for agenda item N, #pingme off N"
NOTHING = (
    "you asked for no pings; #pingme for TRACK, #pingme topic ~ WORDS, or #pingme N for item N of the agenda"
)
NO_SUCH_PATTERN = (
    "that is no pattern that I can search: letters, |, .*, [a-z], ( ), ^ and $ work; look-around and references back do not, "
    "nor does what grows large"
)
NO_WORDS = "which words? #pingme topic ~ WORDS; all of them must stand in the topic, in any order"
NO_AGENDA = (
    "no agenda is here that items could be taken from; say it in the session's room, or with #pingme TRACK: N"
)
EMPTY_AGENDA = "nothing is on the agenda; #agenda add 15m Title puts something there"
NOBODY_NAMED = "who? #pingme N for rosa, okoye"
NOT_ON_ITEMS = "no name of yours stands there"
OFF_ALL = "everything is off: you get no more pings"


def of_track(track: str, words: str) -> str:
    """What a ping is for."""
    whose = f" of {track}" if track else ""
    which = f' with "{shortened(words, WORDS)}"' if words else ""
    return f"topics{whose}{which}"


def like(regex: str) -> str:
    """What a ping is for that was asked for with a pattern."""
    return f'topics like "{shortened(regex, WORDS)}"'


def numbered(n: int, what: str) -> str:
    """A ping with its number."""
    return f"{n}. {what}"


def asked(pings: Sequence[str], number: int, nick: str) -> str:
    """Somebody is to be pinged; `nick`: the one that they must keep, where only it proves them."""
    kept = (
        f"; it holds while you keep the nick {nick}, log in and say #pingme to keep it for good"
        if nick
        else ""
    )
    return f"you get a private word when one begins: {in_order(pings)}; #pingme off {number} ends that{kept}"


def there_already(pings: Sequence[str]) -> str:
    """They are to be pinged for that already."""
    return f"you have that already: {in_order(pings)}"


def in_order(items: Sequence[str]) -> str:
    """A list that keeps its order, cut where it grows long."""
    shown: list[str] = []
    for item in items:
        if shown and sum(map(len, shown)) + 2 * len(shown) + len(item) > LIST:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return "; ".join(shown) + (f"; and {counted(rest, 'other')}" if rest else "")


def mine(pings: Sequence[str], items: Sequence[str]) -> str:
    """What somebody asked for, and the agenda items here with their name."""
    names = [f"your name is on {listed_some(items, 5)}"] if items else []
    told = [f"your pings: {in_order(pings)}"] if pings else []
    return "; ".join([*told, *names, "#pingme off N ends one"])


def which(pings: Sequence[str]) -> str:
    """Several could be meant."""
    return f"which? {in_order(pings)}; #pingme off N ends one, #pingme off all ends all"


def off(pings: Sequence[str]) -> str:
    """Somebody is pinged no more."""
    return f"off: {in_order(pings)}"


def no_such_ping(number: int) -> str:
    """A number that is none of theirs."""
    return f"you have no ping {number}; #pingme lists yours"


def not_asked(what: str) -> str:
    """Something that is not on their list."""
    return f"you did not ask for {what}; #pingme lists yours"


def two_meanings(number: int, ping: str, title: str) -> str:
    """A number that is both on the list and on the agenda."""
    return (
        f"{number} may be your ping for {ping}, or item {number}, {shortened(title, TITLE)}: "
        f"say +unsubscribe {number}, or #pingme off item {number}"
    )


def too_many(most: int) -> str:
    """At the limit."""
    return f"you have {most} pings, and more do not fit; #pingme off N ends one"


def too_long(letters: int, most: int) -> str:
    """Beyond the limit."""
    return f"words to look for have at most {most} letters, that were {letters:,}; please say it shorter"


def line_too_long(letters: int, most: int) -> str:
    """A line that nobody can have typed."""
    return f"I read up to {most} letters after #pingme, that were {letters:,}; please say it shorter"


def no_such_track(name: str, meant: str | None, tracks: Sequence[str]) -> str:
    """A track that is not there, or that the speaker may not know of."""
    there = f"; there {plural(len(tracks), 'is', 'are')} {listed_some(tracks)}" if tracks else ""
    return f"no track is called {shortened(name, NAME)}{f'; did you mean {meant}?' if meant else there}"


def no_such_item(number: int, last: int) -> str:
    """A number that is not on the agenda."""
    return f"there is no item {number} on the agenda; its highest number is {last}"


def is_on(n: int, title: str) -> str:
    """The item is the topic of the moment."""
    return f"item {n}, {shortened(title, TITLE)}, is on now"


def name_a_track(tracks: Sequence[str]) -> str:
    """A room that several tracks share."""
    return f"this room is shared by {listed(tracks)}: say #pingme TRACK: N"


def item(n: int, title: str) -> str:
    """An agenda item."""
    return f"{n}. {shortened(title, TITLE)}"


def named_at(people: Sequence[str], items: Sequence[str], unknown: Sequence[str]) -> str:
    """Names were put to items."""
    nobody = f"; not known here: {listed_some(unknown, 5)}" if unknown else ""
    whom = plural(len(people), "is", "are")
    return f"{listed_some(people)} {whom} called in the room, and told in private, when it comes up: {in_order(items)}{nobody}"


def named_already(people: Sequence[str], items: Sequence[str]) -> str:
    """All these names stand there."""
    return f"{listed_some(people)} {plural(len(people), 'stands', 'stand')} there already: {in_order(items)}"


def too_many_names(most: int) -> str:
    """An item with a crowd."""
    return f"an item has room for {most} names, and more do not fit"


def taken_off(people: Sequence[str], items: Sequence[str]) -> str:
    """Names stand at items no longer."""
    return f"{listed_some(people)} off {in_order(items)}"


def only_who_put(people: Sequence[str]) -> str:
    """Refused: to take others' names off."""
    return f"only they, who put them there, or a chair may take off {listed_some(people)}"


def called(people: Sequence[str], title: str) -> str:
    """In the room, when an item comes up: those who put their names to it."""
    return f"{listed_some(people, 30)}: {shortened(title, TITLE)} is on now"


def remark(people: Sequence[str]) -> str:
    """In the list of the agenda, beside an item."""
    return f"to call: {listed_some(people, 5)}"


def begins(track: str, title: str, room: str, how: str) -> str:
    """In private: a topic began."""
    return f"{track}: {title} is on now in {room}; {how}"


def is_next(track: str, title: str, room: str, how: str) -> str:
    """In private: a topic is the next one."""
    return f"{track}: {title} is next in {room}; {how}"


def ends_pings(numbers: Sequence[int]) -> str:
    """How to stop it."""
    return f"#pingme off {', '.join(map(str, numbers))} ends this"


def ends_name(n: int) -> str:
    """How to stop it, for an item."""
    return f"your name is on it, #pingme off {n} there takes it off"


def room(name: str, network: str) -> str:
    """A room; with its network where that is another one."""
    return f"{name} on {network}" if network else name
