"""The command `#recap`, which shows, introduces, holds, approves and sends recaps."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.api import Ask, Effect, Needs, Reply, Role, Track, Write, track_stream
from bot.api.people import is_maintainer
from bot.api.recap import EditorMark, part_of
from plugins.recap.declaration import plugin
from plugins.recap.layout import front
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.courses import Course, known_courses, needs_word
from plugins.recap.lifecycle.deadlines import due_at, prepare, why_later
from plugins.recap.lifecycle.facts import IntroWritten, RecapHeld, RecapLinked

LONGEST_INTRO = 2000
ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
Answer = Callable[[Ask, Track, str], Sequence[Effect]]


@plugin.command(
    "recap",
    usage="#recap [intro text | link URL title | hold | now | approve | send | send!] [part]",
    says="shows where the recap stands; maintainers and moderators introduce, hold, make, approve or send it",
    example="#recap",
    needs=Needs.TRACK,
)
def recap(ask: Ask) -> Sequence[Effect]:
    """Answer `#recap` and its subcommands."""
    track = ask.track
    if track is None:
        return [Reply(ask.usage)]
    word, _, rest = ask.rest.partition(" ")
    verb = VERBS.get(word.lower())
    if not word:
        return [Reply(_status(ask, track))]
    if verb is None:
        return [Reply(ask.usage)]
    if ask.role < Role.MODERATOR and not is_maintainer(ask.speaker, track, ask.state.persons):
        return [Reply(phrases.ONLY_MAINTAINERS)]
    return verb(ask, track, rest.strip())


def introduce(ask: Ask, track: Track, text: str) -> Sequence[Effect]:
    """Write the introduction of the recap."""
    if not text:
        return [Reply(phrases.EMPTY_INTRO)]
    if len(text) > LONGEST_INTRO:
        return [Reply(phrases.TOO_LONG(most=LONGEST_INTRO, length=len(text)))]
    course = _only(ask, track, "", running=True, unsent=True)
    if isinstance(course, str):
        return [Reply(course)]
    fact = Write(IntroWritten(course.plan.key, text), stream=track_stream(track.slug), keep_on_undo=True)
    return [fact, Reply(phrases.INTRODUCED(recap=course.name))]


def link(ask: Ask, track: Track, text: str) -> Sequence[Effect]:
    """Add a link to the front, such as a recording that was published after the session."""
    url = next((word for word in text.split() if ADDRESS.match(word)), "")
    title = " ".join(word for word in text.split() if word != url)
    if not url or len(text) > LONGEST_INTRO:
        return [Reply(phrases.NO_LINK)]
    course = _only(ask, track, "", unsent=True)
    if isinstance(course, str):
        return [Reply(course)]
    fact = Write(RecapLinked(course.plan.key, title, url), stream=track_stream(track.slug), keep_on_undo=True)
    return [fact, Reply(phrases.LINKED(recap=course.name))]


def hold(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Stop the recap until it is approved."""
    course = _only(ask, track, number, running=True)
    if isinstance(course, str):
        return [Reply(course)]
    if course.recap_state.held:
        return [Reply(phrases.HELD_ALREADY(recap=course.name))]
    fact = Write(RecapHeld(course.plan.key), stream=track_stream(track.slug), keep_on_undo=True)
    if course.recap_state.sent is not None:
        return [fact, Reply(phrases.CORRECTION_HELD(recap=course.name))]
    return [fact, Reply(phrases.HELD(recap=course.name))]


def make_now(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Make the recap without waiting for the end of the slot."""
    course = _only(ask, track, number, unsent=True)
    if isinstance(course, str):
        return [Reply(course)]
    if course.is_open:
        return [Reply(phrases.RUNS_STILL)]
    if course.recap_state.made is not None:
        return [Reply(_course(ask, track, course))]
    if not any(session.records for session in course.sessions):
        return [Reply(phrases.NOTHING_TO_MAKE)]
    return [prepare(track, course, course.order("make", ask.at))]


def approve(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Send the recap as approved."""
    return _send(ask, track, number, without_marks=False)


def send_anyway(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Send the recap without its open marks."""
    return _send(ask, track, number, without_marks=True)


VERBS: dict[str, Answer] = {
    "intro": introduce,
    "link": link,
    "hold": hold,
    "now": make_now,
    "approve": approve,
    "approve!": send_anyway,
    "send": approve,
    "send!": send_anyway,
}


def _send(ask: Ask, track: Track, number: str, *, without_marks: bool) -> Sequence[Effect]:
    course = _only(ask, track, number)
    if isinstance(course, str):
        return [Reply(course)]
    if not track.list:
        return [Reply(phrases.NO_LIST)]
    if course.is_open:
        return [Reply(phrases.RUNS_STILL)]
    if course.recap_state.made is None:
        return [Reply(_not_made(ask, track, course))]
    is_sent = course.recap_state.sent is not None
    if course.is_changed_by_others(ask.identities):
        show = course.order("propose" if is_sent else "make", ask.at, shown=True)
        return [prepare(track, course, show)]
    order = course.order("amend" if is_sent else "approve", ask.at, without_marks=without_marks)
    return [prepare(track, course, order)]


def _not_made(ask: Ask, track: Track, course: Course) -> str:
    at = due_at(ask.state, track, course)
    ended = max((session.ended for session in course.sessions if session.ended is not None), default=None)
    if at is None or ended is None:
        return phrases.NOT_MADE_YET
    return phrases.MADE_AT(at=_when(ask, at), why=why_later(ask.setup, track, course.plan, ended, at))


def _only(
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
        return named[0] if named[0].awaits_word else _sent_before(ask, track, named[0])
    if running and ask.session is not None:
        return next(course for course in known if ask.session in course.sessions)
    waiting = [c for c in known if (c.recap_state.sent is None if unsent else c.awaits_word)]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        return phrases.which([course.plan for course in waiting])
    return _sent_before(ask, track, known[-1]) if known else phrases.NOTHING_YET


def _sent_before(ask: Ask, track: Track, course: Course) -> str:
    sent, at = course.recap_state.sent, course.recap_state.went_at
    if sent is None:
        return phrases.NOTHING_YET
    if at is None or course.recap_state.filed:
        return _under_way(ask, track, course)
    return phrases.SENT_BEFORE(
        recap=course.name,
        address=track.list,
        at=_when(ask, at),
        draft=sent.draft,
        needs_word=needs_word(ask.setup, track, course),
    )


def _under_way(ask: Ask, track: Track, course: Course) -> str:
    """Say that the mail server has not taken a recap, or that there is none."""
    recap_state = course.recap_state
    at = _when(ask, recap_state.sent_at or ask.at)
    draft = recap_state.sent is not None and recap_state.sent.draft
    if recap_state.filed:
        return phrases.STANDING_FILED(recap=course.name, address=track.list, at=at, draft=draft)
    return phrases.ON_ITS_WAY(recap=course.name, address=track.list, at=at, draft=draft)


def _when(ask: Ask, at: datetime) -> str:
    return phrases.when(at, ask.at, ask.setup.gathering.zone)


def _status(ask: Ask, track: Track) -> str:
    """Describe the state of the newest recap and what it lacks."""
    known = known_courses(ask.state, track)
    if not known:
        return phrases.NOTHING_YET
    course = next((course for course in known if ask.session in course.sessions), known[-1])
    if course.recap_state.sent is not None:
        status = _sent(ask, track, course)
    else:
        status = "; ".join(filter(None, (_course(ask, track, course), _content(ask, track, course))))
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
        text = _under_way(ask, track, course)
    else:
        text = _standing_sent(ask, track, course, at)
    if not course.has_correction:
        return text
    if needs_word(ask.setup, track, course):
        mailed = len(track.maintainers) if recap_state.proposed is not None else 0
        return phrases.CORRECTION_WAITS(sent=text, n=mailed)
    due = due_at(ask.state, track, course)
    return phrases.CORRECTION_GOES(sent=text, at=_when(ask, due)) if due is not None else text


def _standing_sent(ask: Ask, track: Track, course: Course, at: datetime) -> str:
    recap_state = course.recap_state
    return phrases.STANDING_SENT(
        recap=course.name,
        address=track.list,
        at=_when(ask, at),
        draft=recap_state.sent is not None and recap_state.sent.draft,
        n=sum(bool(correction.message_id) for correction in recap_state.corrections),
    )


def _course(ask: Ask, track: Track, course: Course) -> str:
    """Say where and when an unsent recap will go."""
    made = course.recap_state.made
    if course.recap_state.held:
        return phrases.HELD(recap=course.name)
    if made is not None:
        empty = phrases.MADE_EMPTY(recap=phrases.name(made.plan), is_empty=made.goes == "nothing")
        return phrases.made(track, made, ask.setup.gathering.zone) or empty
    if course.is_open:
        return phrases.MADE_WHEN_OVER(recap=course.name, address=track.list)
    return _not_made(ask, track, course)


def _content(ask: Ask, track: Track, course: Course) -> str:
    """Describe the content of a recap and what it lacks; if its sessions are not in memory, as it was made."""
    made = course.recap_state.made
    if not course.sessions or (
        made is not None and set(course.recap_state.covered) - {s.id for s in course.sessions}
    ):
        return phrases.record_numbers(made.records, made.marks, made.missing) if made is not None else ""
    part = part_of(
        ask.setup,
        track,
        course.plan,
        course.sessions,
        ask.register.kinds,
        now=ask.at,
        links=course.recap_state.links,
        proven=ask.state.persons,
    )
    given = ask.register.blocks(part)
    lacking = [what for session in course.sessions for what in ask.register.missing(ask.state, session)]
    lacking += [block.text.removesuffix(".") for block in given if isinstance(block, EditorMark)]
    return phrases.record_numbers(len(part.records), front.marks(part, given), list(dict.fromkeys(lacking)))
