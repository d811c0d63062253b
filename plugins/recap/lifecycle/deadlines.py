"""The deadlines of a recap: when it is made, and when an unapproved draft goes to the list.

They follow from the sessions in memory and, once a recap is made, from the track's facts.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Effect, Moment, MomentDue, Occasion, Session, StateView, Track, track_stream
from bot.api.effects import Prepare
from bot.api.recap import Planned, complete_at, days_of
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.orders import JOB, Order, Purpose
from plugins.recap.lifecycle.state import (
    Standing,
    changed_at,
    plan_of,
    redacted_at,
    redacted_before,
    standings,
)
from plugins.recap.settings import RecapSettings

DUE = "recap due"
HOLD_ENDS = "recap hold ends"


class Course(Struct, frozen=True):
    """A part of the gathering, its sessions in memory, and the track's other sessions in memory (`before`)."""

    plan: Planned
    sessions: tuple[Session, ...]
    standing: Standing
    before: tuple[Session, ...] = ()

    @property
    def name(self) -> str:
        """The name of the recap for use in a sentence."""
        return phrases.name(self.plan)

    @property
    def session_ids(self) -> tuple[str, ...]:
        """The ids of all its sessions, in memory or not."""
        return tuple(dict.fromkeys([*self.standing.covered, *(session.id for session in self.sessions)]))

    @property
    def is_open(self) -> bool:
        """Whether a session of the part is running."""
        return any(session.ended is None for session in self.sessions)

    def _is_new(self, session: Session) -> bool:
        """Whether the newest version of the recap lacks this session."""
        return session.id not in self.standing.covered and bool(session.records)

    def changed_at(self) -> datetime | None:
        """Return the last change since the recap was made, or None."""
        covered = self.standing.covered
        moments = [changed_at(session, covered.get(session.id, 0)) for session in self.sessions]
        moments += [session.ended for session in self.sessions if self._is_new(session)]
        edited, made = self.standing.edited_at, self.standing.made_at
        if self.standing.sent is None and edited is not None and made is not None and edited > made:
            moments.append(edited)
        return max((moment for moment in moments if moment is not None), default=None)

    def redacted_at(self) -> datetime | None:
        """Return the last redaction of text in the newest version, or None."""
        covered = self.standing.covered
        known = [session for session in self.sessions if session.id in covered]
        moments = [redacted_at(session, covered[session.id]) for session in known]
        moments += [self.standing.removed_at] if self.standing.made is not None else []
        moments += [self.redacted_in(session) for session in self.before]
        return max((moment for moment in moments if moment is not None), default=None)

    def redacted_in(self, session: Session) -> datetime | None:
        """Return the last redaction in an earlier session that the newest version may quote, or None."""
        return redacted_before(self.standing, self.begun, session) if self.standing.made else None

    @property
    def begun(self) -> datetime:
        """The start of its first session."""
        made = self.standing.made
        return min([*([made.started] if made else []), *(session.started for session in self.sessions)])


def courses(state: StateView, track: Track) -> dict[str, Course]:
    """Return the parts of a track with sessions in memory, by key."""
    entries = state.stream(track_stream(track.slug))
    standing = standings(entries)
    live = state.of_track(track.slug)
    found: dict[str, Course] = {}
    for session in live:
        plan = plan_of(state.setup, track, session, live, entries)
        known = found.get(plan.key)
        sessions = (*known.sessions, session) if known is not None else (session,)
        found[plan.key] = Course(plan, sessions, standing.get(plan.key, Standing(plan.key)))
    return found


def course_of(state: StateView, track: Track, session: Session) -> Course:
    """Return the part of a session in memory."""
    entries = state.stream(track_stream(track.slug))
    key = plan_of(state.setup, track, session, state.of_track(track.slug), entries).key
    return courses(state, track)[key]


def due_at(state: StateView, track: Track, course: Course) -> datetime | None:
    """Return when a part's recap is due, or due again; None if unknown or not needed."""
    settle = state.setup.of(RecapSettings).settle
    if course.is_open:
        return None
    if course.standing.made is None:
        return complete_at(state.setup, track, course.plan, course.sessions, settle)
    redacted = course.redacted_at()
    if redacted is not None:  # at once, because the redaction removed the unsent mail from the outbox
        return redacted
    changed = course.changed_at()
    return changed + settle if changed is not None else None


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when the next recaps of a track are made, and when the maintainers' drafts go to the list."""
    track = state.setup.track_of(stream, None)
    if track is None:
        return
    moments = [due_at(state, track, course) for course in known_courses(state, track)]
    for at in sorted({at for at in moments if at is not None}):
        yield Moment(DUE, at)
    holds = [
        standing.made.until
        for standing in standings(state.stream(stream)).values()
        if is_held_back(standing) and standing.made
    ]
    for at in sorted({at for at in holds if at is not None}):
        yield Moment(HOLD_ENDS, at)


def is_held_back(standing: Standing) -> bool:
    """Whether maintainers have a draft that goes to the list when their time is over."""
    made = standing.made
    return (
        made is not None
        and made.goes == "maintainers"
        and made.until is not None
        and standing.sent is None
        and not standing.held
    )


@plugin.on(MomentDue, DUE)
def make(occasion: Occasion) -> Sequence[Effect]:
    """Order the recaps of completed or changed parts."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    found = known_courses(occasion.state, track)
    ripe = [course for course in found if (at := due_at(occasion.state, track, course)) and at <= event.at]
    now = event.at + event.late
    return [
        prepare(track, course, Order(purpose, course.plan, now))
        for course in ripe
        for purpose in _purposes(course)
    ]


def _purposes(course: Course) -> tuple[Purpose, ...]:
    """Return what to write for a part that is due.

    After a redaction, mail that still waits in the outbox is written again as well, because the redaction removed it.
    """
    if course.standing.sent is None:
        return ("make",)
    return ("again", "correct") if course.redacted_at() is not None else ("correct",)


@plugin.on(MomentDue, HOLD_ENDS)
def release(occasion: Occasion) -> Sequence[Effect]:
    """Order the drafts for the list when the maintainers' time is over."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    now = event.at + event.late
    return [
        prepare(track, course, Order("list", course.plan, now))
        for course in known_courses(occasion.state, track)
        if is_held_back(course.standing)
        and course.standing.made is not None
        and course.standing.made.until is not None
        and course.standing.made.until <= event.at
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
    standing = course_of(state, track, session).standing
    if standing.made is None:
        return False
    known = session.id in standing.covered or not session.records
    if not known or changed_at(session, standing.covered.get(session.id, 0)) is not None:
        return False
    return all(later.redacted_in(session) is None for later in known_courses(state, track))


def known_courses(state: StateView, track: Track) -> list[Course]:
    """Return the parts with a recap or with a session in memory, in order."""
    live = state.of_track(track.slug)
    known = {
        key: Course(standing.made.plan, (), standing)
        for key, standing in standings(
            state.stream(track_stream(track.slug)), days_of(state.setup, track)
        ).items()
        if standing.made is not None
    } | courses(state, track)
    complete = [replace(course, before=_others(live, course)) for course in known.values()]
    return sorted(complete, key=lambda course: course.begun)


def _others(live: Iterable[Session], course: Course) -> tuple[Session, ...]:
    own = {session.id for session in course.sessions}
    return tuple(session for session in live if session.id not in own)
