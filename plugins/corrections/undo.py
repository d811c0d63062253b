"""The command that undoes the newest record, topic or subtopic, step by step."""

from collections.abc import Sequence

from bot.api import Announce, Ask, Effect, Entry, Needs, Reply, Role, Session, Topic, Write
from bot.api.facts import Recorded, SubtopicOpened, SubtopicRetitled, TopicOpened, Voided
from bot.api.people import authored
from bot.api.recap import without
from bot.api.records import last_ended
from plugins.corrections import phrases
from plugins.corrections.declaration import plugin
from plugins.corrections.rights import chair_names

COURSE = (TopicOpened, SubtopicOpened)


@plugin.command(
    "undo",
    usage="#undo",
    says="takes back the newest record, topic or subtopic (a chair), or your own last record",
    example="#undo",
    before=("#info Reviews take about nine days",),
    needs=Needs.ROOM,
)
def undo(ask: Ask) -> Sequence[Effect]:
    """Undo the newest step (for chairs) or the speaker's own last record."""
    session = ask.session
    if session is None:
        return [Reply(_no_session(ask))]
    number = ask.rest.removeprefix("#")
    if number.isdigit():
        return [Reply(phrases.UNDO_TAKES_NO_NUMBER(n=number))]
    cause = _newest(ask, session) if ask.role >= Role.CHAIR else _own(ask, session)
    if cause is None:
        if ask.role >= Role.CHAIR:
            return [Reply(phrases.NOTHING_TO_UNDO)]
        return [Reply(phrases.NOTHING_OF_YOURS(chairs=chair_names(session)))]
    taken = [entry for entry in session.live() if entry.cause == cause and _counts(ask, session, entry)]
    course = any(isinstance(entry.fact, COURSE) for entry in taken)
    for_all = course or any(type(entry.fact) in ask.register.undoable for entry in taken)
    after = without(session, cause) if course else session  # undoing a record changes no topic
    what = [_described(ask, session, entry, after) for entry in taken]
    if not ask.forced and _would_surprise(ask, session, taken):
        return [Reply(phrases.NEXT_STEP(what=what))]
    answer = phrases.UNDONE(what=what, now=phrases.now(after) if course else "")
    # a change of topic concerns all rooms of the session
    said = Announce(answer) if for_all else Reply(answer)
    return [Write(Voided(cause), stream=session.id, keep_on_undo=True), said]


def _no_session(ask: Ask) -> str:
    last = last_ended(ask.state, ask.room.id)
    if last is None:
        return phrases.NO_SESSION
    reason = ask.register.why_not_reopen(ask.state, last)
    if reason is not None:
        return phrases.SESSION_IS_FINAL(name=last.name, reason=reason)
    return phrases.SESSION_IS_OVER(name=last.name)


def _counts(ask: Ask, session: Session, entry: Entry) -> bool:
    """Whether an entry is an undo step; dropped records and corrections are not."""
    if isinstance(entry.fact, Recorded):
        return session.record(entry.fact.n) is not None
    called = ask.register.undoable.get(type(entry.fact))
    return isinstance(entry.fact, COURSE) or (called is not None and called(session, entry) is not None)


def _would_surprise(ask: Ask, session: Session, taken: Sequence[Entry]) -> bool:
    """Whether this step would open again what people believe is over, right after another step back."""
    if not any(type(entry.fact) in ask.register.undone_by_one for entry in taken):
        return False
    for entry in reversed(session.entries):
        if isinstance(entry.fact, Voided):
            return True
        if _counts(ask, session, entry):
            return False
    return False


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
        return phrases.SUBTOPIC(title=title)
    topic = _opened_by(session, entry)
    if topic is None:
        return ""
    what = phrases.topic(session, topic)
    return phrases.REOPENED(topic=what) if after.topic_named(topic.id) else what


def _opened_by(session: Session, entry: Entry) -> Topic | None:
    """Return the topic that an entry opened or resumed, even if it was closed since."""
    return session.topic_named(entry.cause) or next(
        (topic for topic in session.topics if any(begun == entry.at for begun, _ in topic.spans)), None
    )
