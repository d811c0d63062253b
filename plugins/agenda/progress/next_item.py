"""The items that `#topic`, `#back` and `#next` mean, and when the next one should wait."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from bot.api import Ask, Effect, InputProblem, Reply, Role, Session, clock, titled
from bot.api.topics import SHORTEST_NUMBER, TopicChoice, known_topic, take_up
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


@plugin.agenda.topic_choice
def item_meant(ask: Ask) -> TopicChoice | InputProblem | None:
    """Return the item that `#topic` means: by its number, its title, or a part of its title that is no topic's."""
    session, title = ask.running, titled(ask.rest)
    agenda = agenda_of(session)
    if title.isascii() and title.isdigit():
        found = one_item(title, agenda) if agenda.items else None
        if isinstance(found, Listed):
            return choice_of(session, found)
        if ask.form or len(title) < SHORTEST_NUMBER:
            return found
    if ask.form:
        found = called(agenda, title)
        return choice_of(session, found) if found is not None else None
    exact = agenda.titled(title)
    if exact is not None:
        return replace(choice_of(session, exact), typed=True)
    if ask.forced or known_topic(session.topics, title) is not None:
        return None
    found = only(agenda.in_state("open", "current", "skipped"), title)
    return replace(choice_of(session, found), part=title) if found is not None else None


def choice_of(session: Session, listed: Listed) -> TopicChoice:
    """Return what opens an item, with its minutes unless its topic has some."""
    item = listed.item
    known = known_topic(session.topics, item.title, item.id)
    minutes = item.minutes if known is None or known.minutes is None else None
    planned = known.minutes if known and known.minutes else item.minutes
    details = list_phrases.details(planned, item.proposer, f"item {listed.n}")
    return TopicChoice(item.title, item=item.id, minutes=minutes, details=details)


@plugin.agenda.put_back
def put_back(session: Session) -> tuple[AgendaItemReturned, str] | None:
    """Return the fact that opens the current item again, and its name."""
    on = agenda_of(session).on
    return (AgendaItemReturned(on.item.id), item_named(on)) if on is not None else None


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
def take_next(ask: Ask) -> Sequence[Effect]:
    """Take up the next open item."""
    session = ask.running
    agenda = agenda_of(session)
    following = next_open(agenda)
    if following is None:
        return [Reply(list_phrases.EMPTY if not agenda.items else nothing_open_now(agenda))]
    wait = why_wait(ask, agenda, "next")
    return [Reply(wait)] if wait is not None else take_up(session, choice_of(session, following))


def next_open(agenda: Agenda) -> Listed | None:
    """Return the first open item."""
    return next(iter(agenda.in_state("open")), None)


def nothing_open_now(agenda: Agenda) -> str:
    """Return the answer for an agenda without open items."""
    aside = agenda.in_state("skipped", "deferred")
    if not aside:
        return phrases.NOTHING_LEFT
    return phrases.NOTHING_OPEN(aside=[item_named(listed) for listed in aside])
