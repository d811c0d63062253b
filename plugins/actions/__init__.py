"""Action items: who does what by when, and whether it is done."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bot.api import (
    Announce,
    Ask,
    Content,
    Effect,
    Missing,
    Occasion,
    RecordedItem,
    Reply,
    Session,
    StateView,
    Write,
    listed,
)
from bot.api.facts import Owner, Revised, SessionOpened
from bot.api.records import understood
from bot.api.words import points_of, with_points
from plugins.actions import action_lists, completion, due_command, panels, phrases, recap, reminders
from plugins.actions.declaration import plugin
from plugins.actions.kind import ACTION, is_without_task, names_in
from plugins.actions.mentions import task_of
from plugins.actions.nobody import begins_with_stranger, without_nobody
from plugins.actions.state import open_actions

__all__ = ["action_lists", "completion", "due_command", "panels", "plugin", "recap", "reminders"]


@plugin.command(
    "assign",
    usage=phrases.ASSIGN_USAGE,
    says="assigns an action to somebody; me means you",
    example="#assign 1 okoye",
    before=("#action find a room for the next session",),
    record=True,
)
def assign(ask: Ask) -> Sequence[Effect]:
    """Give an action new owners."""
    record = ask.record
    if record is None or not ask.rest:
        return [Reply(ask.usage)]
    if record.kind != ACTION.word:
        return [Reply(phrases.NO_ACTION(n=record.n, kind=record.kind))]
    asked = names_in(ask, ask.rest.removeprefix("to ").strip())
    if not asked:
        return [Reply(phrases.NO_NAMES(typed=ask.rest, usage=ask.usage))]
    content = _with_owners(ask, record, asked)
    if isinstance(content, str):
        return [Reply(content)]
    owners, before = phrases.owner_names(content.owners), phrases.owner_names(record.content.owners)
    if owners == before:
        return [Reply(phrases.SAME_OWNERS(n=record.n, owners=before))]
    answer = phrases.ASSIGNED(n=record.n, owners=owners, before=before)
    return [Write(Revised(record.n, content), stream=ask.running.id), Reply(answer)]


def _with_owners(ask: Ask, record: RecordedItem, asked: tuple[Owner, ...]) -> Content | str:
    """Return the action with the new owners in its text and fields, or why that is refused."""
    content = record.content
    before = replace(content, owners=(*asked, *content.owners))
    task = without_nobody(task_of(before, record.by))
    names = listed([phrases.owner_name(owner) for owner in asked])
    to = ":" if begins_with_stranger(task) else " to"  # `okoye: migrate to the mirror`
    points = points_of(content.text)
    if points and not points_of(task):  # only names stand above the list
        text = with_points(f"{names}:", points)
    else:
        text = names if is_without_task(ask, content) else f"{names}{to} {task}"
    revised = understood(ask, ACTION, text)
    if isinstance(revised, str):
        return revised
    return replace(revised, owners=asked, due=content.due, when=content.when)


@plugin.session.end_check
def missing(_: StateView, session: Session) -> Iterator[Missing]:
    """Report actions without an owner."""
    orphans = [r.n for r in session.records if r.kind == ACTION.word and not r.content.owners and not r.done]
    if orphans:
        yield Missing(phrases.MISSING_OWNERS(actions=[f"#{n}" for n in orphans]), order=10)


@plugin.upon(SessionOpened)
def remember(occasion: Occasion, _: SessionOpened) -> Iterator[Effect]:
    """Announce the open actions of a track when a session starts."""
    session = occasion.session
    if session is None:
        return
    running = {other.id for other in occasion.state.of_track(session.track) if other.ended is None}
    found = [kept for kept in open_actions(occasion.state, session.track) if kept.session not in running]
    if found:
        yield Announce(phrases.still_open([(kept.n, kept.content) for kept in found], session.date))
