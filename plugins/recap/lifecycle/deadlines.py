"""The deadlines of a recap: when it is made, corrected and reminded of, and when an unapproved draft goes to the list.

They follow from the sessions in memory and, once a recap is made, from the track's facts.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.api import Effect, Moment, MomentDue, Occasion, Session, Setup, StateView, Track, track_stream
from bot.api.effects import Prepare
from bot.api.recap import Planned, complete_at, slots_in
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import destination, moments, phrases
from plugins.recap.lifecycle.content_changes import changed_at
from plugins.recap.lifecycle.courses import Course, course_of, known_courses, needs_word
from plugins.recap.lifecycle.orders import JOB, Order, Purpose
from plugins.recap.lifecycle.pace import DAY, Pace, is_revised, pace
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.settings import RecapSettings

DUE = "recap due"
HOLD_ENDS = "recap hold ends"


class Step(NamedTuple):
    """Something to write, and when it is due."""

    at: datetime
    purpose: Purpose


def pace_of(state: StateView, track: Track) -> Pace:
    """Return how often the track's mail may go out."""
    entries = state.stream(track_stream(track.slug))
    return pace(state.setup.of(RecapSettings).settle, entries, recap_states(entries).values())


def due_at(state: StateView, track: Track, course: Course) -> datetime | None:
    """Return when a part's recap is due, or due again; None if unknown or not needed."""
    steps = _steps(state, track, course, pace_of(state, track))
    return min((step.at for step in steps if step.purpose != "again"), default=None)


def why_later(setup: Setup, track: Track, plan: Planned, ended: datetime, due: datetime) -> str:
    """Return why a recap is made later than its sessions' end lets expect; empty if it is not."""
    settle = setup.of(RecapSettings).settle
    if due <= ended + 2 * settle:
        return ""
    slots = [slot.ends for slot in slots_in(setup, track, plan)]
    if slots and due <= max(slots) + settle:
        return phrases.SLOT_IS_LEFT(at=moments.when(max(slots), ended, setup.gathering.zone))
    return phrases.DAY_IS_LEFT


def _steps(state: StateView, track: Track, course: Course, pace: Pace) -> Iterator[Step]:
    """Yield what is to be written for a part, and when."""
    recap_state = course.recap_state
    if course.is_open:
        return
    if recap_state.made is None:
        at = complete_at(state.setup, track, course.plan, course.sessions, pace.settle)
        if at is not None:
            yield Step(at, "make")
        return
    redacted = course.redacted_at()
    if redacted is not None:  # at once, because the redaction removed the unsent mail from the outbox
        yield Step(redacted, "again")
    changed = course.changed_at()
    if recap_state.sent is not None:
        yield from _corrections(course, changed, pace, needs_word=needs_word(state.setup, track, course))
    elif changed is not None:
        yield Step(pace.revised(changed) if is_revised(recap_state) else changed + pace.settle, "make")


def _corrections(course: Course, changed: datetime | None, pace: Pace, *, needs_word: bool) -> Iterator[Step]:
    """Yield what is to be written about changes since a recap was sent."""
    recap_state = course.recap_state
    proposed_at = recap_state.proposed_at if recap_state.proposed is not None else None
    if not needs_word:
        since = changed or proposed_at  # it was proposed when the track still had maintainers
        if since is not None:
            yield Step(pace.corrected(since), "correct")
    elif proposed_at is not None and not recap_state.reminded:
        yield Step(proposed_at + DAY, "remind")  # with what changed meanwhile
    elif changed is not None:
        yield Step(pace.proposed(changed), "propose")


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when the next recaps of a track are made, and when the maintainers' drafts go to the list."""
    track = state.setup.track_of(stream, None)
    if track is None:
        return
    paced = pace_of(state, track)
    steps = [step for course in known_courses(state, track) for step in _steps(state, track, course, paced)]
    for at in sorted({step.at for step in steps}):
        yield Moment(DUE, at)
    holds = (
        []
        if destination.hold_of(state.setup, track) is None
        else [
            recap_state.made.until
            for recap_state in recap_states(state.stream(stream)).values()
            if is_held_back(recap_state) and recap_state.made
        ]
    )
    for at in sorted({at for at in holds if at is not None}):
        yield Moment(HOLD_ENDS, at)


def is_held_back(recap_state: RecapState) -> bool:
    """Whether maintainers have a draft that goes to the list when their time is over."""
    made = recap_state.made
    return (
        made is not None
        and made.goes == "maintainers"
        and made.until is not None
        and recap_state.sent is None
        and not recap_state.held
    )


@plugin.on(MomentDue, DUE)
def make(occasion: Occasion) -> Sequence[Effect]:
    """Order the recaps of completed or changed parts."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    now, paced = event.at + event.late, pace_of(occasion.state, track)
    return [
        prepare(track, course, course.order(step.purpose, now))
        for course in known_courses(occasion.state, track)
        for step in _steps(occasion.state, track, course, paced)
        if step.at <= event.at
    ]


@plugin.on(MomentDue, HOLD_ENDS)
def release(occasion: Occasion) -> Sequence[Effect]:
    """Order the drafts for the list when the maintainers' time is over."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    if destination.hold_of(occasion.state.setup, track) is None:
        return ()
    now = event.at + event.late
    return [
        prepare(track, course, course.order("list", now))
        for course in known_courses(occasion.state, track)
        if is_held_back(course.recap_state)
        and course.recap_state.made is not None
        and course.recap_state.made.until is not None
        and course.recap_state.made.until <= event.at
    ]


def prepare(track: Track, course: Course, order: Order) -> Prepare:
    """Return the order to write a part's recap."""
    return Prepare(JOB, track_stream(track.slug), order, course.session_ids)


@plugin.session.settled
def settled(state: StateView, session: Session) -> bool:
    """Whether the recap covers everything in an ended session."""
    track = state.setup.track(session.track)
    if track is None:
        return True
    course = course_of(state, track, session)
    recap_state = course.recap_state
    if recap_state.made is None or course.is_new(session):
        return False
    if changed_at(session, recap_state.covered.get(session.id, 0)) is not None:
        return False
    return all(later.redacted_in(session) is None for later in known_courses(state, track))
