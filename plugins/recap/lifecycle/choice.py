"""Which recap a line to #recap means: its track, its part, its word, and who may say it."""

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.api import Ask, Identity, Role, Session, StateView, Track
from bot.api.events import Power
from bot.api.people import is_chair, is_maintainer, may_see, role_about, role_of
from plugins.recap.lifecycle import moments, phrases
from plugins.recap.lifecycle.courses import Course, known_courses, needs_word

PART = re.compile(r"([1-9][0-9]{0,2})\s+(?=[A-Za-z])")


class RecapLine(Struct, frozen=True):
    """What stands after #recap: a track (in private), the number of a part before the word, the word, and its text."""

    track: Track
    part: str
    word: str
    text: str


def line_of(state: StateView, speaker: Identity, track: Track | None, rest: str) -> RecapLine | str:
    """Read what stands after #recap; in private, where no room tells the track, the answer may be that it must be named.

    track: the track of the room; None in private
    """
    if track is None:
        named = [one for one in _visible(state, speaker) if _begins_with(rest, one.slug)]
        own = named or list(_of_speaker(state, speaker))
        if len(own) != 1:
            slugs = [one.slug for one in own or _visible(state, speaker)]
            return phrases.WHICH_TRACK(tracks=slugs, slug=next(iter(slugs), "TRACK"))
        track = own[0]
        rest = rest[len(track.slug) :].strip() if named else rest
    part = PART.match(rest)
    word, _, text = rest[part.end() if part else 0 :].partition(" ")
    return RecapLine(track, part[1] if part else "", word.lower(), text.strip())


def _begins_with(rest: str, slug: str) -> bool:
    return rest.partition(" ")[0].casefold() == slug.casefold()


def _visible(state: StateView, speaker: Identity) -> list[Track]:
    return [
        track
        for track in state.setup.tracks
        if may_see(state, speaker, track) or is_maintainer(speaker, track, state.persons)
    ]


def _of_speaker(state: StateView, speaker: Identity) -> Iterator[Track]:
    """Yield the tracks that somebody maintains or had a session of; all of them if there is just one."""
    visible = _visible(state, speaker)
    for track in visible:
        sessions = state.of_track(track.slug)
        if (
            len(visible) == 1
            or is_maintainer(speaker, track, state.persons)
            or any(is_chair(session, speaker, state.persons) for session in sessions)
        ):
            yield track


def role_here(ask: Ask, track: Track) -> Role:
    """Return the role of the speaker on a track, without a chair's rights; in private, power in a room counts nothing."""
    power = Power.NONE if ask.room.private else ask.power
    persons = ask.state.persons
    return role_of(ask.speaker, power, setup=ask.setup, track=track, session=None, persons=persons)


def may_decide(ask: Ask, track: Track) -> bool:
    """Whether the speaker may hold, approve and send recaps."""
    return role_here(ask, track) >= Role.MODERATOR or is_maintainer(ask.speaker, track, ask.state.persons)


def role_of_adder(ask: Ask, track: Track, session: Session) -> Role:
    """Return the role of the speaker in what concerns one session of a recap."""
    return role_about(role_here(ask, track), session, ask.speaker, track, ask.state.persons)


def to_change(state: StateView, track: Track, part: str, session: Session | None = None) -> Course | str:
    """Find the part that something is added to: the named one, that of the running session, else the one that waits.

    If none waits, it is the newest one; what is added to it follows as a correction.
    """
    known = known_courses(state, track)
    if part:
        named = [course for course in known if str(course.plan.n) == part]
        return named[0] if named else phrases.NO_SUCH_PART(number=part)
    if session is not None:
        return next(course for course in known if session in course.sessions)
    waiting = [course for course in known if course.recap_state.sent is None]
    if len(waiting) > 1:
        return phrases.which([course.plan for course in waiting], "note")
    return (waiting or known)[-1] if known else phrases.NOTHING_YET


def chosen(
    ask: Ask, track: Track, number: str, *, running: bool = False, unsent: bool = False
) -> Course | str:
    """Find the named part, or the only one that awaits approval; otherwise return the answer.

    running: whether the running session's part is preferred
    unsent:  whether a correction of a sent part does not count
    """
    known = known_courses(ask.state, track)
    if number:
        named = [course for course in known if str(course.plan.n or course.plan.key) == number]
        if not named:
            return phrases.NO_SUCH_PART(number=number)
        return named[0] if named[0].awaits_word else sent_before(ask, track, named[0])
    if running and ask.session is not None:
        return next(course for course in known if ask.session in course.sessions)
    waiting = [c for c in known if (c.recap_state.sent is None if unsent else c.awaits_word)]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        return phrases.which([course.plan for course in waiting])
    return sent_before(ask, track, known[-1]) if known else phrases.NOTHING_YET


def sent_before(ask: Ask, track: Track, course: Course) -> str:
    """Say when a recap was sent, and what comes of changes."""
    sent, at = course.recap_state.sent, course.recap_state.went_at
    if sent is None:
        return phrases.NOTHING_YET
    if at is None or course.recap_state.filed:
        return under_way(ask, track, course)
    return phrases.SENT_BEFORE(
        recap=course.name,
        address=track.list,
        at=when(ask, at),
        draft=sent.draft,
        needs_word=needs_word(ask.setup, track, course),
    )


def under_way(ask: Ask, track: Track, course: Course) -> str:
    """Say that the mail server has not taken a recap, or that there is none."""
    recap_state = course.recap_state
    at = when(ask, recap_state.sent_at or ask.at)
    draft = recap_state.sent is not None and recap_state.sent.draft
    if recap_state.filed:
        return phrases.STANDING_FILED(recap=course.name, address=track.list, at=at, draft=draft)
    return phrases.ON_ITS_WAY(recap=course.name, address=track.list, at=at, draft=draft)


def when(ask: Ask, at: datetime) -> str:
    """Format a time, with its day if that is not today."""
    return moments.when(at, ask.at, ask.setup.gathering.zone)
