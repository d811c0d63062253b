"""What chairs and maintainers add to a recap, and take out of it again, when its sessions are over."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Ask, Effect, Kind, RecordedItem, Reply, Role, Session, Write
from bot.api.facts import Moved, Recorded, Revised, Withdrawn
from bot.api.people import is_author, plain_name
from bot.api.recap import Part, part_of
from bot.api.records import understood, why_not
from bot.api.words import paragraphs_of
from plugins.recap.declaration import SUMMARY
from plugins.recap.lifecycle import phrases
from plugins.recap.lifecycle.choice import RecapLine, may_decide, role_here, role_of_adder, to_change
from plugins.recap.lifecycle.courses import Course, courses
from plugins.recap.lifecycle.placement import Place, place_in, place_named

TO = re.compile(r"(?:to\s+)?(?:(?:topic|team)\s+)?", re.IGNORECASE)


class Addition(Struct, frozen=True):
    """What somebody wants to add: texts of a kind, at a place."""

    kind: Kind
    place: Place
    texts: tuple[str, ...]


def kind_named(ask: Ask, word: str) -> Kind | None:
    """Return the kind of record that a word or another name of it means; kinds that only votes make are none."""
    for kind in ask.register.kinds.values():
        if kind.typed and word in {kind.word, *kind.aliases}:
            return kind
    return None


def why_not_change(ask: Ask, line: RecapLine, course: Course) -> str:
    """Return why the speaker may add nothing to a recap; empty if they may."""
    if may_decide(ask, line.track):
        return ""
    if any(role_of_adder(ask, line.track, session) >= Role.CHAIR for session in course.sessions):
        return ""
    chairs = dict.fromkeys(chair.name for session in course.sessions for chair in session.chairs)
    return phrases.ONLY_ADDERS(chairs=list(chairs))


def add(ask: Ask, line: RecapLine, kind: Kind) -> Sequence[Effect]:
    """Add records of a kind, or a summary, to the topic that is named."""
    course = to_change(ask.state, line.track, line.part, ask.session)
    if isinstance(course, str):
        return [Reply(course)]
    refused = why_not_change(ask, line, course)
    if not refused and kind.role > Role.CHAIR and role_here(ask, line.track) < kind.role:
        refused = phrases.ONLY_MAINTAINERS
    if refused or not course.sessions:
        return [Reply(refused or phrases.NOTHING_YET)]
    found = place_in(part_for(ask, line, course), line.text) if line.text else phrases.usage(line.word)
    if isinstance(found, str):
        return [Reply(found)]
    place, said = found
    if place.session.ended is None:
        return [Reply(phrases.STILL_RUNS(name=place.session.name))]
    texts = tuple(paragraphs_of("\n".join((said, *ask.below))))
    if not texts:
        return [Reply(phrases.usage(line.word))]
    addition = Addition(kind, place, texts)
    return (
        _summarized(ask, line, course, addition)
        if kind.word == SUMMARY.word
        else _recorded(ask, line, addition)
    )


def names_place(ask: Ask, line: RecapLine) -> bool:
    """Whether a line begins with a topic or a team of the recap, and with only one."""
    course = to_change(ask.state, line.track, line.part, ask.session)
    if isinstance(course, str) or not course.sessions:
        return False
    return not isinstance(place_in(part_for(ask, line, course), line.text), str)


def part_for(ask: Ask, line: RecapLine, course: Course) -> Part:
    """Return the part that a line changes."""
    return part_of(
        ask.setup,
        line.track,
        course.plan,
        course.sessions,
        ask.register.kinds,
        now=ask.at,
        proven=ask.state.persons,
    )


def _recorded(ask: Ask, line: RecapLine, addition: Addition) -> Sequence[Effect]:
    """Record each text, and put it into its place."""
    session = addition.place.session
    there = replace(ask, session=session, track=line.track, role=role_of_adder(ask, line.track, session))
    refused = why_not(session, there)
    if refused:
        return [Reply(refused)]
    first = ask.state.last_number(line.track.slug) + 1
    orders: list[Effect] = []
    for n, text in enumerate(addition.texts, first):
        kind = addition.kind.of_text(text, ask.register.kinds)
        content = understood(there, kind, text)
        if isinstance(content, str):
            return [Reply(content)]
        orders += _put(Recorded(n, kind.word, content), addition.place)
    numbers = list(range(first, first + len(addition.texts)))
    words = dict.fromkeys(
        order.fact.kind for order in orders if isinstance(order, Write) and isinstance(order.fact, Recorded)
    )
    return [*orders, _added(ask, addition.place, numbers, " and ".join(words))]


def _put(fact: Recorded, place: Place) -> list[Effect]:
    session = place.session
    moved = Moved(fact.n, place.topic, place.team)
    here = (session.topic_id, session.team, session.subtopic) == (place.topic, place.team, None)
    return [Write(fact, stream=session.id), *([] if here else [Write(moved, stream=session.id)])]


def _added(ask: Ask, place: Place, numbers: Sequence[int], word: str) -> Reply:
    added = phrases.ADDED(
        numbers=[f"#{n}" for n in numbers],
        kind=word,
        place=phrases.placed(place.n, place.title, place.team),
        undo=numbers[0],
    )
    return Reply(with_outlook(ask, place.session, added))


def with_outlook(ask: Ask, session: Session, text: str) -> str:
    """Add what comes of a change of a session that is over."""
    late = ask.register.late_changes(ask.state, session, ask.at) if session.ended is not None else []
    return "; ".join((text, *late))


def _summarized(ask: Ask, line: RecapLine, course: Course, addition: Addition) -> Sequence[Effect]:
    """Write the summary of a topic; a later one takes the place of an earlier one."""
    place, text = addition.place, "\n".join(addition.texts)
    content = understood(ask, SUMMARY, text)
    if isinstance(content, str):
        return [Reply(content)]
    part = part_for(ask, line, course)
    known = [
        placed
        for placed in part.of_kind(SUMMARY.word)
        if ((placed.place.topic or 0), placed.place.team) == (place.n, place.team)
    ]
    if known:
        n, session = known[-1].item.n, ask.state.session(known[-1].session) or place.session
        where = phrases.placed(place.n, place.title, place.team)
        answer = with_outlook(ask, session, phrases.SUMMARY_REPLACED(n=n, place=where))
        others = [Write(Withdrawn(placed.item.n), stream=placed.session) for placed in known[:-1]]
        return [*others, Write(Revised(n, content, whole=True), stream=session.id), Reply(answer)]
    return _recorded(ask, line, replace(addition, texts=(text,)))


def record_of(ask: Ask, line: RecapLine) -> tuple[Session, RecordedItem] | str:
    """Find the record whose number comes first, if the speaker may change it."""
    digits = line.text.partition(" ")[0].removeprefix("#").rstrip(":,")
    if not (digits.isascii() and digits.isdigit()):
        return phrases.usage(line.word)
    for session in reversed(ask.state.of_track(line.track.slug)):
        record = session.record(int(digits)) if len(digits) < 10 else None
        if record is not None:
            if session.ended is None:
                return phrases.STILL_RUNS(name=session.name)
            role, persons = role_of_adder(ask, line.track, session), ask.state.persons
            if role >= Role.CHAIR or is_author(session, record, ask.speaker, persons):
                return session, record
            author = plain_name(record.by.name)
            chairs = [chair.name for chair in session.chairs if chair.name != author]
            return phrases.NOT_YOURS(author=author, n=record.n, chairs=chairs)
    return phrases.NO_RECORD(digits=digits)


def drop(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Take a record out of the recap."""
    found = record_of(ask, line)
    if isinstance(found, str):
        return [Reply(found)]
    session, record = found
    text = with_outlook(
        ask, session, phrases.DROPPED(n=record.n, kind=record.kind, text=phrases.quoted(record.text))
    )
    return [Write(Withdrawn(record.n), stream=session.id), Reply(text)]


def move(ask: Ask, line: RecapLine) -> Sequence[Effect]:
    """Move a record to another topic or team of its session."""
    found = record_of(ask, line)
    if isinstance(found, str):
        return [Reply(found)]
    session, record = found
    target = TO.sub("", line.text.partition(" ")[2].strip(), count=1)
    course = next(
        (course for course in courses(ask.state, line.track).values() if session in course.sessions), None
    )
    if not target or course is None:
        return [Reply(phrases.usage(line.word))]
    place = place_named(part_for(ask, line, course), target)
    if isinstance(place, str):
        return [Reply(place)]
    if place.session.id != session.id:
        return [Reply(phrases.IN_ANOTHER_SESSION(n=record.n, topic=place.n))]
    where = phrases.placed(place.n, place.title, place.team)
    if (place.topic, place.team, None) == (record.topic, record.team, record.subtopic):
        return [Reply(phrases.STAYS(n=record.n, place=where))]
    text = with_outlook(ask, session, phrases.MOVED(n=record.n, place=where))
    return [Write(Moved(record.n, place.topic, place.team), stream=session.id), Reply(text)]
