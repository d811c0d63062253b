"""Edits of messages that opened a topic: the topic is renamed and keeps its records."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Reply, Write, titled
from bot.api.facts import TopicRetitled
from bot.api.words import LONGEST_TITLE
from plugins.agenda.declaration import plugin
from plugins.agenda.progress import phrases
from plugins.agenda.progress.topic_commands import open_topic


@plugin.edits.line_edited("topic")
def edit_topic(ask: Ask) -> Sequence[Effect]:
    """Rename the topic that the message opened, or open a topic if it had opened none."""
    session, title = ask.running, titled(ask.rest)
    topic = session.topic_named(ask.edits) if ask.edits else None
    if topic is None:
        return [Reply(phrases.OVER)] if session.ended is not None else open_topic(ask)
    refused = _refused(ask, title)
    if refused or title == topic.title:
        return [Reply(refused)] if refused else ()
    number = session.topics.index(topic) + 1
    return [
        Write(TopicRetitled(topic.id, title, whole=True)),
        Announce(phrases.RETITLED(number=number, title=title)),
    ]


def _refused(ask: Ask, title: str) -> str | None:
    if not title:
        return ask.usage
    if title.isascii() and title.isdigit():
        return phrases.NUMBER_IS_NO_TITLE(number=title)
    if len(title) > LONGEST_TITLE:
        return phrases.TOO_LONG(most=LONGEST_TITLE, length=len(title))
    return None
