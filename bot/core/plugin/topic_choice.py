"""Taking up a topic, whichever command does it: the facts and the answer that follow from a choice."""

from collections.abc import Sequence

from msgspec import Struct

from bot.core import phrases
from bot.core.effects import Announce, Effect, Reply, Write
from bot.core.facts import TopicOpened
from bot.core.session.session import Session, Topic, known_topic

# digits of a number that may be a title: `#topic 1300`, but not `#topic 13`
SHORTEST_NUMBER = 3


class TopicChoice(Struct, frozen=True):
    """What a command takes up.

    topic:   id of the topic if it is an earlier one
    item:    id of its agenda item; empty if it has none
    minutes: the planned length to set; None leaves it unchanged
    details: what the answer says after the title
    part:    the typed text if it is only a part of the title
    typed:   the speaker typed the whole title
    """

    title: str
    topic: str = ""
    item: str = ""
    minutes: int | None = None
    details: str = ""
    part: str = ""
    typed: bool = False


def earlier(topic: Topic, *, typed: bool = False) -> TopicChoice:
    """The choice of an earlier topic."""
    return TopicChoice(topic.title, topic.id, topic.item, typed=typed)


def take_up(session: Session, choice: TopicChoice) -> Sequence[Effect]:
    """Open a new topic or an earlier one, unless it is on already."""
    known = known_topic(session.topics, choice.title, choice.item, choice.topic)
    if (
        known is not None
        and known is session.topic
        and known.item == choice.item
        and session.subtopic is None
    ):
        return [is_on(session, known)]
    source = "" if choice.typed else known.id if known is not None else choice.item
    said = phrases.TOPIC(
        number=session.topics.index(known) + 1 if known is not None else len(session.topics) + 1,
        again=known is not None,
        title=choice.title,
        details=choice.details,
        team=session.team,
        part=choice.part,
    )
    return [Write(TopicOpened(choice.title, choice.minutes, choice.item, source)), Announce(said)]


def is_on(session: Session, topic: Topic) -> Reply:
    """The answer that a topic is on already."""
    return Reply(phrases.TOPIC_IS_ON(number=session.topics.index(topic) + 1, title=topic.title))
