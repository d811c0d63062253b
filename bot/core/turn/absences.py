"""The bot is back in a room: it notes what it missed in the room's sessions, and says which topic it believes to be on."""

from datetime import datetime, timedelta

from bot.core import effects, facts, phrases
from bot.core.events import BackInRoom, TopicShown
from bot.core.session.session import Session
from bot.core.turn.decision import Context
from bot.core.words.sentences import minutes_in_words

JUST_SAID = timedelta(minutes=2)  # with a connection that comes and goes, it is said once


def back(event: BackInRoom, context: Context) -> None:
    """Note the gap in the room's sessions: in the running one, and in one that ended meanwhile in another room."""
    state = context.state
    for session in [session for session in state.sessions() if event.room.id in session.rooms]:
        since = event.since if session.ended else event.since or state.stopped_at(session.id)
        since = max(since or session.started, session.started)
        until = min(event.at, session.ended or event.at)
        if since < until and (event.since or not session.ended):
            context.write(facts.GapNoted(event.room.id, since, until), stream=session.id)
            if session.ended is None and (event.since or state.stopped_at(session.id)):
                _say_where(session, event, context, since)
    lost = state.unreadable.session_in(event.room.id)
    if lost is not None and state.running(event.room.id) is None:
        context.decision.orders.append(effects.Say((event.room.id,), phrases.UNREADABLE_SESSION))


def seen_again(event: TopicShown, context: Context) -> None:
    """After a start the network tells of a room in which nothing was missed."""
    session = context.state.running(event.room.id)
    if session is not None and context.state.stopped_at(session.id) is not None:
        _say_where(session, event, context, None)


def _say_where(
    session: Session, event: BackInRoom | TopicShown, context: Context, since: datetime | None
) -> None:
    """Say where the session stands, so that a chair sees whether that is right.

    since: when the bot went away; None if it missed nothing
    """
    key = ("back", session.id, event.room.id)
    said = context.state.remembered(key)
    if isinstance(said, datetime) and event.at - said < JUST_SAID:
        return
    context.state.remember(key, event.at)
    where = where_it_is(session)
    text = (
        phrases.STARTED_AGAIN(on=where)
        if since is None
        else phrases.AWAY(span=minutes_in_words(event.at - since), on=where)
    )
    context.decision.orders.append(effects.Say((event.room.id,), text))


def where_it_is(session: Session) -> str:
    """At which topic a session is, for a sentence."""
    topic = session.topic
    if topic is None:
        return phrases.AT_NO_TOPIC(name=session.name)
    number = session.topics.index(topic) + 1
    return phrases.AT_TOPIC(name=session.name, number=number, title=topic.title, subtopic=session.subtopic)
