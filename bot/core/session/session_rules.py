"""The rules of the session fold for the session itself, its topics and its records; `people_rules` has those for people.

A fact that no longer applies, because an undo removed its basis, does nothing.
"""

from typing import Any

from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import Answer
from bot.core.session import people_rules
from bot.core.session.rights import given
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Gap, RecordedItem, Session, Subtopic, Topic, known_topic

RULES = people_rules.RULES
on = RULES.on

# The session itself

on(facts.SessionRenamed)(lambda session, _, fact: replace(session, name=fact.name))
on(facts.HeadlineSet)(lambda session, _, fact: replace(session, headline=fact.text))
on(facts.SessionExtended)(lambda session, _, fact: replace(session, planned_until=fact.until))
on(facts.SessionPaused)(lambda session, _entry, _fact: replace(session, paused=True))
on(facts.SessionResumed)(lambda session, _entry, _fact: replace(session, paused=False))


@on(facts.SessionClosed)
def _closed(session: Session, entry: Entry, fact: facts.SessionClosed) -> Session:
    topics = _stopped(session, entry)
    return replace(session, ended=entry.at, closed_by=fact.by, paused=False, topics=topics, break_until=None)


@on(facts.SessionReopened)
def _reopened(session: Session, entry: Entry, _: facts.SessionReopened) -> Session:
    return replace(session, ended=None, closed_by=None, topics=_started(session, entry))


@on(facts.GapNoted)
def _gap_noted(session: Session, _: Entry, fact: facts.GapNoted) -> Session:
    return replace(session, gaps=(*session.gaps, Gap(fact.room, fact.since, fact.until)))


@on(facts.MessageEdited)
def _message_edited(session: Session, entry: Entry, fact: facts.MessageEdited) -> Session:
    """Remember the editor: an edit that comes before its message counts if it is the author's."""
    return replace(session, edited={**session.edited, fact.target: entry.by or session.owner})


# Its topics


def _changed(session: Session, topic_id: str, **changes: Any) -> tuple[Topic, ...]:
    return tuple(replace(topic, **changes) if topic.id == topic_id else topic for topic in session.topics)


def _stopped(session: Session, entry: Entry) -> tuple[Topic, ...]:
    """The topics, with the clock of the current one stopped."""
    topic = session.topic
    if topic is None or topic.spans[-1][1] is not None:
        return session.topics
    return _changed(session, topic.id, spans=(*topic.spans[:-1], (topic.spans[-1][0], entry.at)))


def _started(session: Session, entry: Entry) -> tuple[Topic, ...]:
    """The topics, with the clock of the current one running again."""
    topic = session.topic
    return (
        session.topics
        if topic is None
        else _changed(session, topic.id, spans=(*topic.spans, (entry.at, None)))
    )


@on(facts.TopicOpened)
def _topic_opened(session: Session, entry: Entry, fact: facts.TopicOpened) -> Session:
    """Begin a topic, or take up the earlier topic with this title; this ends a break."""
    topics = _stopped(session, entry)
    known = known_topic(topics, fact.title, fact.item, fact.origin)
    topic = known or Topic(entry.cause, fact.title, ())
    taken_up = replace(
        topic,
        spans=(*topic.spans, (entry.at, None)),
        minutes=topic.minutes if fact.minutes is None else fact.minutes,
        item=fact.item or topic.item,
    )
    topics = tuple(taken_up if topic is known else topic for topic in topics)
    return replace(
        session,
        topics=topics if known is not None else (*topics, taken_up),
        topic_id=topic.id,
        subtopic=None,
        break_until=None,
    )


@on(facts.TopicClosed)
def _topic_closed(session: Session, entry: Entry, _: facts.TopicClosed) -> Session:
    return replace(session, topics=_stopped(session, entry), topic_id=None, subtopic=None)


on(facts.TopicTimed)(
    lambda session, _, fact: replace(
        session, topics=_changed(session, fact.topic, minutes=fact.minutes or None)
    )
)
on(facts.TopicRetitled)(
    lambda session, _, fact: replace(session, topics=_changed(session, fact.topic, title=fact.title))
)


@on(facts.SubtopicOpened)
def _subtopic_opened(session: Session, _: Entry, fact: facts.SubtopicOpened) -> Session:
    """Begin a subtopic of the current topic."""
    current, subtopic = session.topic, Subtopic(fact.title, session.team)
    if current is None:
        return session
    if subtopic in current.subtopics:
        return replace(session, subtopic=fact.title)
    grown = replace(current, subtopics=(*current.subtopics, subtopic))
    topics = tuple(grown if topic is current else topic for topic in session.topics)
    return replace(session, topics=topics, subtopic=fact.title)


on(facts.SubtopicClosed)(lambda session, _entry, _fact: replace(session, subtopic=None))


@on(facts.SubtopicRetitled)
def _subtopic_retitled(session: Session, _: Entry, fact: facts.SubtopicRetitled) -> Session:
    """Give the subtopic and its records the new title."""
    topic = session.topic_named(fact.topic)
    old, new = Subtopic(fact.old, fact.team), Subtopic(fact.new, fact.team)
    if topic is None or old not in topic.subtopics:
        return session
    renamed = dict.fromkeys(new if subtopic == old else subtopic for subtopic in topic.subtopics)
    changed = replace(topic, subtopics=tuple(renamed))
    here = (fact.topic, fact.team, fact.old)
    records = Growing(
        replace(record, subtopic=fact.new) if (record.topic, record.team, record.subtopic) == here else record
        for record in session.records
    )
    return replace(
        session,
        topics=tuple(changed if known is topic else known for known in session.topics),
        records=records,
        subtopic=fact.new if (session.topic_id, session.team, session.subtopic) == here else session.subtopic,
    )


on(facts.TeamNamed)(lambda session, _, fact: replace(session, team=fact.name, subtopic=None))


@on(facts.BreakBegan)
def _break_began(session: Session, entry: Entry, fact: facts.BreakBegan) -> Session:
    """Stop the clock of the current topic, which stays current."""
    return replace(session, break_until=fact.until, topics=_stopped(session, entry))


@on(facts.BreakEnded)
def _break_ended(session: Session, entry: Entry, _: facts.BreakEnded) -> Session:
    """Start the clock of the current topic again, unless something else ended the break."""
    if session.break_until is None:
        return session
    return replace(session, break_until=None, topics=_started(session, entry))


# Its records


@on(facts.Recorded)
def _recorded(session: Session, entry: Entry, fact: facts.Recorded) -> Session:
    by = entry.by or session.owner
    origin = fact.origin
    record = RecordedItem(
        n=fact.n,
        kind=fact.kind,
        content=fact.content,
        by=by if origin is None else origin.by,
        at=entry.at if origin is None else origin.at,
        taken=None if origin is None else (by, entry.at),
        cause=entry.cause,
        topic=session.topic_id,
        subtopic=session.subtopic,
        team=session.team,
    )
    return replace(session, records=session.records.plus(record), watched=given(session.watched, (by,)))


def _with_record(session: Session, n: int, **changes: Any) -> Session:
    records = (replace(record, **changes) if record.n == n else record for record in session.records)
    return replace(session, records=Growing(records))


@on(facts.Revised)
def _revised(session: Session, entry: Entry, fact: facts.Revised) -> Session:
    if fact.rest:
        return _with_record(session, fact.n, content=fact.content)
    return _with_record(session, fact.n, content=fact.content, revised=True, revised_at=entry.at)


@on(facts.Withdrawn)
def _withdrawn(session: Session, _: Entry, fact: facts.Withdrawn) -> Session:
    return replace(session, records=Growing(record for record in session.records if record.n != fact.n))


@on(facts.RecordDone)
def _record_done(session: Session, entry: Entry, fact: facts.RecordDone) -> Session:
    return _with_record(session, fact.n, done=fact.done, done_at=entry.at)


@on(facts.RecordAnswered)
def _record_answered(session: Session, entry: Entry, fact: facts.RecordAnswered) -> Session:
    answer = Answer(fact.text, entry.by or session.owner, entry.at) if fact.text else None
    return _with_record(session, fact.n, answer=answer)


@on(facts.RecordSupported)
def _record_supported(session: Session, _: Entry, fact: facts.RecordSupported) -> Session:
    record = session.record(fact.n)
    if record is None:
        return session
    others = tuple(who for who in record.supporters if who != fact.person)
    return _with_record(session, fact.n, supporters=(*others, fact.person) if fact.stands else others)


@on(facts.Moved)
def _moved(session: Session, _: Entry, fact: facts.Moved) -> Session:
    if fact.topic is not None and session.topic_named(fact.topic) is None:
        return session
    return _with_record(session, fact.n, topic=fact.topic, team=fact.team, subtopic=fact.subtopic)
