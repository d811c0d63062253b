"""Reminders during a session: `#remind us in 20m to TEXT`."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.api import (
    Ask,
    Effect,
    Identity,
    Moment,
    MomentDue,
    Occasion,
    Reply,
    Role,
    Say,
    Session,
    StateView,
    Tell,
    Write,
    clock,
    titled,
)
from bot.api.people import plain_name
from plugins.timekeeping import phrases
from plugins.timekeeping.clock import Reminder, clock_of
from plugins.timekeeping.declaration import plugin
from plugins.timekeeping.facts import ReminderDropped, ReminderSet, RemindersGiven
from plugins.timekeeping.spans import MINUTE, read_clock, read_span

REMINDER = "reminder"
LONGEST = 200  # characters
MOST = 20  # pending for everybody in a session; also in private for one person
MOST_PRIVATE = 500  # for all people
FURTHEST = timedelta(hours=24)
TOO_LATE = timedelta(hours=1)
LATE = timedelta(minutes=1)
TYPED = re.compile(
    r"(?:(us|me|all|everybody)\s+)?(in|at)\s+(.+?)(?:\s*:\s+|\s+(?:to|that|about)\s+)(.+)", re.IGNORECASE
)
FORMS = {  # Zakim's forms; a ping needs no text
    "remind us in": "us in",
    "remind me in": "me in",
    "remind us at": "us at",
    "remind me at": "me at",
    "ping us in": "us in",
    "ping me in": "me in",
}


def is_talk(ask: Ask) -> bool:
    """Whether the line is talk because it gives no time: `remind me in your next mail to answer`."""
    found = TYPED.fullmatch(_formed(ask))
    return found is None or _moment(ask, found) is None


@plugin.command(
    "remind",
    bare=tuple(FORMS),
    is_talk=is_talk,
    usage="#remind us in 20m to TEXT, or me, or at 14:30",
    says="reminds everybody, or you in private, while the session runs; alone it lists the reminders, #remind drop N removes one",
    example="#remind us in 20m to vote on the name",
    silent_if_unavailable=True,
)
def remind(ask: Ask) -> Sequence[Effect]:
    """List, remove or set reminders."""
    said = titled(ask.rest)
    if ask.form:
        said = _formed(ask)
    if not said:
        return [Reply(_list(ask))]
    head, _, rest = said.partition(" ")
    if head.lower() == "drop" and rest:
        return _drop(ask, rest.strip().removeprefix("#"))
    found = TYPED.fullmatch(said)
    return _set(ask, found) if found is not None else [Reply(phrases.REMINDER_USAGE)]


def _formed(ask: Ask) -> str:
    """Convert a line in one of the forms to the argument of the command."""
    rest = titled(ask.rest)
    silent = ask.form.startswith("ping") and TYPED.fullmatch(f"in {rest}") is None
    return f"{FORMS[ask.form]} {rest}{phrases.PING if silent else ''}"


def _set(ask: Ask, found: re.Match[str]) -> Sequence[Effect]:
    session, zone = ask.running, ask.setup.gathering.zone
    whom, _, _, text = found.groups()
    at = _moment(ask, found)
    if at is None:
        return [Reply(phrases.WHEN(most="24h"))]
    if len(text) > LONGEST:
        return [Reply(phrases.TEXT_TOO_LONG(most=LONGEST, length=len(text)))]
    known = clock_of(session)
    to = ask.speaker if (whom or "").lower() == "me" else None
    if to is not None and ask.why_not_in_private is not None:
        return [Reply(ask.why_not_in_private)]
    if (most := _limit_reached(ask, known.reminders, to)) is not None:
        return [Reply(phrases.TOO_MANY(most=most))]
    until = clock(session.planned_until, zone) if at > session.planned_until else ""
    said = phrases.REMINDER_SET(whom=_whom(to), at=clock(at, zone), text=text, until=until)
    return [Write(ReminderSet(known.used + 1, at, text, to)), Reply(said)]


def _limit_reached(ask: Ask, pending: Sequence[Reminder], to: Identity | None) -> int | None:
    """The limit that one more reminder would exceed; private ones take no place of those for everybody."""
    same = [reminder for reminder in pending if (reminder.fact.to is None) == (to is None)]
    if len(same) >= MOST_PRIVATE:
        return MOST_PRIVATE
    if to is not None:
        same = [reminder for reminder in same if _own(ask, reminder)]
    return MOST if len(same) >= MOST else None


def _moment(ask: Ask, found: re.Match[str]) -> datetime | None:
    """Read the time of the reminder; None if it is not a valid time."""
    if found[2].lower() == "at":
        return read_clock(found[3], ask.at, ask.setup.gathering.zone)
    span = read_span(found[3])
    return ask.at + span if span is not None and MINUTE <= span <= FURTHEST else None


def _whom(to: Identity | None) -> str:
    return plain_name(to.name) if to is not None else phrases.EVERYBODY


def _own(ask: Ask, reminder: Reminder) -> bool:
    session, state = ask.running, ask.state
    return reminder.by is not None and (
        state.person_of(reminder.by, session) == state.person_of(ask.speaker, session)
    )


def _list(ask: Ask) -> str:
    """List the reminders for everybody and the speaker's own."""
    zone = ask.setup.gathering.zone
    shown = [
        reminder.fact
        for reminder in sorted(clock_of(ask.running).reminders, key=lambda reminder: reminder.fact.at)
        if reminder.fact.to is None or _own(ask, reminder)
    ]
    waiting = [
        phrases.WAITING(n=fact.n, at=clock(fact.at, zone), whom=_whom(fact.to), text=fact.text)
        for fact in shown
    ]
    return phrases.REMINDERS(reminders=waiting) if waiting else phrases.NO_REMINDER


def _drop(ask: Ask, typed: str) -> Sequence[Effect]:
    n = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    found = next((reminder for reminder in clock_of(ask.running).reminders if reminder.fact.n == n), None)
    may = found is not None and (_own(ask, found) or (found.fact.to is None and ask.role >= Role.CHAIR))
    if not may:
        return [Reply(phrases.NO_SUCH_REMINDER(typed=typed))]
    return [Write(ReminderDropped(n)), Reply(phrases.REMINDER_DROPPED(n=n))]


def due(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield the times of the reminders of a running session."""
    session = state.session(stream)
    if session is not None and session.ended is None:
        for at in sorted({reminder.fact.at for reminder in clock_of(session).reminders}):
            yield Moment(REMINDER, at)


@plugin.on(MomentDue, REMINDER)
def give(occasion: Occasion) -> Sequence[Effect]:
    """Give the reminders that are due; more than an hour late, they are dropped."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue):
        return ()
    now = [reminder for reminder in clock_of(session).reminders if reminder.fact.at == occasion.at]
    given = Write(RemindersGiven(tuple(reminder.fact.n for reminder in now)))
    if event.late > TOO_LATE:
        return [given]
    return [given, *(_said(occasion, session, reminder, event.late) for reminder in now)]


def _said(occasion: Occasion, session: Session, reminder: Reminder, late: timedelta) -> Effect:
    fact = reminder.fact
    due_at = clock(fact.at, occasion.state.setup.gathering.zone) if late > LATE else ""
    if fact.to is not None:
        return Tell(_now(session, fact.to), phrases.REMINDER(by="", text=fact.text, due=due_at))
    by = plain_name(reminder.by.name) if reminder.by is not None else ""
    return Say(session.rooms, phrases.REMINDER(by=by, text=fact.text, due=due_at))


def _now(session: Session, person: Identity) -> Identity:
    """Return somebody's identity after renames."""
    for old, new in session.renames:
        if (old.network, old.key) == (person.network, person.key):
            person = new
    return person
