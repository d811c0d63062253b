"""The texts about a session's progress through its agenda."""

from bot.api import Phrase

# Topics
TOPIC_NAMED = Phrase("topic {number} {title:to 60}")
PAUSED = "off the record: the session is paused; #resume continues it"

# The next item
TOO_SOON = Phrase(
    "topic {number}, {title:to 60}, started only {seconds:# second} ago, at {at}; #{word}! goes on anyway"
)
WAITS = Phrase("{why}; #{word}! goes on anyway")
NOTHING_OPEN = Phrase("nothing is open on the agenda[; put aside: {aside:some 5}, #topic N takes one up]")
NOTHING_LEFT = "nothing is open on the agenda; #topic TITLE opens a new topic"
CLOSED = Phrase("closed: {what}, after {lasted}; #next takes up {then}")
CLOSED_LAST = Phrase("closed: {what}, after {lasted}; nothing else is open on the agenda")
NOT_ON = Phrase("item {n} is not on; #skip {n} puts it aside, #agenda drop {n} takes it off")
NOTHING_TO_CLOSE = "there is no topic to close; #next takes up the next item"

# Skipping and deferring
SKIPPED = Phrase("skipped: {what}")
SKIPPED_ALREADY = Phrase("item {n} is already skipped; #topic {n} takes it up")
DEFERRED = Phrase("deferred to {day}: {what}{was_on:; no topic is on now, #next goes on|}")
PARKED = Phrase("deferred into the parking lot: {what}{was_on:; no topic is on now, #next goes on|}")
DEFERRED_TO_NEXT = Phrase("left for the next session: {what}{was_on:; no topic is on now, #next goes on|}")
DEFERRED_ALREADY = Phrase("item {n} is deferred; #topic {n} takes it up")
IS_DONE = Phrase("item {n} is done; #topic {n} takes it up again")
NO_ITEM_IS_ON = Phrase("no item of the agenda is on; #{word} N names one")
NO_DAY = Phrase('"{typed}" is not a day to defer to; the track\'s {days:day|days} from now on: {days:and}')
NO_DAY_KNOWN = Phrase('"{typed}" is not a day to defer to; name a weekday, or a date like 2027-10-20')

# Time and state
PLAN = Phrase(
    "plan: {needed:m} of items, {left:m} left[; {cut:and} won't be finished][; {unreached:some 5} won't be reached]; "
    "#extend session 15m or #defer N"
)
PLAN_FITS = Phrase("plan: [{needed:m} of items, ][{unplanned:# item} without a length, ]{left:m} left")
PROGRESS = Phrase("agenda: {done} of {n:# item} done")
