"""What the fold does with topics: opened and taken up again, timed, closed, and standing still in a break."""

from typing import Any

from msgspec.structs import replace

from bot.core import facts
from bot.core.session.session import Entry, Session, Subtopic, Topic

Changes = dict[str, Any]


def closed_span(session: Session, entry: Entry) -> tuple[Topic, ...]:
    """The topics, the current one's time at an end."""
    return tuple(
        replace(topic, spans=(*topic.spans[:-1], (topic.spans[-1][0], entry.at)))
        if topic.id == session.topic_id and topic.spans[-1][1] is None
        else topic
        for topic in session.topics
    )


def opened_span(session: Session, entry: Entry) -> tuple[Topic, ...]:
    """The topics, the current one's time running again."""
    return tuple(
        replace(topic, spans=(*topic.spans, (entry.at, None))) if topic.id == session.topic_id else topic
        for topic in session.topics
    )


def topic_opened(session: Session, entry: Entry, fact: facts.TopicOpened) -> Changes:
    """Begin a topic, or take up the one of this title; a break is over with it."""
    topics = closed_span(session, entry)
    wanted = fact.title.casefold()
    known = next((topic for topic in topics if topic.title.casefold() == wanted), None)
    if known is None:
        topic = Topic(entry.cause, fact.title, ((entry.at, None),), minutes=fact.minutes, item=fact.item)
        return {"topics": (*topics, topic), "topic_id": topic.id, "subtopic": None, "break_until": None}
    again = replace(
        known,
        spans=(*known.spans, (entry.at, None)),
        minutes=known.minutes if fact.minutes is None else fact.minutes,
        item=fact.item or known.item,
    )
    topics = tuple(again if topic is known else topic for topic in topics)
    return {"topics": topics, "topic_id": known.id, "subtopic": None, "break_until": None}


def subtopic_opened(session: Session, _: Entry, fact: facts.SubtopicOpened) -> Changes:
    """Begin a part of the current topic."""
    current = session.topic
    if current is None:
        return {}
    subtopic = Subtopic(fact.title, session.team)
    if subtopic in current.subtopics:
        return {"subtopic": fact.title}
    grown = replace(current, subtopics=(*current.subtopics, subtopic))
    topics = tuple(grown if topic is current else topic for topic in session.topics)
    return {"topics": topics, "subtopic": fact.title}


def topic_closed(session: Session, entry: Entry, _: facts.TopicClosed) -> Changes:
    """Leave the current topic; none is on then."""
    return {"topics": closed_span(session, entry), "topic_id": None, "subtopic": None}


def topic_timed(session: Session, _: Entry, fact: facts.TopicTimed) -> Changes:
    """Plan so many minutes for a topic."""
    return {
        "topics": tuple(
            replace(topic, minutes=fact.minutes) if topic.id == fact.topic else topic
            for topic in session.topics
        )
    }


def topic_retitled(session: Session, _: Entry, fact: facts.TopicRetitled) -> Changes:
    """Call a topic by another title."""
    return {
        "topics": tuple(
            replace(topic, title=fact.title) if topic.id == fact.topic else topic for topic in session.topics
        )
    }


def break_began(session: Session, entry: Entry, fact: facts.BreakBegan) -> Changes:
    """Stop the time of the current topic, which stays."""
    return {"break_until": fact.until, "topics": closed_span(session, entry)}


def break_ended(session: Session, entry: Entry, _: facts.BreakEnded) -> Changes:
    """Let the time of the current topic go on, where the break is not over otherwise."""
    if session.break_until is None:
        return {}
    return {"break_until": None, "topics": opened_span(session, entry)}
