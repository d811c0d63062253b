"""`#recap take 3.2 as action` makes a line that the maintainers' draft shows a record, in the words of its author."""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from bot.api import Ask, Effect, Kind, Reply, Role, Session, StateView, Write
from bot.api.events import Quoted
from bot.api.facts import Moved, Recorded
from bot.api.people import plain_name
from bot.api.recap import fold
from bot.api.records import recorded_words
from plugins.recap.declaration import SUMMARY
from plugins.recap.lifecycle.additions import kind_named, why_not_change, with_outlook
from plugins.recap.lifecycle.choice import RecapLine, role_here, role_of_adder, to_change
from plugins.recap.lifecycle.courses import Course
from plugins.recap.lifecycle.phrases import NOTHING_YET, ONLY_MAINTAINERS, placed
from plugins.recap.unrecorded_talk import phrases

WORD = "take"
TAKE = re.compile(
    r"([0-9]{1,4}\.[0-9]{1,2})(?:\s+(?:as\s+)?(?:an?\s+)?#?([a-z]+)(?:\s+(?:for\s+)?(.+))?)?", re.IGNORECASE
)
NOTE = "info"


def named_lines(state: StateView, line: RecapLine) -> Iterable[tuple[str, int]]:
    """Yield the session and the number in its log of the line that is to be taken."""
    course = to_change(state, line.track, line.part)
    found = TAKE.fullmatch(line.text)
    if line.word == WORD and found is not None and not isinstance(course, str):
        yield from ((session, n) for label, session, n in _shown(course) if label == found[1])


def _shown(course: Course) -> tuple[tuple[str, str, int], ...]:
    return course.recap_state.made.unrecorded if course.recap_state.made is not None else ()


def take(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Make a line a record of a kind, at the place where it was said."""
    course = to_change(ask.state, line.track, line.part, ask.session)
    if isinstance(course, str):
        return [Reply(course)]
    found = TAKE.fullmatch(line.text)
    kind = kind_named(ask, (found[2] or NOTE).lower()) if found is not None else None
    if found is None or kind is None or kind.word == SUMMARY.word:
        return [Reply(phrases.USAGE)]
    refused = why_not_change(ask, line, course) or _why_not(ask, line, course, kind, found[1])
    if refused:
        return [Reply(refused)]
    quoted = ask.quoted[0]
    session = ask.state.session(quoted.session)
    if session is None:
        return [Reply(NOTHING_YET)]
    there = replace(ask, session=session, track=line.track, role=role_of_adder(ask, line.track, session))
    words = kind.adopted(there, quoted, found[3] or "")
    fact = recorded_words(there, kind, quoted, words) if words else phrases.USAGE
    return [Reply(fact)] if isinstance(fact, str) else _recorded(ask, session, fact, quoted, found[1])


def _why_not(ask: Ask, line: RecapLine, course: Course, kind: Kind, label: str) -> str:
    """Return why a line cannot be taken; empty if it can."""
    if kind.role > Role.CHAIR and role_here(ask, line.track) < kind.role:
        return ONLY_MAINTAINERS
    labels = [known for known, _, _ in _shown(course)]
    if not labels:
        return phrases.NO_DRAFT
    if label not in labels or not ask.quoted:
        return phrases.NO_SUCH_LINE(label=label, labels=labels)
    return "" if ask.quoted[0].text else phrases.LINE_IS_GONE(label=label)


def _recorded(ask: Ask, session: Session, fact: Recorded, quoted: Quoted, label: str) -> Sequence[Effect]:
    """Record the line where the session was when it was said."""
    then = fold([entry for entry in session.entries if entry.at <= quoted.origin.at], session.voided)
    moved = Moved(fact.n, then.topic_id, then.team, then.subtopic)
    topic = session.topic_named(then.topic_id) if then.topic_id is not None else None
    place = placed(int(label.partition(".")[0]), topic.title if topic is not None else "", then.team)
    text = phrases.TAKEN(
        n=fact.n,
        kind=fact.kind,
        place=place,
        author=plain_name(quoted.origin.by.name),
        text=fact.content.text,
    )
    return [
        Write(fact, stream=session.id),
        Write(moved, stream=session.id),
        Reply(with_outlook(ask, session, text)),
    ]
