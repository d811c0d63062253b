"""Where a recap stands and what it lacks, in the words of `#recap` alone."""

from datetime import datetime

from bot.api import Ask, Track
from bot.api.recap import EditorMark
from plugins.recap.archive.whereabouts import with_whereabouts
from plugins.recap.layout import front
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.choice import under_way, when
from plugins.recap.lifecycle.contents import contents
from plugins.recap.lifecycle.courses import Course, known_courses, needs_word
from plugins.recap.lifecycle.deadlines import due_at, why_later
from plugins.recap.mending.proposals import mended_texts


def not_made(ask: Ask, track: Track, course: Course) -> str:
    """Say when a recap is made."""
    at = due_at(ask.state, track, course)
    ended = max((session.ended for session in course.sessions if session.ended is not None), default=None)
    if at is None or ended is None:
        return phrases.NOT_MADE_YET
    return phrases.MADE_AT(at=when(ask, at), why=why_later(ask.setup, track, course.plan, ended, at))


def status(ask: Ask, track: Track) -> str:
    """Describe the state of the newest recap and what it lacks."""
    known = known_courses(ask.state, track)
    if not known:
        return phrases.NOTHING_YET
    course = next((course for course in known if ask.session in course.sessions), known[-1])
    if course.recap_state.sent is not None:
        status = _sent(ask, track, course)
    else:
        status = "; ".join(filter(None, (standing(ask, track, course), _content(ask, track, course))))
    status = "; ".join((status, *mended_texts(ask.state, track)))
    waiting = [_waiting(other) for other in known if other is not course]
    recaps = [name for name in waiting if name]
    return f"{status}; {phrases.WAITING(recaps=recaps)}" if recaps else status


def _waiting(course: Course) -> str:
    """Return the name of what waits in another part; empty if nothing does."""
    name = course.name.removesuffix(",")
    if course.recap_state.is_pending:
        return name
    return phrases.CORRECTION_OF(recap=name) if course.has_correction else ""


def _sent(ask: Ask, track: Track, course: Course) -> str:
    """Say when a recap was sent, and whether a correction waits."""
    recap_state = course.recap_state
    at = recap_state.went_at
    if at is None or recap_state.filed:
        text = under_way(ask, track, course)
    else:
        text = with_whereabouts(ask, track, recap_state, _standing_sent(ask, track, course, at))
    if not course.has_correction:
        return text
    if needs_word(ask.setup, track, course):
        mailed = len(track.maintainers) if recap_state.proposed is not None else 0
        return phrases.CORRECTION_WAITS(sent=text, n=mailed)
    due = due_at(ask.state, track, course)
    return phrases.CORRECTION_GOES(sent=text, at=when(ask, due)) if due is not None else text


def _standing_sent(ask: Ask, track: Track, course: Course, at: datetime) -> str:
    recap_state = course.recap_state
    n = sum(bool(correction.message_id) for correction in recap_state.corrections)
    if recap_state.posted is not None:
        return phrases.STANDING_POSTED(recap=course.name, at=when(ask, at), url=recap_state.posted.url, n=n)
    return phrases.STANDING_SENT(
        recap=course.name,
        address=track.list,
        at=when(ask, at),
        draft=recap_state.sent is not None and recap_state.sent.draft,
        n=n,
    )


def standing(ask: Ask, track: Track, course: Course) -> str:
    """Say where and when an unsent recap will go."""
    made = course.recap_state.made
    if course.recap_state.held:
        return phrases.HELD(recap=course.name)
    if made is not None:
        empty = phrases.MADE_EMPTY(recap=phrases.name(made.plan), is_empty=made.goes == "nothing")
        return phrases.made(track, made, ask.setup.gathering.zone) or empty
    if course.is_open:
        return phrases.MADE_WHEN_OVER(recap=course.name, address=track.list)
    return not_made(ask, track, course)


def _content(ask: Ask, track: Track, course: Course) -> str:
    """Describe the content of a recap and what it lacks; if its sessions are not in memory, as it was made."""
    made = course.recap_state.made
    if not course.sessions or (
        made is not None and set(course.recap_state.covered) - {s.id for s in course.sessions}
    ):
        return phrases.record_numbers(made.records, made.marks, made.missing) if made is not None else ""
    part = contents(
        ask.state,
        track,
        course.plan,
        course.sessions,
        ask.register.kinds,
        now=ask.at,
        links=course.recap_state.links,
    )
    given = ask.register.blocks(part)
    lacking = [what for session in course.sessions for what in ask.register.missing(ask.state, session)]
    lacking += [block.text.removesuffix(".") for block in given if isinstance(block, EditorMark)]
    return phrases.record_numbers(len(part.records), front.marks(part, given), list(dict.fromkeys(lacking)))
