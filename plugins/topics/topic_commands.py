"""The commands that open a topic or return to an earlier one. Other plugins may say which item of theirs is meant."""

import re
from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, InputProblem, Reply, Role, Write, titled
from bot.api.facts import SubtopicClosed, TopicOpened
from bot.api.topics import SHORTEST_NUMBER, TopicChoice, earlier, known_topic, take_up
from bot.api.words import LONGEST_TITLE
from plugins.topics import phrases, title_edits
from plugins.topics.declaration import plugin

ITEM = "agendum|agenda|item"
FORMS = (f"take up {ITEM}", "take up agenda item", f"open {ITEM}", f"move to {ITEM}")  # as in Zakim
LONGEST_PLACE = 5  # digits of the place of a topic
NUMBER = re.compile(r"#?\d{1,9}[.:]?", re.ASCII)


def is_talk(ask: Ask) -> bool:
    """Whether the line is talk because no item is named: `open item for all of us`; `agendum` is never talk."""
    if NUMBER.fullmatch(ask.rest) or ask.session is None or "agendum" in ask.text.lower():
        return False
    return not isinstance(ask.register.topic_choice(ask), TopicChoice)


@plugin.command(
    "topic",
    aliases=("t",),
    bare=FORMS,
    is_talk=is_talk,
    usage="#topic N, or #topic title",
    says="takes up item N or the one item that matches, or opens a new topic; an earlier topic is taken up again",
    example="#topic Team updates",
    role=Role.CHAIR,
    silent_if_unavailable=True,
)
def open_topic(ask: Ask) -> Sequence[Effect]:
    """Take up an item, return to an earlier topic, or open a new topic."""
    title = titled(ask.rest)
    refused = _why_not_open(ask, title)
    if refused is not None:
        return [Reply(refused)]
    choice = ask.register.topic_choice(ask) or _topic_meant(ask, title)
    return [Reply(choice)] if isinstance(choice, InputProblem) else take_up(ask.running, choice)


def _why_not_open(ask: Ask, title: str) -> str | None:
    if not title:
        return ask.usage
    if ask.running.paused:
        return phrases.PAUSED
    if len(title) > LONGEST_TITLE:
        return phrases.TOO_LONG(what="topic", most=LONGEST_TITLE, length=len(title))
    return None


def _topic_meant(ask: Ask, title: str) -> TopicChoice | InputProblem:
    """Choose an earlier topic, by its number or its title, or a new one."""
    topics = ask.running.topics
    if title.isascii() and title.isdigit():
        n = int(title) if len(title) < LONGEST_PLACE else 0
        if 0 < n <= len(topics):
            return earlier(topics[n - 1])
        if len(title) < SHORTEST_NUMBER:
            return InputProblem(phrases.NO_TOPIC_NUMBERED(number=title))
    if ask.form:  # it names items only
        return InputProblem(phrases.NO_ITEM_CALLED(text=title))
    known = known_topic(topics, title)
    return earlier(known, typed=True) if known is not None else TopicChoice(title, typed=True)


@plugin.edits.line_edited("topic")
def edit_topic(ask: Ask) -> Sequence[Effect]:
    """Rename the topic that the message opened, or open a topic if it had opened none."""
    orders = title_edits.retitle_topic(ask)
    return open_topic(ask) if orders is None else orders


@plugin.command(
    "back",
    usage="#back",
    says="ends the subtopic, or returns to the previous topic",
    example="#back",
    before=("#topic Cells", "#topic Cinder"),
    role=Role.CHAIR,
)
def go_back(ask: Ask) -> Sequence[Effect]:
    """End the subtopic, or return to the previous topic and open the current item again."""
    session = ask.running
    topic = session.topic
    if session.paused:
        return [Reply(phrases.PAUSED)]
    if topic is not None and session.subtopic is not None:
        said = phrases.BACK(number=session.topics.index(topic) + 1, title=topic.title, again="")
        return [Write(SubtopicClosed()), Announce(said)]
    others = [other for other in session.topics if other is not topic]
    if not others:
        return [Reply(phrases.NO_WAY_BACK)]
    before = max(others, key=lambda other: (other.spans[-1][0], session.topics.index(other)))
    put_back = ask.register.put_back(session)
    returned, what = ([Write(put_back[0])], put_back[1]) if put_back is not None else ([], "")
    said = phrases.BACK(number=session.topics.index(before) + 1, title=before.title, again=what)
    return [*returned, Write(TopicOpened(before.title, None, before.item, before.id)), Announce(said)]
