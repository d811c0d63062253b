"""The parts of a gathering with their sessions in memory and the state of their recaps."""

from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Identity, Session, Setup, StateView, Track, track_stream
from bot.api.people import same_rights
from bot.api.recap import Planned, days_of
from plugins.recap.lifecycle import destination, phrases
from plugins.recap.lifecycle.content_changes import (
    added_since,
    changed_at,
    redacted_at,
    redacted_before,
    talk_redacted_at,
)
from plugins.recap.lifecycle.orders import Order, Purpose
from plugins.recap.lifecycle.plans import plan_of
from plugins.recap.lifecycle.state import RecapState, recap_states


class Course(Struct, frozen=True):
    """A part of the gathering, its sessions in memory, and the track's other sessions in memory (`before`)."""

    plan: Planned
    sessions: tuple[Session, ...]
    recap_state: RecapState
    before: tuple[Session, ...] = ()

    @property
    def name(self) -> str:
        """The name of the recap for use in a sentence."""
        return phrases.name(self.plan)

    @property
    def session_ids(self) -> tuple[str, ...]:
        """The ids of all its sessions, in memory or not."""
        return tuple(dict.fromkeys([*self.recap_state.covered, *(session.id for session in self.sessions)]))

    def order(
        self,
        purpose: Purpose,
        now: datetime,
        *,
        without_marks: bool = False,
        shown: bool = False,
        asked: bool = False,
    ) -> Order:
        """Return an order to write its recap or the next correction."""
        number = self.recap_state.next_correction
        return Order(purpose, self.plan, now, number, without_marks, shown, asked)

    @property
    def awaits_word(self) -> bool:
        """Whether there is something that somebody can approve."""
        return self.recap_state.sent is None or self.has_correction

    @property
    def is_open(self) -> bool:
        """Whether a session of the part is running."""
        return any(session.ended is None for session in self.sessions)

    def is_new(self, session: Session) -> bool:
        """Whether the newest version of the recap lacks this session; talk counts as long as nothing was recorded."""
        made = self.recap_state.made
        is_first = made is not None and not made.records and self.recap_state.sent is None
        is_talk = is_first and session.ended is not None and len(session.heard) > 1
        return session.id not in self.recap_state.covered and (bool(session.records) or is_talk)

    @property
    def has_correction(self) -> bool:
        """Whether the list does not have everything of a sent recap."""
        sent, proposed = self.recap_state.sent, self.recap_state.proposed
        return sent is not None and (proposed is not None or self.changed_at() is not None)

    def is_changed_by_others(self, asker: Collection[Identity]) -> bool:
        """Whether somebody else than the asker added something since the newest version was written."""
        covered = self.recap_state.covered
        own = [s for s in self.sessions if s.id in covered or self.is_new(s)]
        added = [entry.by for s in own for entry in added_since(s, covered.get(s.id, 0))]
        added += self.recap_state.editors
        return any(not _is_by(who, asker) for who in added)

    def changed_at(self) -> datetime | None:
        """Return the last change since the newest version was written, or None."""
        covered = self.recap_state.covered
        moments = [changed_at(session, covered.get(session.id, 0)) for session in self.sessions]
        moments += [session.ended for session in self.sessions if self.is_new(session)]
        moments.append(self.recap_state.unwritten_edit)
        return max((moment for moment in moments if moment is not None), default=None)

    def redacted_at(self) -> datetime | None:
        """Return the last redaction of text in the newest version, or None."""
        covered, rewritten = self.recap_state.covered, self.recap_state.rewritten
        known = [session for session in self.sessions if session.id in covered]
        moments = [redacted_at(s, max(covered[s.id], rewritten.get(s.id, 0))) for s in known]
        moments += [talk_redacted_at(self.recap_state, session) for session in known]
        moments += [self.recap_state.removed_at] if self.recap_state.made is not None else []
        moments += [self.redacted_in(session) for session in self.before]
        return max((moment for moment in moments if moment is not None), default=None)

    def redacted_in(self, session: Session) -> datetime | None:
        """Return the last redaction in an earlier session that the newest version may quote, or None."""
        return redacted_before(self.recap_state, self.begun, session) if self.recap_state.made else None

    @property
    def begun(self) -> datetime:
        """The start of its first session."""
        made = self.recap_state.made
        return min([*([made.started] if made else []), *(session.started for session in self.sessions)])


def courses(state: StateView, track: Track) -> dict[str, Course]:
    """Return the parts of a track with sessions in memory, by key."""
    entries = state.stream(track_stream(track.slug))
    recap_state = recap_states(entries)
    live = state.of_track(track.slug)
    found: dict[str, Course] = {}
    for session in live:
        plan = plan_of(state.setup, track, session, live, entries)
        known = found.get(plan.key)
        sessions = (*known.sessions, session) if known is not None else (session,)
        found[plan.key] = Course(plan, sessions, recap_state.get(plan.key, RecapState(plan.key)))
    return found


def course_of(state: StateView, track: Track, session: Session) -> Course:
    """Return the part of a session in memory."""
    entries = state.stream(track_stream(track.slug))
    key = plan_of(state.setup, track, session, state.of_track(track.slug), entries).key
    return courses(state, track)[key]


def known_courses(state: StateView, track: Track) -> list[Course]:
    """Return the parts with a recap or with a session in memory, in order."""
    live = state.of_track(track.slug)
    known = {
        key: Course(recap_state.made.plan, (), recap_state)
        for key, recap_state in recap_states(
            state.stream(track_stream(track.slug)), days_of(state.setup, track)
        ).items()
        if recap_state.made is not None
    } | courses(state, track)
    complete = [replace(course, before=_others(live, course)) for course in known.values()]
    return sorted(complete, key=lambda course: course.begun)


def _others(live: Iterable[Session], course: Course) -> tuple[Session, ...]:
    own = {session.id for session in course.sessions}
    return tuple(session for session in live if session.id not in own)


def needs_word(setup: Setup, track: Track, course: Course) -> bool:
    """Whether a correction goes to the list only when a maintainer or a moderator approves it."""
    return (
        bool(track.maintainers)
        or course.recap_state.approved
        or course.recap_state.held
        or destination.hold_of(setup, track) is None
        or destination.waits(setup, track, course.sessions)
    )


def _is_by(by: Identity | None, people: Collection[Identity]) -> bool:
    return by is not None and any(same_rights(by, each) for each in people)
