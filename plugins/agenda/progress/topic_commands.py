"""The commands that take up an item, the next item, a new topic or the previous topic."""

from collections.abc import Sequence
from datetime import timedelta

from bot.api import (
    Announce,
    Ask,
    Effect,
    InputProblem,
    Reply,
    Role,
    Session,
    Topic,
    Write,
    clock,
    shortened,
    titled,
)
from bot.api.facts import SubtopicClosed, TopicOpened
from bot.api.words import LONGEST_TITLE
from plugins.agenda import forms
from plugins.agenda import phrases as list_phrases
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.commands import item_named, one_item
from plugins.agenda.declaration import plugin
from plugins.agenda.facts import AgendaItemReturned
from plugins.agenda.forms import called, only
from plugins.agenda.lookup import agenda_of
from plugins.agenda.progress import phrases

AT_ONCE = timedelta(minutes=1)  # so soon after a change of topic, another chair may just have advanced


@plugin.command(
    "topic",
    aliases=("t",),
    bare=forms.TAKING_UP,
    is_talk=forms.is_talk_of_item,
    usage="#topic N, or #topic title",
    says="takes up item N or the one item that matches, or opens a new topic; an earlier topic is taken up again",
    example="#topic Team updates",
    role=Role.CHAIR,
    silent_if_unavailable=True,
)
def open_topic(ask: Ask) -> Sequence[Effect]:
    """Take up an item, return to an earlier topic, or open a new topic."""
    title = titled(ask.rest)
    session = ask.running
    wrong = _why_not_open(ask, title)
    if wrong is not None:
        return [Reply(wrong)]
    agenda = agenda_of(session)
    if title.isascii() and title.isdigit():
        return _numbered(session, agenda, title)
    if ask.form:  # Zakim's forms name items only
        return _called(session, agenda, title)
    exact = agenda.titled(title)
    if exact is not None:
        return taken_up(session, agenda, exact, typed=True)
    known = next((topic for topic in session.topics if topic.title.casefold() == title.casefold()), None)
    if known is not None:
        return _again(session, known, typed=True)
    item = None if ask.forced else _matching(agenda, title)
    return taken_up(session, agenda, item, said=title) if item is not None else _new(session, title)


def _why_not_open(ask: Ask, title: str) -> str | None:
    if not title:
        return ask.usage
    if ask.running.paused:
        return phrases.PAUSED
    if len(title) > LONGEST_TITLE:
        return phrases.TOO_LONG(most=LONGEST_TITLE, length=len(title))
    return None


def _called(session: Session, agenda: Agenda, title: str) -> Sequence[Effect]:
    item = called(agenda, title)
    if item is None:
        return [Reply(phrases.NO_ITEM_CALLED(text=title))]
    return taken_up(session, agenda, item)


def _numbered(session: Session, agenda: Agenda, digits: str) -> Sequence[Effect]:
    """Take up the item with this number, or the topic with it if there is no agenda."""
    if agenda.items:
        found = one_item(digits, agenda)
        return [Reply(found)] if isinstance(found, InputProblem) else taken_up(session, agenda, found)
    n = int(digits) if len(digits) < 5 else 0
    if not 0 < n <= len(session.topics):
        return [Reply(phrases.NO_TOPIC_NUMBERED(number=shortened(digits, 12)))]
    return _again(session, session.topics[n - 1])


def _matching(agenda: Agenda, text: str) -> Listed | None:
    """Return the only remaining item whose title contains these consecutive words."""
    return only(agenda.in_state("open", "current", "skipped"), text)


def taken_up(
    session: Session, agenda: Agenda, listed: Listed, said: str = "", *, typed: bool = False
) -> Sequence[Effect]:
    """Make an item the topic, with its minutes.

    said:  the typed text if it matched only part of the title
    typed: the whole title was typed
    """
    item = listed.item
    if agenda.state(listed) == "current" and session.subtopic is None:
        return [Reply(phrases.TOPIC_IS_ON(number=number_of(session, item.title), title=item.title))]
    known = _titled(session, item.title)
    minutes = item.minutes if known is None or known.minutes is None else None
    planned = known.minutes if known and known.minutes else item.minutes
    answer = phrases.TOPIC(
        number=number_of(session, item.title),
        again=known is not None,
        title=item.title,
        what=list_phrases.details(planned, item.proposer, f"item {listed.n}"),
        team=session.team,
    )
    own = phrases.MATCHED(text=said) if said else ""
    source = "" if typed else known.id if known is not None else item.id
    return [Write(TopicOpened(item.title, minutes, item.id, source)), Announce(answer + own)]


def _again(session: Session, known: Topic, *, typed: bool = False) -> Sequence[Effect]:
    number = session.topics.index(known) + 1
    if known.id == session.topic_id and session.subtopic is None:
        return [Reply(phrases.TOPIC_IS_ON(number=number, title=known.title))]
    said = phrases.TOPIC(number=number, again=True, title=known.title, what="", team=session.team)
    return [Write(TopicOpened(known.title, None, known.item, "" if typed else known.id)), Announce(said)]


def _new(session: Session, title: str) -> Sequence[Effect]:
    number = len(session.topics) + 1
    said = phrases.TOPIC(number=number, again=False, title=title, what="", team=session.team)
    return [Write(TopicOpened(title)), Announce(said)]


def _titled(session: Session, title: str) -> Topic | None:
    wanted = title.casefold()
    return next((topic for topic in session.topics if topic.title.casefold() == wanted), None)


def number_of(session: Session, title: str) -> int:
    """Return the number that a topic with this title has or would get."""
    known = _titled(session, title)
    return session.topics.index(known) + 1 if known is not None else len(session.topics) + 1


def why_wait(ask: Ask, agenda: Agenda, word: str, *, twice: bool = True) -> str | None:
    """Return why the session should not advance now, or None.

    twice: whether to refuse if the topic has only just been opened, so that two chairs do not advance twice
    """
    session = ask.running
    if session.paused:
        return phrases.PAUSED
    if ask.forced:
        return None
    topic = session.topic
    if twice and topic is not None and agenda.opened is not None and ask.at - agenda.opened < AT_ONCE:
        return phrases.TOO_SOON(
            number=session.topics.index(topic) + 1,
            title=topic.title,
            seconds=max(int((ask.at - agenda.opened).total_seconds()), 0),
            at=clock(agenda.opened, ask.setup.gathering.zone),
            word=word,
        )
    reason = ask.register.why_not_advance(ask.state, session)
    return phrases.WAITS(why=reason, word=word) if reason is not None else None


@plugin.command(
    "next",
    bare=forms.NEXT,
    is_talk=forms.is_talk_of_next,
    usage="#next",
    says="takes up the next open item; #next! does so even when the topic just changed or people are waiting to speak",
    example="#next",
    before=("#agenda add 15m Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)
def go_on(ask: Ask) -> Sequence[Effect]:
    """Take up the next open item."""
    session = ask.running
    agenda = agenda_of(session)
    following = next_open(agenda)
    if following is None:
        return [Reply(list_phrases.EMPTY if not agenda.items else nothing_open_now(agenda))]
    wait = why_wait(ask, agenda, "next")
    return [Reply(wait)] if wait is not None else taken_up(session, agenda, following)


def next_open(agenda: Agenda) -> Listed | None:
    """Return the first open item."""
    return next(iter(agenda.in_state("open")), None)


def nothing_open_now(agenda: Agenda) -> str:
    """Return the answer for an agenda without open items."""
    aside = agenda.in_state("skipped", "deferred")
    if not aside:
        return phrases.NOTHING_LEFT
    return phrases.NOTHING_OPEN(aside=[item_named(listed) for listed in aside])


@plugin.command(
    "back",
    usage="#back",
    says="ends the subtopic, or returns to the previous topic",
    example="#back",
    before=("#topic Cells", "#topic Cinder"),
    role=Role.CHAIR,
)
def go_back(ask: Ask) -> Sequence[Effect]:
    """End the subtopic, or return to the previous topic and reopen the current item."""
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
    on = agenda_of(session).on
    returned = [Write(AgendaItemReturned(on.item.id))] if on is not None else []
    what = item_named(on) if on is not None else ""
    said = phrases.BACK(number=session.topics.index(before) + 1, title=before.title, again=what)
    return [*returned, Write(TopicOpened(before.title, None, before.item, before.id)), Announce(said)]
