"""Private reminders: whoever asks for them is told the day before an action of theirs is due, once.

Rules of this file: a session in memory has the moments of its own actions, the track's stream those of the actions that
it keeps; what was told is noted in the track's stream, so that it counts once whichever of them rings.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from bot.api import (
    GATHERING,
    Ask,
    Effect,
    Identity,
    Moment,
    MomentDue,
    Needs,
    Occasion,
    Plugin,
    RecordKept,
    Reply,
    Setup,
    State,
    Tell,
    Track,
    Write,
    track_of_stream,
    track_stream,
    voided_causes,
)
from plugins.actions import phrases
from plugins.actions.facts import OwnersReminded, RemindersAsked
from plugins.actions.mentions import task_of
from plugins.actions.state import ACTIONS, is_called

MOMENT = "action reminder"
AT = time(9)
BEFORE = timedelta(days=1)
ON, OFF = frozenset({"on", "yes"}), frozenset({"off", "no"})


class Wish(Struct, frozen=True):
    """Somebody wants to be reminded, as who they were then."""

    who: Identity
    since: datetime


def declare(plugin: Plugin) -> None:
    """Add the command and the moments of this file."""
    plugin.command(
        "remindme",
        usage="#remindme on|off",
        says="whether I tell you in private, the day before, that an action of yours is due",
        example="#remindme on",
        needs=Needs.NOTHING,
    )(remind_me)
    plugin.due(due)
    plugin.at_moment(MOMENT)(remind)


def remind_me(ask: Ask) -> Sequence[Effect]:
    """Begin or end the reminders, or say how it stands."""
    word, zone = ask.rest.lower(), ask.setup.gathering.zone
    wish = wishes(ask.state).get(ask.state.person_of(ask.speaker))
    if word in ON:
        said = phrases.reminders_on(ask.at, zone)
    elif word in OFF:
        said = phrases.REMINDERS_OFF
    elif word:
        return [Reply(ask.usage)]
    else:
        return [
            Reply(
                phrases.reminders_wanted(ask.at, zone) if wish is not None else phrases.REMINDERS_NOT_WANTED
            )
        ]
    same = wish is not None and wish.who == ask.speaker
    if (word in ON and same) or (word in OFF and wish is None):
        return [Reply(said)]
    return [Write(RemindersAsked(word in ON), stream=GATHERING, keep_on_undo=True), Reply(said)]


def wishes(state: State) -> dict[Hashable, Wish]:
    """Who wants to be reminded, by person; the newest word of each counts."""
    entries = state.stream(GATHERING)
    voided = voided_causes(entries)
    found: dict[Hashable, Wish] = {}
    for entry in entries:
        if isinstance(entry.fact, RemindersAsked) and entry.by is not None and entry.cause not in voided:
            person = state.person_of(entry.by)
            found.pop(person, None)
            if entry.fact.wanted:
                found[person] = Wish(entry.by, entry.at)
    return found


def due(state: State, stream: str) -> Iterable[Moment]:
    """When somebody is to be reminded of an action of this session, or of one that this track keeps."""
    if stream == GATHERING or not (wanted := wishes(state)):
        return
    moments = {at for _, at in _waiting(state, stream, wanted)}
    yield from (Moment(MOMENT, at) for at in sorted(moments))


def _waiting(
    state: State, stream: str, wanted: dict[Hashable, Wish]
) -> Iterator[tuple[RecordKept, datetime]]:
    """The open actions of a stream of which nobody was reminded, with the moments for that."""
    session = state.session(stream)
    if session is not None:
        slug, actions = session.track, ACTIONS.of_session(session)
    elif track := track_of_stream(stream):
        slug, actions = track, ACTIONS.stored(state, track)
    else:
        return
    told = {(n, fact.due) for fact in state.every(track_stream(slug), OwnersReminded) for n in fact.numbers}
    for one in actions:
        day = one.content.due
        if one.done or day is None or (one.n, day) in told:
            continue
        at = moment_of(state.setup, day)
        since = max(one.at, one.revised_at or one.at, one.done_at or one.at)
        if at is not None and any(at > max(since, wish.since) for wish in _owners(state, slug, one, wanted)):
            yield one, at


def moment_of(setup: Setup, day: date) -> datetime | None:
    """The morning before a day, in the gathering's zone; None where the calendar has none."""
    try:
        return datetime.combine(day - BEFORE, AT, setup.gathering.zone).astimezone(UTC)
    except OverflowError:
        return None


def _owners(state: State, slug: str, one: RecordKept, wanted: dict[Hashable, Wish]) -> list[Wish]:
    """The owners who want to be reminded, each once; a name alone proves nobody, so it learns what all may know."""
    session, track = state.session(one.session), state.setup.track(slug)
    by_name = track is not None and track.public
    people: dict[Hashable, Wish] = {}
    for owner in one.content.owners:
        if owner.person is not None:
            found = {state.person_of(owner.person), state.person_of(owner.person, session)}
        else:
            found = {who for who, wish in wanted.items() if by_name and is_called(state, wish.who, owner)}
        people |= {who: wish for who, wish in wanted.items() if who in found}
    return list(people.values())


def remind(occasion: Occasion) -> Sequence[Effect]:
    """Tell the owners of what is due tomorrow."""
    state, event, track = occasion.state, occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    wanted = wishes(state)
    actions = [one for one, at in _waiting(state, event.stream, wanted) if at == event.at]
    if track_of_stream(event.stream) is None:
        actions = [one for one in actions if one.session == event.stream]
    elif actions:  # of a session in memory its own moment tells
        actions = [one for one in actions if state.session(one.session) is None]
    if not actions:
        return ()
    day = actions[0].content.due
    assert day is not None
    noted = Write(OwnersReminded(tuple(one.n for one in actions), day), stream=track_stream(track.slug))
    today = (event.at + event.late).astimezone(state.setup.gathering.zone).date()
    if today > day:
        return [noted]  # too late to be of use
    told: dict[Wish, list[RecordKept]] = {}
    for one in actions:
        for wish in _owners(state, track.slug, one, wanted):
            if event.at > wish.since:
                told.setdefault(wish, []).append(one)
    return [noted, *(Tell(wish.who, _said(track, mine, today)) for wish, mine in told.items())]


def _said(track: Track, actions: Sequence[RecordKept], today: date) -> str:
    day = actions[0].content.due
    assert day is not None
    rooms = dict.fromkeys(room for venue in track.venues for room in venue)
    where = next((room.partition("/")[2] for room in rooms), "")
    texts = [(one.n, task_of(one.content, one.by) if track.public else "") for one in actions]
    return phrases.reminder(track.name, where, texts, day, today)
