"""What is said of the recap when a session ends: where it goes, and when."""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.api import Missing, Session, Setup, StateView, Track
from bot.api.recap import complete_at, part_of
from bot.api.words import minutes_in_words
from plugins.recap.layout import front
from plugins.recap.lifecycle import destination, phrases
from plugins.recap.lifecycle.deadlines import course_of
from plugins.recap.lifecycle.facts import Goes
from plugins.recap.settings import RecapSettings


def farewells(state: StateView, session: Session, at: datetime) -> Iterator[str]:
    """Where the recap goes if the session ends now."""
    setup, track = state.setup, state.setup.track(session.track)
    if track is None:
        return
    course = course_of(state, track, session)
    told = [replace(session, ended=at) if one.id == session.id else one for one in course.sessions]
    settle = setup.of(RecapSettings).settle
    complete = complete_at(setup, track, course.plan, told, settle)
    if complete is None:
        yield phrases.AFTER_THE_OTHERS
        return
    zone = setup.gathering.zone
    if course.standing.sent is not None:
        if session.records:
            yield phrases.CORRECTION_FOLLOWS(at=phrases.when(at + settle, at, zone))
        return
    goes = destination.goes(setup, track, told, course.standing)
    yield _goes(setup, track, goes, phrases.when(complete, at, zone))


def _goes(setup: Setup, track: Track, goes: Goes, when: str) -> str:
    match goes:
        case "maintainers":
            hold = minutes_in_words(destination.hold_of(setup, track))
            return phrases.GOES_TO_MAINTAINERS(
                n=len(track.maintainers), address=track.list, at=when, hold=hold
            )
        case "list":
            return phrases.GOES_TO_LIST(address=track.list, at=when)
        case _:
            return phrases.FAREWELLS[goes]


def against_reopening(state: StateView, session: Session) -> str | None:
    """A session whose recap is made stays ended."""
    track = state.setup.track(session.track)
    if track is None or session.id not in course_of(state, track, session).standing.covered:
        return None
    return phrases.MADE_ALREADY


def missing(state: StateView, session: Session) -> Iterator[Missing]:
    """The links that a recap needs, and that can be made only while people are there."""
    setup, track = state.setup, state.setup.track(session.track)
    if track is None or not session.records:
        return
    course = course_of(state, track, session)
    part = part_of(
        setup, track, course.plan, course.sessions, {}, now=session.started, links=course.standing.links
    )
    known = front.pointers(part)
    if not known.etherpads:
        yield Missing(phrases.LINK_TO_ETHERPAD, order=10)
    if not known.recordings:
        yield Missing(phrases.LINK_TO_RECORDING, order=11)
