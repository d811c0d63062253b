"""The texts of the timekeeping plugin."""

from bot.api import Phrase

TOPIC = Phrase('topic {number} "{title:to 60}"')  # {topic} below

# A topic's time
NEARLY = Phrase("{left:m} left of the {planned:m} for {topic}")
TIME_IS_UP = Phrase("time is up for {topic} ({planned:m}); #next goes on, #extend 5m gives it more time")
OVER = Phrase("{topic} is {late:m} over its {planned:m}")
TIMED = Phrase("{topic} now has {planned:m}[, {left:m} left][, and is {late:m} over]")
ITEM = Phrase('item {n} "{title:to 60}"')
UNTIMED = Phrase("{topic} has no planned length now (was {before:m})")
ITEM_TIMED = Phrase('item {n} "{title:to 60}" now has {planned:m}')
TOPIC_TIME = Phrase("{topic}: {stands}")
TOPIC_STANDS = Phrase("topic: {stands}")
TOPIC_LEFT = Phrase("{left:m} left of {planned:m}")
TOPIC_LATE = Phrase("{late:m} over its {planned:m}")
TOPIC_TOOK = Phrase("{topic}: {spent:m}, no length planned")
NOT_PLANNED = Phrase("{topic} has no planned length; #timebox 15m sets one")
NO_TOPIC = "there is no current topic; #timebox N 15m sets the length of an agenda item"
NO_ITEM = Phrase("there is no item or topic {n}; #agenda lists the items")
IS_OVER = Phrase("item {n} is done; #topic {n} takes it up again")
NO_LENGTH = Phrase('"{typed:to 24}" won\'t do; a length is from 1m to {most}, like 15m or 1h30m')

# A session's time
SESSION_LEFT = Phrase("session: {left:m} left until {until}")
SESSION_LATE = Phrase("session: {late:m} over its end at {until}")
SESSION_TIME_IS_UP = Phrase(
    "time is up: {name} was planned until {until}; #extend session 15m, or #endmeeting"
)
SESSION_OVER = Phrase("{name} is {late:m} over its planned end")
SESSION_EXTENDED = Phrase("{name} is now planned until {until}, {left:m} from now")
TOO_FAR = Phrase(
    "a session can be extended by at most 12 hours, this one until {latest}; #startmeeting starts another"
)

# Breaks
IN_A_BREAK = Phrase("break until {until}")
BREAK_BEGINS = Phrase("break until {until}[; the clock of {topic} is stopped]; #break over ends it early")
BREAK_IS_ON = Phrase("there is already a break until {until}; #break over ends it")
BREAK_IS_OVER = Phrase("the break is over[; {topic} continues]")
NO_BREAK = "there is no break; #break 10m starts one"

# Reminders
PING = ": ping"  # for a reminder without words
EVERYBODY = "everybody"
REMINDER = Phrase("reminder[ from {by}]: {text}[ (it was due at {due})]")
REMINDER_SET = Phrase(
    "I'll remind {whom} at {at}: {text}[; I'll say nothing if the session, planned until {until}, is over by then]"
)
REMINDERS = Phrase("{reminders:# reminder}: {reminders:some 5}; #remind drop N removes one")
WAITING = Phrase("{n} at {at} for {whom}: {text:to 60}")
REMINDER_DROPPED = Phrase("reminder {n} is removed")
NO_REMINDER = "there are no reminders; #remind us in 20m to TEXT sets one"
NO_SUCH_REMINDER = Phrase("you have no reminder {typed:to 12}; #remind lists them")
REMINDER_USAGE = "usage: #remind us in 20m to TEXT, or me, or at 14:30; #remind alone lists them"
WHEN = Phrase("a reminder can be 1m to {most} from now: in 20m, in 1h30m, or at 14:30")
TEXT_TOO_LONG = Phrase("the limit for a reminder is {most} characters, yours has {length:,}")
TOO_MANY = Phrase("the limit is {most} reminders; #remind drop N removes one")


def stands(planned: int, left: int, late: int) -> str:
    """Describe the remaining or exceeded time."""
    return TOPIC_LATE(late=late, planned=planned) if late else TOPIC_LEFT(left=left, planned=planned)
