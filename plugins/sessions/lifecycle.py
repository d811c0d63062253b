"""The commands of a running session: its name, the room topic, pauses and status."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Needs, Reply, Role, Session, StateView, Write, listing
from bot.api.facts import HeadlineSet, SessionPaused, SessionRenamed, SessionResumed
from bot.api.people import may_see
from plugins.sessions import phrases
from plugins.sessions.declaration import plugin
from plugins.sessions.start import LONGEST_NAME

LONGEST_HEADLINE = 200


@plugin.edits.line_edited("meetingname")
@plugin.command(
    "meetingname",
    aliases=("mn",),
    usage="#meetingname name",
    says="renames the session",
    example="#meetingname Nova day 1, continued",
    role=Role.CHAIR,
)
def rename(ask: Ask) -> Sequence[Effect]:
    """Rename the session."""
    if not ask.rest:
        return [Reply(ask.usage)]
    if len(ask.rest) > LONGEST_NAME:
        return [Reply(phrases.NAME_TOO_LONG(most=LONGEST_NAME, length=len(ask.rest)))]
    return [Write(SessionRenamed(ask.rest)), Announce(phrases.RENAMED(name=ask.rest))]


@plugin.edits.line_edited("meetingtopic")
@plugin.command(
    "meetingtopic",
    usage="#meetingtopic text, or none",
    says="sets the text that the room topic shows beside the session's topic; the old room topic returns at the end",
    example="#meetingtopic Nova at the PTG",
    role=Role.CHAIR,
)
def set_headline(ask: Ask) -> Sequence[Effect]:
    """Set or remove the text that follows the session's topic in the room topic."""
    if not ask.rest or len(ask.rest) > LONGEST_HEADLINE:
        return [Reply(ask.usage)]
    if ask.rest.lower() in {"none", "unset", "-"}:
        return [Write(HeadlineSet("")), Reply(phrases.HEADLINE_GONE)]
    return [Write(HeadlineSet(ask.rest)), Reply(phrases.HEADLINE(text=ask.rest))]


@plugin.command(
    "pause",
    aliases=("lurk",),
    usage="#pause",
    says="keeps talk off the log and off the record until #resume; agenda, queue and the like still work",
    example="#pause",
    role=Role.CHAIR,
)
def pause(ask: Ask) -> Sequence[Effect]:
    """Go off the record."""
    if ask.running.paused:
        return [Reply(phrases.ALREADY_PAUSED)]
    return [Write(SessionPaused()), Announce(phrases.PAUSED)]


@plugin.command(
    "resume",
    aliases=("unlurk",),
    usage="#resume",
    says="goes back on the record",
    example="#resume",
    before=("#pause",),
    role=Role.CHAIR,
)
def resume(ask: Ask) -> Sequence[Effect]:
    """Go back on the record."""
    if not ask.running.paused:
        return [Reply(phrases.NOT_PAUSED)]
    return [Write(SessionResumed()), Announce(phrases.RESUMED)]


@plugin.command(
    "status",
    usage="#status",
    says="shows the session, its topic, the time left and the number of records; in private those of all running sessions",
    example="#status",
    needs=Needs.SESSION_OR_PRIVATE,
)
def status(ask: Ask) -> Sequence[Effect]:
    """Show the status of the session, in private of all sessions that the speaker may know of."""
    if not ask.room.private:
        return [Reply(_status_of(ask, ask.running))]
    running = sorted(
        (session for session in ask.state.sessions() if session.ended is None and _is_visible(ask, session)),
        key=lambda session: session.started,
    )
    if not running:
        return [Reply(phrases.NOTHING_RUNS)]
    head = phrases.RUNNING(number=len(running))
    return listing(
        ask,
        head,
        running,
        lambda session: _status_of(ask, session),
        lambda rest: phrases.MORE_RUN(number=rest),
    )


def _status_of(ask: Ask, session: Session) -> str:
    more = ask.register.status(ask.state, session, ask.at)
    return phrases.status(session, ask.at, ask.setup.gathering.zone, more)


def _is_visible(ask: Ask, session: Session) -> bool:
    """Whether the speaker may know of the session's track."""
    track = ask.setup.track(session.track)
    return track is not None and may_see(ask.state, ask.speaker, track)


@plugin.session.room_topic
def room_topic(_: StateView, session: Session) -> str | None:
    """Return the room topic: the session's topic, and the headline or the session's name."""
    beside = session.headline or session.name
    topic = session.topic
    return f"{topic.title} | {beside}" if topic else beside
