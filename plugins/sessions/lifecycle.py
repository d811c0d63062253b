"""A session's course: its name, what the room's topic shows, pauses, where it stands."""

from collections.abc import Sequence

from bot.api import (
    Announce,
    Ask,
    Effect,
    HeadlineSet,
    Plugin,
    Reply,
    Role,
    Session,
    SessionPaused,
    SessionRenamed,
    SessionResumed,
    State,
    Write,
)
from plugins.sessions import phrases
from plugins.sessions.start import LONGEST_NAME

LONGEST_HEADLINE = 200


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "meetingname",
        aliases=("mn",),
        usage="#meetingname name",
        says="renames the session",
        example="#meetingname Nova day 1, continued",
        role=Role.CHAIR,
        on_line_edited=rename,
    )(rename)
    plugin.command(
        "meetingtopic",
        usage="#meetingtopic text, or none",
        says="what the room's topic shows beside the session's topic; restored at the end",
        example="#meetingtopic Nova at the PTG",
        role=Role.CHAIR,
        on_line_edited=set_headline,
    )(set_headline)
    plugin.command(
        "pause",
        aliases=("lurk",),
        usage="#pause",
        says="what follows is off the record, until #resume",
        example="#pause",
        role=Role.CHAIR,
    )(pause)
    plugin.command(
        "resume",
        aliases=("unlurk",),
        usage="#resume",
        says="on the record again",
        example="#resume",
        before=("#pause",),
        role=Role.CHAIR,
    )(resume)
    plugin.command("status", usage="#status", says="session, topic, time left, counts", example="#status")(
        status
    )
    plugin.room_topics.append(room_topic)


def rename(ask: Ask) -> Sequence[Effect]:
    """Give the session another name."""
    if not ask.rest:
        return [Reply(ask.usage)]
    if len(ask.rest) > LONGEST_NAME:
        return [Reply(phrases.NAME_TOO_LONG)]
    return [Write(SessionRenamed(ask.rest)), Announce(phrases.renamed(ask.rest))]


def set_headline(ask: Ask) -> Sequence[Effect]:
    """Set, or take away, what stands beside the topic."""
    if not ask.rest or len(ask.rest) > LONGEST_HEADLINE:
        return [Reply(ask.usage)]
    if ask.rest.lower() in {"none", "unset", "-"}:
        return [Write(HeadlineSet("")), Reply(phrases.HEADLINE_GONE)]
    return [Write(HeadlineSet(ask.rest)), Reply(phrases.headline(ask.rest))]


def pause(ask: Ask) -> Sequence[Effect]:
    """Off the record."""
    if ask.running.paused:
        return [Reply(phrases.ALREADY_PAUSED)]
    return [Write(SessionPaused()), Announce(phrases.PAUSED)]


def resume(ask: Ask) -> Sequence[Effect]:
    """On the record again."""
    if not ask.running.paused:
        return [Reply(phrases.NOT_PAUSED)]
    return [Write(SessionResumed()), Announce(phrases.RESUMED)]


def status(ask: Ask) -> Sequence[Effect]:
    """Say where the session stands."""
    more = ask.register.status(ask.state, ask.running, ask.at)
    return [Reply(phrases.status(ask.running, ask.at, ask.setup.gathering.zone, more))]


def room_topic(_: State, session: Session) -> str | None:
    """What the rooms' topic shows: the session's topic, and what it is part of."""
    beside = session.headline or session.name
    topic = session.topic
    return f"{topic.title} | {beside}" if topic else beside
