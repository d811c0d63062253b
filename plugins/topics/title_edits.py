"""Edits of messages that opened a topic or a subtopic: it is renamed and keeps its records."""

from collections.abc import Sequence
from itertools import takewhile

from bot.api import Announce, Ask, Effect, Entry, Reply, Session, Write, titled
from bot.api.facts import SubtopicOpened, SubtopicRetitled, TopicRetitled
from bot.api.recap import fold
from bot.api.words import LONGEST_TITLE
from plugins.topics import phrases


def retitle_topic(ask: Ask) -> Sequence[Effect] | None:
    """Rename the topic that the message opened; None if it opened none."""
    session, title = ask.running, titled(ask.rest)
    topic = session.topic_named(ask.edits) if ask.edits else None
    if topic is None:
        return _over(session)
    refused = _refused(ask, title, "topic")
    if refused or title == topic.title:
        return [Reply(refused)] if refused else ()
    said = phrases.RETITLED(number=session.topics.index(topic) + 1, title=title)
    return [Write(TopicRetitled(topic.id, title, whole=True)), Announce(said)]


def retitle_subtopic(ask: Ask) -> Sequence[Effect] | None:
    """Rename the subtopic that the message opened; None if it opened none."""
    session, title = ask.running, titled(ask.rest)
    opened = next((entry for entry in session.live() if _opens(entry, ask.edits)), None)
    then = _when(session, opened) if opened is not None else None
    topic = session.topic_named(then.topic_id) if then is not None else None
    if then is None or topic is None or then.subtopic is None:
        return _over(session)
    old = then.subtopic
    for fact in session.every(SubtopicRetitled):
        if (fact.topic, fact.team, fact.old) == (topic.id, then.team, old):
            old = fact.new
    refused = _refused(ask, title, "subtopic")
    if refused or title == old:
        return [Reply(refused)] if refused else ()
    number = session.topics.index(topic) + 1
    return [
        Write(SubtopicRetitled(topic.id, then.team, old, title)),
        Announce(phrases.SUBTOPIC_RETITLED(number=number, title=title)),
    ]


def _over(session: Session) -> Sequence[Effect] | None:
    return [Reply(phrases.OVER)] if session.ended is not None else None


def _opens(entry: Entry, cause: str) -> bool:
    return bool(cause) and entry.cause == cause and isinstance(entry.fact, SubtopicOpened)


def _when(session: Session, opened: Entry) -> Session:
    """Return the session as it was right after this entry."""
    before = takewhile(lambda entry: entry is not opened, session.entries)
    return fold([*before, opened], session.voided)


def _refused(ask: Ask, title: str, what: str) -> str | None:
    if not title:
        return ask.usage
    if title.isascii() and title.isdigit():
        return phrases.NUMBER_IS_NO_TITLE(word=what, number=title)
    if len(title) > LONGEST_TITLE:
        return phrases.TOO_LONG(what=what, most=LONGEST_TITLE, length=len(title))
    return None
