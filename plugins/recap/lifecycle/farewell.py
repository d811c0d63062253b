"""The announcement about the recap at the end of a session: where and when it goes."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.api import Missing, Session, Setup, StateView, Track, clock, track_stream
from bot.api.recap import complete_at, days_of
from bot.api.words import minutes_in_words
from plugins.recap.declaration import plugin
from plugins.recap.layout import front, words
from plugins.recap.lifecycle import destination, moments, phrases
from plugins.recap.lifecycle.contents import contents
from plugins.recap.lifecycle.courses import course_of, needs_word
from plugins.recap.lifecycle.deadlines import due_at, pace_of, why_later
from plugins.recap.lifecycle.facts import Goes
from plugins.recap.lifecycle.state import recap_states
from plugins.recap.settings import RecapSettings
from plugins.recap.unrecorded_talk import phrases as talk


@plugin.session.farewell
def farewells(state: StateView, session: Session, at: datetime) -> Iterator[str]:
    """Say where the recap goes if the session ends now."""
    setup, track = state.setup, state.setup.track(session.track)
    if track is None:
        return
    course = course_of(state, track, session)
    sessions = [replace(session, ended=at) if s.id == session.id else s for s in course.sessions]
    settle = setup.of(RecapSettings).settle
    complete = complete_at(setup, track, course.plan, sessions, settle)
    if complete is None:
        yield phrases.AFTER_THE_OTHERS
        return
    zone = setup.gathering.zone
    if course.recap_state.sent is not None:
        if session.records and needs_word(setup, track, course):
            yield phrases.CORRECTION_WILL_WAIT
        elif session.records:
            due = pace_of(state, track).corrected(at)
            yield phrases.CORRECTION_FOLLOWS(at=moments.when(due, at, zone))
        return
    known = recap_states(state.stream(track_stream(track.slug)))
    goes = destination.goes(setup, track, sessions, course.plan.key, known, has_talk=True)
    why = why_later(setup, track, course.plan, at, complete)
    yield _goes(setup, track, goes, moments.when(complete, at, zone), why)


def _goes(setup: Setup, track: Track, goes: Goes, when: str, why: str) -> str:
    match goes:
        case "maintainers":
            hold = destination.hold_of(setup, track)
            return phrases.GOES_TO_MAINTAINERS(
                n=len(track.maintainers),
                address=track.list,
                at=when,
                hold=minutes_in_words(hold) if hold is not None else "",
                approved=track.list if hold is None else "",
                why=why,
            )
        case "talk":
            return talk.WILL_GO(n=len(track.maintainers), at=when)
        case "waits" if destination.hold_of(setup, track) is None:
            return phrases.NEVER_UNREVIEWED
        case "list":
            return phrases.GOES_TO_LIST(address=track.list, at=when, why=why)
        case "waits" if not days_of(setup, track):
            return phrases.NO_DAYS
        case _:
            return phrases.FAREWELLS[goes]


@plugin.session.late_change
def late_changes(state: StateView, session: Session, at: datetime) -> Iterator[str]:
    """Say how the recap takes up what is added after the end of a session."""
    track = state.setup.track(session.track)
    if track is None:
        return
    course, paced = course_of(state, track, session), pace_of(state, track)
    zone = state.setup.gathering.zone
    made, sent = course.recap_state.made, course.recap_state.sent
    if sent is not None and needs_word(state.setup, track, course):
        yield phrases.LATE_WAITS
    elif sent is not None:
        yield phrases.LATE_FOLLOWS(at=moments.when(paced.corrected(at), at, zone))
    elif made is not None:
        yield phrases.LATE_AGAIN
    elif (due := due_at(state, track, course)) is not None:
        yield phrases.LATE_IN_TIME(at=moments.when(due, at, zone))


@plugin.session.against_reopening
def against_reopening(state: StateView, session: Session) -> str | None:
    """Refuse to reopen a session whose recap is made."""
    track = state.setup.track(session.track)
    if track is None or session.id not in course_of(state, track, session).recap_state.covered:
        return None
    return phrases.MADE_ALREADY


@plugin.session.end_check
def missing(state: StateView, session: Session) -> Iterator[Missing]:
    """Report missing links, because people can add them only while they are here."""
    setup, track = state.setup, state.setup.track(session.track)
    if track is None or not session.records:
        return
    course = course_of(state, track, session)
    links = course.recap_state.links
    part = contents(state, track, course.plan, course.sessions, {}, now=session.started, links=links)
    known = front.pointers(part)
    if not known.etherpads:
        yield Missing(phrases.LINK_TO_ETHERPAD, order=10)
    if not known.recordings:
        yield Missing(phrases.LINK_TO_RECORDING, order=11)
    zone = setup.gathering.zone
    for gap in part.gaps:
        since, until = f"{gap.since.astimezone(zone):%H:%M}", clock(gap.until, zone)
        yield Missing(phrases.NOT_HEARD(room=words.room(gap.room), since=since, until=until), order=12)
