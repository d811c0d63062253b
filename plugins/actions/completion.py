"""The commands that close and reopen actions and answered calls to action."""

from collections.abc import Sequence

from bot.api import Ask, Effect, RecordedItem, Reply, Role, Session, Write
from bot.api.facts import RecordDone
from bot.api.people import is_author, is_chair
from plugins.actions import phrases
from plugins.actions.declaration import plugin
from plugins.actions.kind import ACTION
from plugins.actions.mentions import task_of
from plugins.actions.state import may_close

CALL = "cta"
QUESTION = "question"


@plugin.command(
    "did",
    usage="#did N",
    says="closes an action, or a call that found people (an owner, the author or a chair)",
    example="#did 1",
    before=("#action amaru to find a room",),
    record=True,
)
def did(ask: Ask) -> Sequence[Effect]:
    """Close an action."""
    return _mark(ask, done=True)


@plugin.command(
    "open",
    aliases=("undid",),
    usage="#open N",
    says="reopens an action that was closed by #did",
    example="#open 1",
    before=("#action amaru to find a room", "#did 1"),
    record=True,
)
def open_again(ask: Ask) -> Sequence[Effect]:
    """Reopen an action."""
    return _mark(ask, done=False)


def _mark(ask: Ask, *, done: bool) -> Sequence[Effect]:
    record, session = ask.record, ask.running
    if record is None:
        return [Reply(ask.usage)]
    refused = _refusal(ask, session, record, done=done)
    if refused:
        return [Reply(refused)]
    task = task_of(record.content, record.by)
    if not done:
        said = phrases.OPENED(n=record.n, task=task)
    elif record.kind == CALL:
        said = phrases.CLOSED(n=record.n, task=task)
    else:
        said = phrases.DONE(n=record.n, task=task)
    return [Write(RecordDone(record.n, done), stream=session.id), Reply(said)]


def _refusal(ask: Ask, session: Session, record: RecordedItem, *, done: bool) -> str | None:
    if record.kind not in {ACTION.word, CALL}:
        if record.kind == QUESTION:
            return phrases.ANSWER_INSTEAD(n=record.n)
        return phrases.NO_ACTION(n=record.n, kind=record.kind)
    if any(word.strip("#,").isdigit() for word in ask.rest.split()):
        return phrases.SINGLE_NUMBER(word="did" if done else "open", n=record.n)
    if not _may(ask, session, record):
        chairs = [chair.name for chair in session.chairs]
        return phrases.not_yours(record.n, record.by, record.content.owners, chairs)
    if record.done == done:
        return phrases.DONE_ALREADY(n=record.n) if done else phrases.OPEN_ALREADY(n=record.n)
    return None


def _may(ask: Ask, session: Session, record: RecordedItem) -> bool:
    """Whether the speaker owns or recorded the action, or chairs its session or the track's running session here."""
    running = ask.state.running(ask.room.id)
    return (
        ask.role >= Role.CHAIR
        or may_close(ask, session, record.content.owners)
        or is_author(session, record, ask.speaker, ask.state.persons)
        or (
            running is not None
            and running.track == session.track
            and is_chair(running, ask.speaker, ask.state.persons)
        )
    )
