"""What the index has: the recaps of the public tracks in this gathering, and where each stands."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from bot.api import Setup, StateView, Track
from bot.api.recap import day_of
from plugins.recap.lifecycle.courses import Course, known_courses
from plugins.recap.public_status import PublicStatus, status_of

DAY = timedelta(days=1)


class Progress(Struct, frozen=True):
    """How far the recaps of a track are.

    waiting: how many of them are still to come, or to be sent
    last:    when the list got the last one; None if it got none
    """

    waiting: int
    last: datetime | None


class TrackRow(Struct, frozen=True):
    """A track, how far its recaps are, and where each stands."""

    track: Track
    progress: Progress
    statuses: tuple[PublicStatus, ...]


def rows(state: StateView) -> list[TrackRow]:
    """Return the public tracks with recaps in this gathering. A private track is in no mail that others may read."""
    found = []
    for track in state.setup.tracks:
        known = list(of_this_gathering(state, track)) if track.public else []
        if known:
            statuses = tuple(status_of(state, track, course) for course in known)
            found.append(TrackRow(track, _progress(known), statuses))
    return found


def progress_of(state: StateView, track: Track) -> Progress:
    """Return how far the recaps of a track are in this gathering."""
    return _progress(list(of_this_gathering(state, track)))


def _progress(known: Sequence[Course]) -> Progress:
    went = [at for course in known if (at := _went_out(course)) is not None]
    return Progress(sum(_is_awaited(course) for course in known), max(went, default=None))


def of_this_gathering(state: StateView, track: Track) -> Iterator[Course]:
    """Yield the parts of a track with records in this gathering, by start."""
    days = days_of_gathering(state.setup)
    for course in known_courses(state, track):
        made = course.recap_state.made
        has_records = made.records if made is not None else any(s.records for s in course.sessions)
        if has_records and (not days or not days.isdisjoint(course.plan.days)):
            yield course


def days_of_gathering(setup: Setup) -> frozenset[date]:
    """Return the days of the gathering; none if they are unknown."""
    starts, ends = setup.gathering.starts, setup.gathering.ends
    if starts is None or ends is None:
        return frozenset()
    return frozenset(starts + n * DAY for n in range((ends - starts).days + 1))


def end_of_gathering(setup: Setup) -> datetime | None:
    """Return the end of the gathering's last day; None if that is unknown."""
    ends = setup.gathering.ends
    return datetime.combine(ends + DAY, time(), setup.gathering.zone) if ends is not None else None


def is_over(setup: Setup, at: datetime) -> bool:
    """Whether the last day of the gathering is over."""
    ends = setup.gathering.ends
    return ends is not None and day_of(setup, at) > ends


def _is_awaited(course: Course) -> bool:
    """Whether the list will still get the recap of a part with records, or might, on somebody's word."""
    made = course.recap_state.made
    return made is None or course.is_open or course.recap_state.is_pending


def _went_out(course: Course) -> datetime | None:
    """Return when the list got a recap, or when it was made, if it goes nowhere."""
    recap_state = course.recap_state
    return recap_state.went_at or recap_state.sent_at or recap_state.made_at
