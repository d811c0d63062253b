"""Reminds of drafts that nobody has looked at, on the morning after they were made.

The maintainers get a mail, because they got the draft by mail and may be in no room the next day. A draft that waits in a track
without maintainers is told of in its rooms.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from bot.api import (
    Ask,
    Effect,
    Entry,
    Moment,
    MomentDue,
    Occasion,
    Say,
    Setup,
    StateView,
    Track,
    Write,
    track_stream,
)
from bot.api.effects import Letter, Mail
from bot.api.people import is_chair
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import destination
from plugins.recap.lifecycle.choice import may_decide
from plugins.recap.lifecycle.facts import RecapMade
from plugins.recap.lifecycle.keys import with_keys
from plugins.recap.lifecycle.moments import moment
from plugins.recap.lifecycle.phrases import name
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.unopened_drafts import phrases
from plugins.recap.unopened_drafts.facts import DraftOpened, DraftReminded

UNOPENED = "draft unopened"
AT = time(9)
BEFORE_THE_END = timedelta(hours=2)  # of the maintainers' time
TOO_LATE = timedelta(days=1)
WAITING = frozenset({"maintainers", "waits", "over"})


def unopened(state: StateView, track: Track) -> Iterator[tuple[RecapState, RecapMade, datetime]]:
    """Yield the drafts that nobody looked at or was reminded of, with the moment of the reminder."""
    entries = state.stream(track_stream(track.slug))
    for recap_state in recap_states(entries).values():
        made = recap_state.made
        if made is None or recap_state.sent is not None or recap_state.held or made.goes not in WAITING:
            continue
        at = reminder_at(state.setup, recap_state.versions[0][0], made.until)
        if at is not None and not _is_opened(entries, recap_state.part):
            yield recap_state, made, at


def reminder_at(setup: Setup, made: datetime, until: datetime | None) -> datetime | None:
    """Return the next day's morning, or two hours before the end of the maintainers' time, if that is on a later day, too."""
    zone = setup.gathering.zone
    day = made.astimezone(zone).date()
    morning = datetime.combine(day + timedelta(days=1), AT, zone)
    if until is None or morning < until - BEFORE_THE_END:
        return morning
    before = until - BEFORE_THE_END
    return before if before.astimezone(zone).date() > day else None


def _is_opened(entries: Iterable[Entry], part: str) -> bool:
    """Whether somebody said something about a draft, or its reminder went out."""
    return any(
        entry.by is not None or isinstance(entry.fact, DraftReminded)
        for entry in entries
        if getattr(entry.fact, "part", "") == part and not isinstance(entry.fact, RecapMade)
    )


def opened(ask: Ask, track: Track) -> list[Effect]:
    """Note that somebody who may decide, or chaired, said something about the drafts of a track that wait."""
    drafts = [recap_state.part for recap_state, _, _ in unopened(ask.state, track)]
    persons = ask.state.persons
    chairs = any(is_chair(session, ask.speaker, persons) for session in ask.state.of_track(track.slug))
    if not drafts or not (chairs or may_decide(ask, track)):
        return []
    stream = track_stream(track.slug)
    return [Write(DraftOpened(part), stream=stream, keep_on_undo=True) for part in drafts]


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when somebody is reminded of the drafts of a track."""
    track = state.setup.track_of(stream, None)
    if track is not None:
        yield from (Moment(UNOPENED, at) for at in sorted({at for _, _, at in unopened(state, track)}))


@plugin.on(MomentDue, UNOPENED)
def remind(occasion: Occasion) -> Sequence[Effect]:
    """Remind of the drafts whose moment it is; a day later it is no use."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None or event.late > TOO_LATE:
        return ()
    effects: list[Effect] = []
    for recap_state, made, at in unopened(occasion.state, track):
        if at == event.at:
            effects.append(Write(DraftReminded(recap_state.part)))
            effects += _letters(occasion, track, recap_state, made)
            if not track.maintainers:
                effects.append(Say(made.rooms, phrases.WAITS(recap=name(made.plan))))
    return effects


def _letters(occasion: Occasion, track: Track, recap_state: RecapState, made: RecapMade) -> Iterator[Mail]:
    """Yield a mail to each maintainer, in the thread of their draft, with keys of their own."""
    setup = occasion.state.setup
    until = moment(made.until, setup.gathering.zone) if made.until is not None else ""
    body = phrases.BODY(
        recap=name(made.plan),
        address=track.list if until else "",
        until=until,
        unsent="" if until else track.list,
    )
    for number, maintainer in enumerate(track.maintainers, 1):
        draft = destination.numbered_id(made.message_id, f"draft-{recap_state.first_draft}-{number}")
        letter = Letter(
            id=destination.numbered_id(made.message_id, f"unopened-{number}"),
            to=(maintainer.mail,),
            subject=phrases.SUBJECT(subject=made.subject),
            body=body,
            stream=track_stream(track.slug),
            references=(draft,) if recap_state.first_draft else (),
            name=f"recap/{track.slug}/{made.part}/unopened-{number}",
        )
        yield Mail(with_keys(letter, setup, track, made, occasion.at))
