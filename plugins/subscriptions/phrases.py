"""The texts of the subscriptions plugin."""

from collections.abc import Sequence

from bot.api import Phrase, counted

LIST = 700  # characters of a list

# Requests
USAGE = "#pingme [for TRACK] [topic ~ WORDS], #pingme N for agenda item N, #pingme off N"
OF_TRACK = Phrase('topics[ of {track}][ with "{words:to 60}"]')
LIKE = Phrase('topics like "{regex:to 60}"')
NUMBERED = Phrase("{n}. {what}")
ASKED = Phrase(
    "I'll message you in private when one starts: {pings}; #pingme off {number} ends that"
    "[; it holds while you keep the nick {nick}, log in and say #pingme to keep it for good]"
)
THERE_ALREADY = Phrase("you already have that: {pings}")
MINE = Phrase("[your pings: {pings}; ][your name is on {items:some 5}; ]#pingme off N ends one")
NOTHING = (
    "you have no pings; #pingme for TRACK, #pingme topic ~ WORDS, or #pingme N for agenda item N asks for one"
)
NO_WORDS = "which words? #pingme topic ~ WORDS; the topic must contain all of them, in any order"
NO_SUCH_PATTERN = (
    "I can't search for that pattern: letters, |, .*, [a-z], ( ), ^ and $ work; look-around, back-references "
    "and what grows large don't"
)
TOO_MANY = Phrase("you have {most} pings, the limit; #pingme off N ends one")
TOO_MANY_IN_ALL = Phrase(
    "the limit for pings of all people is {most:,}; #pingme off N ends one of yours, "
    "or an organizer raises all_subscriptions in the configuration"
)
TOO_LONG = Phrase("the limit for words to look for is {most} characters, yours have {length:,}")
LINE_TOO_LONG = Phrase("the limit after #pingme is {most} characters, yours has {length:,}")

# Ending pings
OFF = Phrase("off: {pings}")
OFF_ALL = "everything is off: you'll get no more pings"
WHICH = Phrase("which one? {pings}; #pingme off N ends one, #pingme off all ends all")
NO_SUCH_PING = Phrase("you have no ping {number}; #pingme lists yours")
NOT_ASKED = Phrase("you didn't ask for {what}; #pingme lists yours")
TWO_MEANINGS = Phrase(
    "{number} could be your ping for {ping}, or item {number}, {title:to 60}: "
    "say +unsubscribe {number}, or #pingme off item {number}"
)

# Names at agenda items
ITEM = Phrase("{n}. {title:to 60}")
NAMED_AT = Phrase(
    "{people:some} will be called in the room{told:, and told in private,|} when it comes up: {items}"
    "[; not known here: {unknown:some 5}]"
)
NAMED_ALREADY = Phrase("{people:some} {people:is|are} already on {items}")
TAKEN_OFF = Phrase("took {people:some} off {items}")
NOT_ON_ITEMS = "that name is not there"
ONLY_WHO_PUT = Phrase(
    "only they themselves, the person who added them, or a chair can take off {people:some}"
)
TOO_MANY_NAMES = Phrase("the limit for an item is {most} names")
NOBODY_NAMED = "who? #pingme N for rosa, okoye"
NAME_A_TRACK = Phrase("{tracks:and} share this room: say #pingme TRACK: N")
NO_AGENDA = "there is no agenda here; say it in the session's room, or #pingme TRACK: N"
EMPTY_AGENDA = "the agenda is empty; #agenda add 15m Title adds an item"
NO_SUCH_ITEM = Phrase("there is no item {number} on the agenda; its highest number is {last}")
IS_ON = Phrase("item {n}, {title:to 60}, is on now")
REMARK = Phrase("to call: {people:some 5}")

# Pings
CALLED = Phrase("{people:some 30}: {title:to 60} is on now")
BEGINS = Phrase("{track}: {title} is {begins:on now|next}[ in {room}]; {how}")
ENDS_PINGS = Phrase("#pingme off {numbers} ends this")
ENDS_NAME = Phrase("your name is on it, #pingme off {n} there takes it off")
ROOM = Phrase("{name}[ on {network}]")


def in_order(items: Sequence[str]) -> str:
    """Join items in order, and shorten long lists."""
    shown: list[str] = []
    for item in items:
        if shown and sum(map(len, shown)) + 2 * len(shown) + len(item) > LIST:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return "; ".join(shown) + (f"; and {counted(rest, 'other')}" if rest else "")
