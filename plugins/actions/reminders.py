"""Private reminders, on request, on the day before an action is due.

A session in memory schedules its own actions; the track's stream schedules carried-over ones. Every reminder is
recorded in the track's stream, so nobody gets it twice.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from bot.api import (
    GATHERING,
    Ask,
    Effect,
    Entry,
    Folding,
    Identity,
    Moment,
    MomentDue,
    Needs,
    Occasion,
    Reply,
    Setup,
    StateView,
    Tell,
    Track,
    Write,
    track_of_stream,
    track_stream,
)
from bot.api.facts import RecordKept
from bot.api.words import zone_name
from plugins.actions import phrases
from plugins.actions.declaration import plugin
from plugins.actions.facts import OwnersReminded, RemindersAsked
from plugins.actions.mentions import task_of
from plugins.actions.state import ACTIONS, is_called

MOMENT = "action reminder"
AT = time(9)
BEFORE = timedelta(days=1)
ON, OFF = frozenset({"on", "yes"}), frozenset({"off", "no"})


class ReminderRequest(Struct, frozen=True):
    """Somebody wants reminders, with their identity at that time."""

    who: Identity
    since: datetime


@plugin.command(
    "remindme",
    usage="#remindme on|off",
    says="turns private reminders on or off: you get one the day before an action of yours is due",
    example="#remindme on",
    needs=Needs.NOTHING,
)
def remind_me(ask: Ask) -> Sequence[Effect]:
    """Turn reminders on or off, or show whether they are on."""
    word, zone = ask.rest.lower(), ask.setup.gathering.zone
    request = wishes(ask.state).get(ask.state.person_of(ask.speaker))
    if word and word not in ON | OFF:
        return [Reply(ask.usage)]
    if word in ON and ask.why_not_in_private is not None:
        return [Reply(ask.why_not_in_private)]
    is_on = word in ON or (not word and request is not None)
    said = phrases.REMINDERS_ON(zone=zone_name(zone, ask.at)) if is_on else phrases.REMINDERS_OFF
    same = request is not None and request.who == ask.speaker
    if not word or (word in ON and same) or (word in OFF and request is None):
        return [Reply(said)]
    return [Write(RemindersAsked(word in ON), stream=GATHERING, keep_on_undo=True), Reply(said)]


REQUESTS: Folding[Mapping[Identity, Entry]] = Folding({})


@REQUESTS.on(RemindersAsked)
def _asked(known: Mapping[Identity, Entry], entry: Entry, _: RemindersAsked) -> Mapping[Identity, Entry]:
    """The last choice under each identity, oldest first."""
    if entry.by is None:
        return known
    return {**{who: asked for who, asked in known.items() if who != entry.by}, entry.by: entry}


def wishes(state: StateView) -> dict[Hashable, ReminderRequest]:
    """Return the people who want reminders; the newest choice of each person counts."""
    found: dict[Hashable, ReminderRequest] = {}
    for who, asked in REQUESTS.of_stream(state.stream(GATHERING)).items():
        person = state.person_of(who)
        found.pop(person, None)
        if isinstance(asked.fact, RemindersAsked) and asked.fact.wanted:
            found[person] = ReminderRequest(who, asked.at)
    return found


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield the times of reminders for the actions of this session, or of this track's carried-over actions."""
    if stream == GATHERING or not (wanted := wishes(state)):
        return
    moments = {at for _, at in _waiting(state, stream, wanted)}
    yield from (Moment(MOMENT, at) for at in sorted(moments))


def _waiting(
    state: StateView, stream: str, wanted: dict[Hashable, ReminderRequest]
) -> Iterator[tuple[RecordKept, datetime]]:
    """Yield the open actions of a stream whose owners were not yet reminded, with the time to do so."""
    session = state.session(stream)
    if session is not None:
        slug, actions = session.track, ACTIONS.of_session(session)
    elif track := track_of_stream(stream):
        slug, actions = track, ACTIONS.stored(state, track)
    else:
        return
    reminded = {
        (n, fact.due) for fact in state.every(track_stream(slug), OwnersReminded) for n in fact.numbers
    }
    for action in actions:
        day = action.content.due
        if action.done or day is None or (action.n, day) in reminded:
            continue
        at = moment_of(state.setup, day)
        since = max(action.at, action.revised_at or action.at, action.done_at or action.at)
        if at is not None and any(
            at > max(since, request.since) for request in _owners(state, slug, action, wanted)
        ):
            yield action, at


def moment_of(setup: Setup, day: date) -> datetime | None:
    """Return 09:00 on the day before, in the gathering's time zone, as UTC; None if the calendar has no such day."""
    try:
        return datetime.combine(day - BEFORE, AT, setup.gathering.zone).astimezone(UTC)
    except OverflowError:
        return None


def _owners(
    state: StateView, slug: str, action: RecordKept, wanted: dict[Hashable, ReminderRequest]
) -> list[ReminderRequest]:
    """Return the owners who want reminders, each once; a name without identity counts only in public tracks."""
    session, track = state.session(action.session), state.setup.track(slug)
    by_name = track is not None and track.public
    people: dict[Hashable, ReminderRequest] = {}
    for owner in action.content.owners:
        if owner.person is not None:
            found = {state.person_of(owner.person), state.person_of(owner.person, session)}
        else:
            found = {
                who for who, request in wanted.items() if by_name and is_called(state, request.who, owner)
            }
        people |= {who: request for who, request in wanted.items() if who in found}
    return list(people.values())


@plugin.on(MomentDue, MOMENT)
def remind(occasion: Occasion) -> Sequence[Effect]:
    """Remind the owners of the actions that are due tomorrow."""
    state, event, track = occasion.state, occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    wanted = wishes(state)
    actions = [action for action, at in _waiting(state, event.stream, wanted) if at == event.at]
    if track_of_stream(event.stream) is None:
        actions = [action for action in actions if action.session == event.stream]
    elif actions:  # a session in memory schedules its own
        actions = [action for action in actions if state.session(action.session) is None]
    if not actions:
        return ()
    day = actions[0].content.due
    assert day is not None
    noted = Write(OwnersReminded(tuple(action.n for action in actions), day), stream=track_stream(track.slug))
    today = (event.at + event.late).astimezone(state.setup.gathering.zone).date()
    if today > day:
        return [noted]  # too late to be of use
    recipients: dict[ReminderRequest, list[RecordKept]] = {}
    for action in actions:
        for request in _owners(state, track.slug, action, wanted):
            if event.at > request.since:
                recipients.setdefault(request, []).append(action)
    return [noted, *(Tell(request.who, _said(track, mine, today)) for request, mine in recipients.items())]


def _said(track: Track, actions: Sequence[RecordKept], today: date) -> str:
    day = actions[0].content.due
    assert day is not None
    rooms = dict.fromkeys(room for venue in track.venues for room in venue)
    where = next((room.partition("/")[2] for room in rooms), "")
    texts = [(action.n, task_of(action.content, action.by) if track.public else "") for action in actions]
    return phrases.reminder(track.name, where, texts, day, today)
