"""The texts about a session's progress through its agenda."""

from bot.api import Phrase

# Topics
TOPIC = Phrase("topic {number}{again: again|}: {title}{what}[ (still team {team}; #team - ends it)]")
MATCHED = Phrase("; #topic! {text:to 60} opens a new topic instead")
RETITLED = Phrase("topic {number} is now: {title}")
TOPIC_NAMED = Phrase("topic {number} {title:to 60}")
TOPIC_IS_ON = Phrase("topic {number} is already on: {title}")
TOO_LONG = Phrase("the limit for a topic is {most} characters, yours has {length:,}")
NUMBER_IS_NO_TITLE = Phrase(
    "an edit can't make a number the title; say #topic {number:to 12} in a new message"
)
NO_ITEM_CALLED = Phrase('no single item of the agenda is called "{text:to 60}"; #agenda lists them')
NO_TOPIC_NUMBERED = Phrase("there is no topic {number} to take up again; #topic TITLE opens a new one")
PAUSED = "off the record: the session is paused; #resume continues it"
OVER = "the session is over; an edit can't open a topic in it"

# Next and previous topic
TOO_SOON = Phrase(
    "topic {number}, {title:to 60}, started only {seconds:# second} ago, at {at}; #{word}! goes on anyway"
)
WAITS = Phrase("{why}; #{word}! goes on anyway")
NOTHING_OPEN = Phrase("nothing is open on the agenda[; put aside: {aside:some 5}, #topic N takes one up]")
NOTHING_LEFT = "nothing is open on the agenda; #topic TITLE opens a new topic"
BACK = Phrase("back to topic {number}: {title}[; {again} is open again]")
NO_WAY_BACK = "there is no topic before this one"
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
STANDING = Phrase("agenda: {done} of {n:# item} done")
