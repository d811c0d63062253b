"""What the fold does with words that changed afterwards: a subtopic's title, and that a message was edited."""

from typing import Any

from msgspec.structs import replace

from bot.core.facts import MessageEdited, SubtopicRetitled
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session, Subtopic

Changes = dict[str, Any]


def message_edited(session: Session, entry: Entry, fact: MessageEdited) -> Changes:
    """Remember whose edit it was: one that came before its message counts when that comes, if it was its author's."""
    return {"edited": {**session.edited, fact.target: entry.by or session.owner}}


def subtopic_retitled(session: Session, _: Entry, fact: SubtopicRetitled) -> Changes:
    """The subtopic, and the records under it, go by the new title."""
    topic = session.topic_named(fact.topic)
    old, new = Subtopic(fact.old, fact.team), Subtopic(fact.new, fact.team)
    if topic is None or old not in topic.subtopics:
        return {}
    renamed = dict.fromkeys(new if one == old else one for one in topic.subtopics)
    changed = replace(topic, subtopics=tuple(renamed))
    here = (fact.topic, fact.team, fact.old)
    records = Growing(
        replace(one, subtopic=fact.new) if (one.topic, one.team, one.subtopic) == here else one
        for one in session.records
    )
    current = (session.topic_id, session.team, session.subtopic) == here
    return {
        "topics": tuple(changed if one is topic else one for one in session.topics),
        "records": records,
        "subtopic": fact.new if current else session.subtopic,
    }
