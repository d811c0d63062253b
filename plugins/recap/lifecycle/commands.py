"""The command `#recap`, which shows, changes, holds, approves and sends recaps."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from bot.api import Ask, Effect, Needs, Reply, StateView, Track, Write, track_stream
from bot.api.events import Message
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.additions import (
    add,
    drop,
    kind_named,
    move,
    names_place,
    why_not_change,
    with_outlook,
)
from plugins.recap.lifecycle.choice import (
    RecapLine,
    chosen,
    line_of,
    may_decide,
    to_change,
)
from plugins.recap.lifecycle.courses import known_courses
from plugins.recap.lifecycle.deadlines import prepare
from plugins.recap.lifecycle.facts import LONGEST_INTRO, IntroWritten, RecapHeld, RecapLinked
from plugins.recap.lifecycle.postings import note_sent
from plugins.recap.lifecycle.status import not_made, standing, status
from plugins.recap.lifecycle.ways_back import undo
from plugins.recap.mending.acceptance import accept, courses_meant, dismiss
from plugins.recap.mending.pad_texts import pad
from plugins.recap.review.phrases import INTRO_REMOVED
from plugins.recap.review.record_edits import edit
from plugins.recap.review.typed_lines import in_lines
from plugins.recap.unopened_drafts.reminder import opened
from plugins.recap.unrecorded_talk import take_command

NO_INTRO = "-"
USAGE = (
    "#recap [now | hold | approve | send | send! | sent URL] [part], or #recap [part] "
    "[intro text | link URL title | KIND TOPIC text | take LINE as KIND | edit N text | drop N | move N to TOPIC | undo | pad URL | accept [drop] | dismiss]"
)
TO_TOPIC = re.compile(r'[0-9]+(?:/\S+)?[.:]?\s|"')
WORDS_AND_ADDRESS = re.compile(r"[^:]{3,60}:\s+https?://\S", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
Answer = Callable[[Ask, Track, str], Sequence[Effect]]
Change = Callable[[Ask, RecapLine], Sequence[Effect]]


def needed(state: StateView, message: Message, rest: str) -> Iterable[str]:
    """Return the sessions of the recap that a line changes; they may have left memory."""
    room, session = message.room, state.running(message.room.id)
    track = None if room.private else state.setup.track_in(room.id, session)
    if track is None and not room.private:
        return ()
    line = line_of(state, message.speaker, track, rest)
    if isinstance(line, str) or line.word in {"", "sent", *DECISIONS}:
        return ()
    if line.word in {"drop", "move", "edit"}:
        return [name for course in known_courses(state, line.track) for name in course.session_ids]
    if line.word in {"accept", "dismiss"}:
        return [name for course in courses_meant(state, line.track, line.part) for name in course.session_ids]
    course = to_change(state, line.track, line.part)
    return () if isinstance(course, str) else course.session_ids


def named_lines(state: StateView, message: Message, rest: str) -> Iterable[tuple[str, int]]:
    """Return the lines of the log that a line makes records."""
    room, session = message.room, state.running(message.room.id)
    track = None if room.private else state.setup.track_in(room.id, session)
    if track is None and not room.private:
        return ()
    line = line_of(state, message.speaker, track, rest)
    return () if isinstance(line, str) else take_command.named_lines(state, line)


@plugin.command(
    "recap",
    usage=USAGE,
    says="shows where the recap stands; chairs and maintainers add to it, maintainers and moderators send it",
    example="#recap",
    needs=Needs.TRACK_OR_PRIVATE,
    takes_lines=True,
    sessions=needed,
    log_lines=named_lines,
)
def recap(ask: Ask) -> Sequence[Effect]:
    """Answer `#recap` and its words."""
    line = line_of(ask.state, ask.speaker, ask.track, in_lines(ask.rest))
    if isinstance(line, str):
        return [Reply(line)]
    return [*opened(ask, line.track), *_answered(ask, line)]


def _answered(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    if not line.word:
        return [Reply(status(ask, line.track))]
    change, decision = _change(ask, line.word), DECISIONS.get(line.word)
    if change is not None:
        return change(ask, line)
    if decision is None:
        return [Reply(phrases.USUAL_WORDS)]
    if not may_decide(ask, line.track):
        return [Reply(phrases.ONLY_MAINTAINERS)]
    return decision(ask, line.track, line.part or line.text)


def _change(ask: Ask, word: str) -> Change | None:
    """Return what a word changes in a recap; None if it changes nothing."""
    kind = kind_named(ask, word)
    return CHANGES.get(word) or (partial(add, kind=kind) if kind is not None else None)


def introduce(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Write the introduction of the recap."""
    text = "\n".join(filter(None, (*line.text.split("\n"), *ask.below)))
    if not text:
        return [Reply(phrases.EMPTY_INTRO)]
    if text == NO_INTRO:
        return _in_front(
            ask, line, lambda part: IntroWritten(part, ""), lambda recap: INTRO_REMOVED(recap=recap)
        )
    if len(text) > LONGEST_INTRO:
        return [Reply(phrases.TOO_LONG(most=LONGEST_INTRO, length=len(text)))]
    return _in_front(
        ask, line, lambda part: IntroWritten(part, text), lambda recap: phrases.INTRODUCED(recap=recap)
    )


def link(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Add a link: to a topic if one is named by its number, in quotes, or by words before a colon, else to the front."""
    kind = kind_named(ask, "link")
    is_named = WORDS_AND_ADDRESS.match(line.text) is not None and names_place(ask, line)
    if kind is not None and (is_named or TO_TOPIC.match(line.text)):
        return add(ask, line, kind)
    url = next((word for word in line.text.split() if ADDRESS.match(word)), "")
    title = " ".join(word for word in line.text.split() if word != url)
    if not url or len(line.text) > LONGEST_INTRO:
        return [Reply(phrases.NO_LINK)]
    return _in_front(
        ask, line, lambda part: RecapLinked(part, title, url), lambda recap: phrases.LINKED(recap=recap)
    )


def _in_front(
    ask: Ask, line: RecapLine, fact: Callable[[str], object], answer: Callable[[str], str]
) -> Sequence[Effect]:
    """Write a fact about the front of a recap."""
    course = to_change(ask.state, line.track, line.part, ask.session)
    if isinstance(course, str):
        return [Reply(course)]
    refused = why_not_change(ask, line, course)
    if refused:
        return [Reply(refused)]
    text = answer(course.name)
    if course.recap_state.sent is not None and course.sessions:
        text = with_outlook(ask, course.sessions[-1], text)
    written = Write(fact(course.plan.key), stream=track_stream(line.track.slug), keep_on_undo=True)
    return [written, Reply(text)]


def hold(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Stop the recap until it is approved."""
    course = chosen(ask, track, number, running=True)
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
    course = chosen(ask, track, number, unsent=True)
    if isinstance(course, str):
        return [Reply(course)]
    if course.is_open:
        return [Reply(phrases.RUNS_STILL)]
    made = course.recap_state.made
    may_have_talk = made is not None and made.goes == "nothing" and track.maintainers
    if made is not None and not may_have_talk:
        return [Reply(standing(ask, track, course))]
    if not any(session.records for session in course.sessions) and not track.maintainers:
        return [Reply(phrases.NOTHING_TO_MAKE)]
    return [prepare(track, course, course.order("make", ask.at, asked=True))]


def approve(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Send the recap as approved."""
    return _send(ask, track, number, without_marks=False)


def send_anyway(ask: Ask, track: Track, number: str) -> Sequence[Effect]:
    """Send the recap without its open marks."""
    return _send(ask, track, number, without_marks=True)


CHANGES: dict[str, Change] = {
    "intro": introduce,
    "link": link,
    "drop": drop,
    "move": move,
    "edit": edit,
    "undo": undo,
    "sent": note_sent,
    "pad": pad,
    "accept": accept,
    "dismiss": dismiss,
    take_command.WORD: take_command.take,
}
DECISIONS: dict[str, Answer] = {
    "hold": hold,
    "now": make_now,
    "approve": approve,
    "approve!": send_anyway,
    "send": approve,
    "send!": send_anyway,
}


def _send(ask: Ask, track: Track, number: str, *, without_marks: bool) -> Sequence[Effect]:
    course = chosen(ask, track, number)
    if isinstance(course, str):
        return [Reply(course)]
    if not track.list:
        return [Reply(phrases.NO_LIST)]
    if course.is_open:
        return [Reply(phrases.RUNS_STILL)]
    if course.recap_state.made is None:
        return [Reply(not_made(ask, track, course))]
    is_sent = course.recap_state.sent is not None
    if course.is_changed_by_others(ask.identities):
        show = course.order("propose" if is_sent else "make", ask.at, shown=True)
        return [prepare(track, course, show)]
    order = course.order("amend" if is_sent else "approve", ask.at, without_marks=without_marks)
    return [prepare(track, course, order)]
