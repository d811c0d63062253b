"""The texts of the sessions plugin."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.api import Phrase, Session, clock, counted, plural
from bot.api.words import listed_some, minutes_in_words

# starting and reopening
OPENED = Phrase(
    "{name} is open until {until}, chair {chair}; lines are logged, except those that start with [off]"
)
RUNS_ALREADY = Phrase(
    '"{name}" has been running here since {since}; {chairs:chair|chairs}: {chairs:some}; #endmeeting ends it'
)
ONLY_MODERATORS_START = (
    "only a moderator can start a session here: a channel operator or a configured account"
)
NAME_TOO_LONG = Phrase("the limit for a session name is {most} characters, yours has {length:,}")
TOO_MANY_SESSIONS = Phrase(
    "you have started {most:# session|sessions} today, the limit; somebody else or a moderator can start this one"
)
SHARED_ROOM = Phrase("this room is shared by {tracks:and}; name one: #startmeeting {track}: {name:to 120}")
NO_TRACK = "this room belongs to no track; name one: #startmeeting TRACK: name"
NO_SUCH_TRACK = Phrase("there is no track {name:to 40} here; this room is for {known:and}")
REOPENED = Phrase("{name} is open again; no recap was made yet")
NOTHING_TO_REOPEN = (
    "nothing to reopen here: no session ended, or its recap is made; #startmeeting NAME starts a new one"
)
ONLY_CHAIRS_REOPEN = Phrase(
    'only a chair or a moderator can reopen "{name}"; {chairs:chair|chairs}: {chairs:some}[; {unconfirmed}]'
)
TOO_LATE = Phrase("it can't be reopened: {reason}; #startmeeting starts a new one")

# ending
ONLY_CHAIRS_END = Phrase(
    "only a chair or a moderator can end the session before {end}; "
    "{chairs:chair|chairs} here: {chairs:some}[; {unconfirmed}]"
)
CLOSED = Phrase("closed after {lasted}[; {farewells}]")
TIMED_OUT = Phrase("closed by timeout: nobody said anything for {silent}[; {farewells}]")
STRANDED = Phrase("closed: my configuration no longer has what this session belongs to[; {farewells}]")
MISSING = Phrase("missing: {what}")
MINUTES_LEFT = Phrase("{minutes:# minute} left[; still missing: {what}]")

# chairs
CHAIRS = Phrase("{chairs:chair|chairs}: {chairs:some}[ ({absent:some} {absent:is|are} not here now)]")
SEVERAL = Phrase("several people are called {name}: {ids:some}; use the full id of one of them")
DISPLAY_NAME = Phrase(
    '"{name}" is only the display name of {id}; if you mean this person, use the full id: #chair {id}'
)
GIVEN_NAME = Phrase(
    '"{name}" is only the name that {nick} gave; if you mean this person, use the nick: #chair {nick}'
)
OWNER_STAYS = Phrase("{owner} started the session and always remains a chair")
NO_CHAIR = Phrase("{names:some} {names:is not a chair|are not chairs}")

# name, topic of the room, pauses
RENAMED = Phrase('the session is now called "{name}"')
HEADLINE = Phrase("the room topic now shows: {text}")
HEADLINE_GONE = "the room topic shows the session name again"
PAUSED = (
    "paused until #resume: talk is not logged and nothing is recorded; what you order by command "
    "(agenda, queue, #here and the like) works, and is kept"
)
ALREADY_PAUSED = "the session is already paused; #resume continues it"
NOT_PAUSED = "the session is not paused"
RESUMED = "on the record again"


# in private
NOTHING_RUNS = "no session is running now"
RUNNING = Phrase("{number:# session} {number:runs|run} now")
MORE_RUN = Phrase("and {number:# other}")


def status(session: Session, at: datetime, zone: ZoneInfo, more: Sequence[str]) -> str:
    """Describe a session: name, topic, time, records and chairs."""
    topic = session.topic
    number = session.topics.index(topic) + 1 if topic else 0
    left = session.planned_until - at
    chairs = [chair.name for chair in session.chairs]
    parts = [
        session.name + (" (paused)" if session.paused else ""),
        f"topic {number}: {topic.title}" if topic else "no topic yet",
        f"{minutes_in_words(left)} left"
        if left > timedelta()
        else f"{minutes_in_words(-left)} past its end at {clock(session.planned_until, zone)}",
        counted(len(session.records), "record"),
        f"{plural(len(chairs), 'chair')}: {listed_some(chairs)}",
        *more,
    ]
    return "; ".join(parts)
