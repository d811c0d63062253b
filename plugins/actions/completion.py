"""Saying that an action is done, or open again; the same for a call to action that found its people."""

from collections.abc import Sequence

from bot.api import (
    Ask,
    Effect,
    Plugin,
    RecordDone,
    RecordedItem,
    Reply,
    Role,
    Session,
    Write,
    is_author,
    is_chair,
    shortened,
)
from plugins.actions import phrases
from plugins.actions.kind import ACTION
from plugins.actions.mentions import task_of
from plugins.actions.state import may_close

CALL = "cta"
QUESTION = "question"


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "did",
        usage="#did N",
        says="an action is done, or a call has found its people (an owner, the author or a chair)",
        example="#did 1",
        before=("#action amaru to find a room",),
        record=True,
    )(did)
    plugin.command(
        "open",
        aliases=("undid",),
        usage="#open N",
        says="takes back a #did: the action is open again",
        example="#open 1",
        before=("#action amaru to find a room", "#did 1"),
        record=True,
    )(open_again)


def did(ask: Ask) -> Sequence[Effect]:
    """Close an action."""
    return _say(ask, done=True)


def open_again(ask: Ask) -> Sequence[Effect]:
    """Open it again."""
    return _say(ask, done=False)


def _say(ask: Ask, *, done: bool) -> Sequence[Effect]:
    record, session = ask.record, ask.running
    if record is None:
        return [Reply(ask.usage)]
    refused = _refusal(ask, session, record, done=done)
    if refused:
        return [Reply(refused)]
    task = shortened(task_of(record.content, record.by), phrases.TASK)
    said = phrases.done(record.n, task, record.kind) if done else phrases.opened(record.n, task)
    return [Write(RecordDone(record.n, done), stream=session.id), Reply(said)]


def _refusal(ask: Ask, session: Session, record: RecordedItem, *, done: bool) -> str | None:
    if record.kind not in {ACTION.word, CALL}:
        return (
            phrases.answer_instead(record.n)
            if record.kind == QUESTION
            else phrases.no_action(record.n, record.kind)
        )
    if any(word.strip("#,").isdigit() for word in ask.rest.split()):
        return phrases.one_at_a_time("did" if done else "open", record.n)
    if not _may(ask, session, record):
        chairs = [chair.name for chair in session.chairs]
        return phrases.not_yours(record.n, record.by, record.content.owners, chairs)
    if record.done == done:
        return phrases.done_already(record.n) if done else phrases.open_already(record.n)
    return None


def _may(ask: Ask, session: Session, record: RecordedItem) -> bool:
    """Owners, the author, chairs of its session, and of the one that runs here now and goes through what is open."""
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
