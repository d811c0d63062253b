"""Taking back: the newest record, topic or subtopic, again and again."""

from collections.abc import Sequence

from bot.api import (
    Announce,
    Ask,
    Effect,
    Entry,
    Needs,
    Plugin,
    Recorded,
    Reply,
    Role,
    Session,
    SubtopicOpened,
    SubtopicRetitled,
    Topic,
    TopicOpened,
    Voided,
    Write,
    authored,
    without,
)
from plugins.corrections import phrases

COURSE = (TopicOpened, SubtopicOpened)


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "undo",
        usage="#undo",
        says="takes back the newest record, topic or subtopic (a chair), or your own last record",
        example="#undo",
        before=("#info Reviews take about nine days",),
        needs=Needs.ROOM,
    )(undo)


def undo(ask: Ask) -> Sequence[Effect]:
    """Take back what is newest; anyone their own last record."""
    session = ask.session
    if session is None:
        return [Reply(_no_session(ask))]
    number = ask.rest.removeprefix("#")
    if number.isdigit():
        return [Reply(phrases.undo_names_none(number))]
    cause = _newest(ask, session) if ask.role >= Role.CHAIR else _own(ask, session)
    if cause is None:
        chairs = [chair.name for chair in session.chairs]
        may_all = ask.role >= Role.CHAIR
        return [Reply(phrases.NOTHING_TO_UNDO if may_all else phrases.nothing_of_yours(chairs))]
    taken = [entry for entry in session.live() if entry.cause == cause and _counts(ask, session, entry)]
    course = any(isinstance(entry.fact, COURSE) for entry in taken)
    for_all = course or any(type(entry.fact) in ask.register.undoable for entry in taken)
    after = without(session, cause) if course else session  # records leave the course alone
    what = [_described(ask, session, entry, after) for entry in taken]
    answer = phrases.undone(what, after, course=course)
    # where the session stands concerns all of its rooms
    said = Announce(answer) if for_all else Reply(answer)
    return [Write(Voided(cause), stream=session.id, keep_on_undo=True), said]


def _no_session(ask: Ask) -> str:
    over = [s for s in ask.state.sessions() if ask.room.id in s.rooms and s.ended is not None]
    if not over:
        return phrases.NO_SESSION
    last = max(over, key=lambda session: session.started)
    return phrases.session_is_over(last.name, ask.register.why_not_reopen(ask.state, last))


def _counts(ask: Ask, session: Session, entry: Entry) -> bool:
    """Whether an entry is one that undo takes back: not what was dropped since, and no mending."""
    if isinstance(entry.fact, Recorded):
        return session.record(entry.fact.n) is not None
    called = ask.register.undoable.get(type(entry.fact))
    return isinstance(entry.fact, COURSE) or (called is not None and called(session, entry) is not None)


def _newest(ask: Ask, session: Session) -> str | None:
    return next(
        (
            entry.cause
            for entry in reversed(session.entries)
            if entry.cause not in session.voided and _counts(ask, session, entry)
        ),
        None,
    )


def _own(ask: Ask, session: Session) -> str | None:
    own = authored(session, ask.speaker, ask.state.persons)
    return own[-1].cause if own else None


def _described(ask: Ask, session: Session, entry: Entry, after: Session) -> str:
    fact = entry.fact
    called = ask.register.undoable.get(type(fact))
    if called is not None:
        return called(session, entry) or ""
    if isinstance(fact, Recorded):
        record = session.record(fact.n)
        return phrases.record(record) if record else ""
    if isinstance(fact, SubtopicOpened):
        title = fact.title
        for retitled in session.every(SubtopicRetitled):
            title = retitled.new if retitled.old == title else title
        return phrases.subtopic(title)
    topic = _opened_by(session, entry)
    if topic is None:
        return ""
    what = phrases.topic(session, topic)
    return phrases.again(what) if after.topic_named(topic.id) else what


def _opened_by(session: Session, entry: Entry) -> Topic | None:
    """The topic that an entry opened, or took up again; it may be closed since."""
    return session.topic_named(entry.cause) or next(
        (one for one in session.topics if any(begun == entry.at for begun, _ in one.spans)), None
    )
