"""The way back: the newest change of a recap after the end of its sessions is undone, step by step."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from bot.api import Ask, Effect, Entry, Identity, Reply, Session, Write, track_stream
from bot.api.facts import Moved, Recorded, Revised, SubtopicRetitled, TopicRetitled, Voided, Withdrawn
from bot.api.people import same_rights
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.additions import why_not_change, with_outlook
from plugins.recap.lifecycle.choice import RecapLine, may_decide, to_change
from plugins.recap.lifecycle.courses import Course
from plugins.recap.lifecycle.facts import FrontUndone, IntroWritten, PostingUndone, RecapLinked
from plugins.recap.lifecycle.state import without_undone

CHANGES = (Recorded, Revised, Withdrawn, Moved, TopicRetitled, SubtopicRetitled)


class Step(Struct, frozen=True):
    """A change that can be undone: when it came, from whom and by which message, the fact that undoes it, where that is written, and what it is called."""

    at: datetime
    by: Identity | None
    fact: object
    stream: str
    says: tuple[str, ...]
    cause: str = ""


def undo(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Take back the newest change."""
    course = to_change(ask.state, line.track, line.part)
    if isinstance(course, str):
        return [Reply(course)]
    steps = [*_of_sessions(course), *_of_the_front(ask, line, course), *_of_posting(ask, line, course)]
    refused = why_not_change(ask, line, course)
    if refused:
        steps = [step for step in steps if _is_by(step, ask)]
    if refused and not steps:
        return [Reply(refused)]
    if not steps:
        return [Reply(phrases.NOTHING_TO_UNDO(recap=course.name))]
    newest = max(steps, key=lambda step: step.at)
    taken = [step for step in steps if step is newest or _are_of_one_message(step.cause, newest.cause)]
    undone = phrases.UNDONE(what=[what for step in taken for what in step.says])
    is_change = course.sessions and not isinstance(newest.fact, PostingUndone)
    text = with_outlook(ask, course.sessions[-1], undone) if is_change else undone
    return [*(Write(step.fact, stream=step.stream, keep_on_undo=True) for step in taken), Reply(text)]


def _are_of_one_message(one: str, other: str) -> bool:
    """Whether two changes came with one message; its facts about the front have a longer cause."""
    return bool(one and other) and (f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/"))


def _is_by(step: Step, ask: Ask) -> bool:
    by = step.by
    return by is not None and any(same_rights(by, identity) for identity in ask.identities)


def _of_sessions(course: Course) -> Iterator[Step]:
    """Yield the changes of each session after its end, one for each message."""
    for session in course.sessions:
        late: dict[str, list[Entry]] = {}
        for entry in session.live():
            if session.ended is not None and entry.at >= session.ended and isinstance(entry.fact, CHANGES):
                late.setdefault(entry.cause, []).append(entry)
        for cause, entries in late.items():
            says = dict.fromkeys(_called(session, entry) for entry in entries)
            yield Step(
                entries[-1].at, entries[-1].by, Voided(cause), session.id, tuple(filter(None, says)), cause
            )


def _called(session: Session, entry: Entry) -> str:
    """Return what a change is called; the place of a new record is none of its own."""
    match entry.fact:
        case Recorded(n=n):
            record = session.record(n)
            return phrases.THE_RECORD(n=n, text=phrases.quoted(record.text)) if record else f"#{n}"
        case Withdrawn(n=n):
            return phrases.THE_DROP(n=n)
        case Revised(n=n):
            return phrases.THE_EDIT(n=n)
        case Moved(n=n):
            is_new = any(
                isinstance(e.fact, Recorded) and e.fact.n == n and e.cause == entry.cause
                for e in session.entries
            )
            return "" if is_new else phrases.THE_MOVE(n=n)
        case _:
            return phrases.THE_TITLE


def _of_the_front(ask: Ask, line: RecapLine, course: Course) -> Iterator[Step]:
    """Yield the newest change of the introduction or the links."""
    stream = track_stream(line.track.slug)
    entries = ask.state.stream(stream)
    voided = without_undone(entries)
    own = [
        (entry, entry.fact)
        for entry in entries
        if isinstance(entry.fact, IntroWritten | RecapLinked)
        and entry.fact.part == course.plan.key
        and entry.cause not in voided
    ]
    if own:
        newest, fact = own[-1]
        says = [_called_in_front(fact) for entry, fact in own if entry.cause == newest.cause]
        undone = FrontUndone(fact.part, newest.cause)
        yield Step(newest.at, newest.by, undone, stream, tuple(says), newest.cause)


def _called_in_front(fact: IntroWritten | RecapLinked) -> str:
    return phrases.THE_INTRO if isinstance(fact, IntroWritten) else phrases.THE_LINK(url=fact.url)


def _of_posting(ask: Ask, line: RecapLine, course: Course) -> Iterator[Step]:
    """Yield that the recap was noted as sent by hand; without that it is held, so that nobody gets it unasked."""
    recap_state = course.recap_state
    if recap_state.posted is None or recap_state.corrections or not may_decide(ask, line.track):
        return
    stream, fact = track_stream(line.track.slug), PostingUndone(recap_state.part)
    yield Step(recap_state.sent_at or ask.at, None, fact, stream, (phrases.THE_POSTING,))
